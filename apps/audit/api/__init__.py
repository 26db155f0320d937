"""How the API answers a refusal."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException, ParseError, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from apps.audit.middleware import record_refusal
from apps.kernel.refusals import Refusal

NOT_ACCEPTED = _("Some of what was sent was not accepted. Please correct the fields named here and send it again.")
NOT_READABLE = _("What was sent is not readable JSON. Please correct it and send it again.")


def answer(exception: Exception, context: dict[str, Any]) -> Response | None:
    """Every no as `{"code", "sentence"}` with its status, a Refusal recorded in the ledger.

    Where fields were not accepted, `fields` holds the sentences for each of them.
    """
    if isinstance(exception, Refusal):
        record_refusal(context["request"]._request, exception)
        return Response({"code": exception.code, "sentence": exception.said}, status=exception.status)
    response = exception_handler(exception, context)
    if response is not None and isinstance(exception, APIException):
        response.data = said(exception, response.data)
    return response


def said(exception: APIException, data: Any) -> dict[str, Any]:
    if isinstance(exception, ValidationError):
        return {"code": exception.default_code, "sentence": str(NOT_ACCEPTED), "fields": fields_of(data)}
    if isinstance(exception, ParseError):
        return {"code": exception.default_code, "sentence": str(NOT_READABLE)}
    return {"code": exception.get_codes(), "sentence": data["detail"]}


def fields_of(data: Any) -> dict[str, Any]:
    """The sentences by field; those about the whole stand under an empty name."""
    return data if isinstance(data, dict) else {"": data}

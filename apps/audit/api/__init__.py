"""How the API answers a refusal."""

from typing import Any

from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.views import exception_handler

from apps.audit.middleware import record_refusal
from apps.kernel.refusals import Refusal


def answer(exception: Exception, context: dict[str, Any]) -> Response | None:
    """A Refusal as `{"code", "sentence"}` with its status, recorded in the ledger; all else as DRF answers it."""
    if isinstance(exception, Refusal):
        record_refusal(context["request"]._request, exception)
        return Response({"code": exception.code, "sentence": exception.said}, status=exception.status)
    response = exception_handler(exception, context)
    if response is not None and isinstance(exception, APIException) and "detail" in (response.data or {}):
        response.data = {"code": exception.get_codes(), "sentence": response.data["detail"]}
    return response

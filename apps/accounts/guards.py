"""Decorators around allauth's views: what a session with one factor may not touch, and how a failed form answers."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from apps.accounts import access
from apps.accounts.answers import sent_elsewhere
from apps.accounts.models import User
from apps.accounts.refusals import FreshProofNeeded

View = Callable[..., Any]


def all_factors_required(view: View) -> View:
    """A session with one factor may enrol the account's first other one, but touch nothing once there is one.

    Else a passphrase alone could add a second factor of its own to an account that is already protected.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        user = request.user
        if isinstance(user, User) and access.has_second_factor(user) and not access.has_two_factors(request):
            query = urlencode({"next": request.path})
            return HttpResponseRedirect(f"{reverse('accounts:second_factor')}?{query}")
        return view(request, *args, **kwargs)

    return guarded


def proof_missing(request: HttpRequest) -> HttpResponseBase | None:
    """For what leaves the house: nothing where this session proved within the last minutes who it is, else the way to the
    page that asks for it and leads back here (ASVS 5.0, 7.5.3)."""
    if access.is_fresh(request):
        return None
    return sent_elsewhere(request, FreshProofNeeded(), to="account_reauthenticate")


def failed_forms_are_422(view: View) -> View:
    """Allauth answers a form that failed with 200; in this house it comes back as itself with 422."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = view(request, *args, **kwargs)
        if request.method == "POST" and response.status_code == HTTPStatus.OK:
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response

    return answered

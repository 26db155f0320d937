"""What stands between a request and everything else: tokens, sign-in, the idle lock, the second factor.

The two that decide before a view is known are functions; the two that need to know the view are classes.
"""

from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction, sync_to_async
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.decorators import sync_and_async_middleware
from django.utils.deprecation import MiddlewareMixin

from apps.accounts import access, actions
from apps.accounts.answers import is_background, sent_elsewhere
from apps.accounts.refusals import DeviceTokenRefused, SecondFactorMissing, SessionLocked, SignInNeeded
from apps.audit import actions as audit

GUARDED = ("/e/", "/api/v1/e/")
# What somebody may still do while their session is locked: unlock it, or leave.
OPEN_WHILE_LOCKED = {"accounts:locked", "accounts:unlock_options", "account_logout"}


@sync_and_async_middleware
def device_token(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Lets a device's token stand for its person on API addresses, where no session does already."""
    if iscoroutinefunction(get_response):

        async def middleware(request: HttpRequest) -> HttpResponseBase:
            answer = await sync_to_async(take_token)(request) if carries_token(request) else None
            return answer or await get_response(request)
    else:

        def middleware(request: HttpRequest) -> HttpResponseBase:  # type: ignore[misc]
            answer = take_token(request) if carries_token(request) else None
            return answer or get_response(request)

    return middleware


def carries_token(request: HttpRequest) -> bool:
    request.device = None  # type: ignore[attr-defined]
    return request.path.startswith("/api/") and access.shows_token(request.headers.get("Authorization", ""))


def take_token(request: HttpRequest) -> HttpResponseBase | None:
    if request.user.is_authenticated:
        return None

    device = access.device_by_authorization(request.headers["Authorization"])
    if device is None:
        return sent_elsewhere(request, DeviceTokenRefused(), to="")

    actions.note_device_use(device=device)
    request.user, request.device = device.user, device  # type: ignore[attr-defined]

    async def auser() -> Any:
        return device.user

    request.auser = auser
    return None


class LoginRequired(LoginRequiredMiddleware):
    """Every page is private by default; the answer to strangers fits what they asked with."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseBase:  # type: ignore[override]
        return sent_elsewhere(request, SignInNeeded(), to=str(self.get_login_url(view_func)))


class IdleLock(MiddlewareMixin):
    """Answers with the lock after too long without a deed. Polls are no deeds; devices with a token never lock."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if not request.user.is_authenticated or request.device is not None or stays_open(request, view_func):  # type: ignore[attr-defined]
            return None
        if access.is_locked(request.session.session_key):
            return sent_elsewhere(request, SessionLocked(), to=reverse("accounts:locked"))
        if not is_background(request):
            actions.note_deed(request=request)
        return None


def stays_open(request: HttpRequest, view_func: Any) -> bool:
    match = request.resolver_match
    # A public page shows nothing that is private. A public address of the API may still answer a session with more.
    is_public = not getattr(view_func, "login_required", True) and not request.path.startswith("/api/")
    return is_public or (match is not None and match.view_name in OPEN_WHILE_LOCKED)


@sync_and_async_middleware
def two_factors(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Nobody reaches an environment with one factor only, whatever the address below it (M1)."""
    if iscoroutinefunction(get_response):

        async def middleware(request: HttpRequest) -> HttpResponseBase:
            answer = await sync_to_async(missing_factor)(request) if request.path.startswith(GUARDED) else None
            return answer or await get_response(request)
    else:

        def middleware(request: HttpRequest) -> HttpResponseBase:  # type: ignore[misc]
            answer = missing_factor(request) if request.path.startswith(GUARDED) else None
            return answer or get_response(request)

    return middleware


def missing_factor(request: HttpRequest) -> HttpResponseBase | None:
    # Strangers go on: the sign-in is asked for where the view is known.
    if not request.user.is_authenticated or access.has_two_factors(request):
        return None

    refusal = SecondFactorMissing()
    audit.refused(verb="accounts.reach", refusal=refusal, by=request.user)
    return sent_elsewhere(request, refusal, to=reverse("accounts:second_factor"))

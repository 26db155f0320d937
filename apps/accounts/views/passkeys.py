"""What a browser needs to make or to show a passkey. Asked for by POST, because the challenge is kept in the session."""

from allauth.core import ratelimit
from allauth.mfa.webauthn.internal import auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_POST

from apps.accounts import access, limits
from apps.accounts.answers import sent_elsewhere
from apps.accounts.guards import all_factors_required
from apps.accounts.refusals import ProofNeeded


@require_POST
@all_factors_required
def registration_options(request: HttpRequest) -> HttpResponseBase:
    """Options for a new passkey that can sign in by itself."""
    if not access.is_fresh(request):
        return sent_elsewhere(request, ProofNeeded(), to="mfa_add_webauthn")
    return JsonResponse(auth.begin_registration(request.user, True))


@require_POST
@login_not_required
def sign_in_options(request: HttpRequest) -> HttpResponseBase:
    """Options for signing in with whichever passkey the person has for this site."""
    if not ratelimit.consume(request, action="login"):
        return sent_elsewhere(request, limits.locked_out(request, action="login", key=""), to="account_login")
    return JsonResponse(auth.begin_authentication(user=None))


@require_POST
def unlock_options(request: HttpRequest) -> JsonResponse:
    """Options for confirming that it is still the same person, with one of their own passkeys."""
    return JsonResponse(auth.begin_authentication(request.user))

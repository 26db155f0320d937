"""The locked screen, and the sign of life that keeps a busy one from locking."""

import unicodedata

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts import access, actions
from apps.accounts.answers import next_page
from apps.accounts.factor_forms import ReauthenticatePasskeyForm
from apps.accounts.forms import ReauthenticateCodeForm, UnlockForm


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("proof", "credential")
def locked(request: HttpRequest) -> HttpResponse:
    """Ask for one proof; a good one keeps the session and leads back to where the person was."""
    form = UnlockForm(request.POST or None)
    if request.method == "POST" and is_proved(request, form):
        actions.unlock(request=request, by=request.user)  # type: ignore[arg-type]
        if "HX-Request" in request.headers:
            return HttpResponse(status=204)
        return HttpResponseRedirect(next_page(request, reverse("home:start")))
    context = {"form": form, "next": next_page(request), "types": types_of(request)}
    template = "accounts/_unlock.html" if "HX-Request" in request.headers else "accounts/locked.html"
    return render(request, template, context, status=422 if request.method == "POST" else 200)


def types_of(request: HttpRequest) -> set[str]:
    return set(access.factors_of(request.user).values_list("type", flat=True))  # type: ignore[arg-type]


def is_proved(request: HttpRequest, form: UnlockForm) -> bool:
    """Whether the passkey, the code or the passphrase is right; what was wrong is said in the form."""
    if "credential" in request.POST:
        passkey = ReauthenticatePasskeyForm(request.POST, user=request.user)
        return said(form, passkey.errors) if not passkey.is_valid() else True
    if not form.is_valid():
        return False
    proof = form.cleaned_data["proof"]
    digits = unicodedata.normalize("NFKC", proof).strip().replace(" ", "")
    if digits.isdigit():
        code = ReauthenticateCodeForm({"code": digits}, user=request.user)
        return said(form, code.errors) if not code.is_valid() else True
    try:
        right = get_adapter().reauthenticate(request.user, proof)
        return right or said(form, {"proof": [get_adapter().error_messages["incorrect_password"]]})
    except ValidationError as error:
        return said(form, {"proof": error.messages})


def said(form: UnlockForm, errors: dict[str, list[str]]) -> bool:
    """Put another form's sentences into the one the person sees; always False."""
    form.is_valid()
    form.errors["proof"] = form.error_class([str(sentence) for said in errors.values() for sentence in said])
    return False


@require_POST
def presence(request: HttpRequest) -> HttpResponse:
    """A sign of life from a page whose person is typing or scrolling; the middleware has noted the deed."""
    return HttpResponse(status=204)

"""Joining with a slip: type the code, choose a passphrase, add a second factor, arrive."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from apps.accounts import access, actions, limits
from apps.accounts.answers import next_page
from apps.accounts.forms import ChoosePassphraseForm, JoinForm
from apps.accounts.models import Slip, User
from apps.audit import actions as audit
from apps.kernel.refusals import Refusal

# Where the browser session keeps which slip was shown; the code itself is not kept.
SLIP = "accounts.slip"


@login_not_required
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("code")
def join(request: HttpRequest) -> HttpResponse:
    """The first step: the code, typed or brought along by the QR code's fragment."""
    form = JoinForm(request.POST or None)
    if form.is_valid() and holds(request, form):
        return redirect("accounts:join_passphrase")
    return render(request, "accounts/join.html", {"form": form}, status=form.status)


def holds(request: HttpRequest, form: JoinForm) -> bool:
    """Whether the slip still lets somebody in; then it is remembered. Otherwise the form says why not."""
    try:
        taken = limits.take_try(request, action="slip")
        request.session[SLIP] = str(actions.check_slip(code=form.cleaned_data["code"]).pk)
        taken.rollback()
    except Refusal as refusal:
        audit.refused(verb="accounts.slip_used", refusal=refusal, by=None)
        form.refuse(refusal)
        return False
    return True


@login_not_required
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("passphrase")
def join_passphrase(request: HttpRequest) -> HttpResponse:
    """The second step: a passphrase. Here the slip is used up."""
    slip = shown_slip(request)
    if slip is None:
        return redirect("accounts:join")
    form = ChoosePassphraseForm(request.POST or None, user=slip.user)
    if form.is_valid():
        try:
            return arrive(request, actions.use_slip(slip=slip, passphrase=form.cleaned_data["passphrase"]))
        except Refusal as refusal:
            return slip_lost(request, refusal)
    return render(request, "accounts/join_passphrase.html", {"form": form}, status=422 if form.is_bound else 200)


def shown_slip(request: HttpRequest) -> Slip | None:
    slip_id = request.session.get(SLIP)
    return Slip.objects.open().select_related("user").filter(pk=slip_id).first() if slip_id else None


def arrive(request: HttpRequest, user: User) -> HttpResponse:
    """Sign the person in; whoever already has a second factor is asked for it by allauth's own stage."""
    if request.user.is_authenticated:
        logout(request)
    request.session.pop(SLIP, None)
    record_authentication(request, user, method="slip")
    return perform_login(request, Login(user=user, redirect_url=reverse("accounts:second_factor")))


def slip_lost(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Somebody else was faster, or the slip ended while the passphrase was being thought of."""
    request.session.pop(SLIP, None)
    audit.refused(verb="accounts.slip_used", refusal=refusal, by=None)
    form = JoinForm({"code": ""})
    form.refuse(refusal)
    return render(request, "accounts/join.html", {"form": form}, status=form.status)


def second_factor(request: HttpRequest) -> HttpResponse:
    """The third step, and the page where anybody with one factor is sent: add a factor, or confirm one."""
    if access.has_two_factors(request):
        return HttpResponseRedirect(next_page(request, reverse("home:start")))
    types = set(access.factors_of(request.user).values_list("type", flat=True))  # type: ignore[arg-type]
    context = {"types": types, "next": next_page(request, reverse("home:start"))}
    return render(request, "accounts/confirm_factor.html" if types else "accounts/add_factor.html", context)

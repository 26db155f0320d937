"""The wording of the consent form, written by the environment's admin, with all its versions."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.clients import actions, queries
from apps.clients.forms import WordingForm
from apps.clients.models import ConsentWording, ContentType
from apps.clients.wording import sample_pdf
from apps.environments.access import check_can_administer
from apps.environments.models import Member
from apps.environments.requests import MemberRequest
from apps.files.delivery import delivered
from apps.kernel.refusals import NotHere, Refusal


@require_http_methods(["GET", "POST"])
def wording(request: MemberRequest, slug: str) -> HttpResponse:
    """What is printed now, to be written anew; the former versions below it."""
    check_can_administer(request.member)
    found = queries.wordings()
    form = WordingForm(request.POST or None, initial={"text": begun_with(request, found), "after": found.number})
    if form.is_valid() and written(form, request.member):
        messages.success(request, _("The wording was kept. It is printed from now on."))
        return redirect("clients:wording", slug=slug)
    return page(request, found, form)


def page(request: MemberRequest, found: queries.Wordings, form: WordingForm) -> HttpResponse:
    context = {"found": found, "form": form}
    return render(request, "clients/wording.html", context, status=422 if form.is_bound else 200)


def begun_with(request: MemberRequest, found: queries.Wordings) -> str:
    """The present text, or the former version that was chosen to begin with."""
    chosen = request.GET.get("from", "")
    return next((one.text for one in found.versions if str(one.number) == chosen), found.text)


def written(form: WordingForm, by: Member) -> ConsentWording | None:
    try:
        return actions.write_wording(**form.version(), by=by)
    except Refusal as refusal:
        form.add_error(None, refusal.said)
        return None


@require_POST
def house(request: MemberRequest, slug: str) -> HttpResponse:
    """Back to the house's text."""
    check_can_administer(request.member)
    actions.return_to_house_wording(after=queries.wordings().number, by=request.member)
    messages.success(request, _("The standard text is printed from now on."))
    return redirect("clients:wording", slug=slug)


@require_POST
def preview(request: MemberRequest, slug: str) -> HttpResponse:
    """How the typed text will look, before it is kept. Nothing is written."""
    check_can_administer(request.member)
    form = WordingForm(request.POST)
    if not form.is_valid():
        return page(request, queries.wordings(), form)
    return sample(form.cleaned_data["text"], _("Preview"))


@require_safe
def version(request: MemberRequest, slug: str, wording_number: int) -> HttpResponse:
    """A version as it was printed, made out to nobody."""
    check_can_administer(request.member)
    found = queries.wording_numbered(wording_number)
    if found is None:
        raise NotHere(subject=wording_number)
    return sample(found.text, f"第{found.number}版")


def sample(text: str, said: Any) -> HttpResponse:
    return delivered(sample_pdf(text, str(said)), ContentType.PDF, "consent-form")

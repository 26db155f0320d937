"""Ask several offices about a need without a name."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.audit import actions as audit
from apps.clients.access import client_for
from apps.environments.requests import MemberRequest
from apps.inquiries import actions, queries
from apps.inquiries.access import check_can_ask_for
from apps.inquiries.forms import NeedForm
from apps.inquiries.models import Inquiry
from apps.inquiries.refusals import IdentifyingWords


@require_http_methods(["GET", "POST"])
def new(request: MemberRequest, slug: str, client_id: UUID) -> HttpResponse:
    """Filled in with what the record says; words that could tell who it is are shown before anything is sent."""
    client = client_for(request.member, client_id)
    check_can_ask_for(request.member, client)
    data = request.POST if request.method == "POST" else None
    form = NeedForm(data, client=client, groups=queries.groups_to_ask(request.member))
    made = sent(request, form) if form.is_valid() else None
    if made is not None:
        messages.success(request, _("Asked. The answers appear here as they come."))
        return redirect("inquiries:inquiry", slug, made.pk)
    audit.opened(client, by=request.member)
    context = {"client": client, "form": form, "most": Inquiry.MOST_ASKED}
    return render(request, "inquiries/new.html", context, status=422 if form.errors else 200)


def sent(request: MemberRequest, form: NeedForm) -> Inquiry | None:
    """The inquiry; None where words have to be looked at first, which the form then shows."""
    targets = queries.targets_named(request.member, form.chosen)
    try:
        return actions.send_inquiry(
            client=form.client,
            card=form.card(),
            due_at=form.due_at,
            confirmed=form.confirmed,
            by=request.member,
            **targets,
        )
    except IdentifyingWords as refusal:
        form.warn(refusal)
        return None

"""Who of the office comes along to a visit, and places beyond those of a time."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from apps.environments.requests import MemberRequest
from apps.kernel.refusals import Refusal
from apps.visits import actions
from apps.visits.access import check_can_exceed, check_is_asking, slot_for, visit_for
from apps.visits.forms import AccompanyingForm, BeyondForm
from apps.visits.models import Visit
from apps.visits.refusals import (
    AccompaniesAnother,
    NeedNamesTheClient,
    NothingToOverride,
    SlotClosed,
    TooManyHolds,
)
from apps.visits.views import slots
from apps.visits.views.finding import client_of
from apps.visits.views.shown import accompanying_of
from apps.visits.views.visits import shown


@require_POST
def accompanying(request: MemberRequest, slug: str, visit_id: UUID) -> HttpResponse:
    """Somebody of the office, or nobody."""
    found = visit_for(request.member, visit_id)
    check_is_asking(request.member, found)
    form = accompanying_of(request.member, found, request.POST)
    return sent(request, found, form) if form.is_valid() else shown(request, found, 422, accompanying=form)


def sent(request: MemberRequest, visit: Visit, form: AccompanyingForm) -> HttpResponse:
    try:
        come(request, visit, form)
    except (AccompaniesAnother, NothingToOverride, NeedNamesTheClient) as refusal:
        form.add_error("member", refusal.said)
        return shown(request, visit, refusal.status, accompanying=form)
    messages.success(request, _("Saved."))
    return redirect("visits:visit", request.environment.slug, visit.pk)


def come(request: MemberRequest, visit: Visit, form: AccompanyingForm) -> None:
    member, reason = form.cleaned_data["member"], form.cleaned_data.get("reason", "")
    if member is not None and reason:
        actions.accompany_regardless(visit=visit, member=member, reason=reason, by=request.member)
    else:
        actions.accompany(visit=visit, member=member, by=request.member)


@require_POST
def beyond(request: MemberRequest, slug: str, slot_id: UUID) -> HttpResponse:
    """Hold a place more than there are, with the reason."""
    found, form = slot_for(request.member, slot_id), BeyondForm(request.POST)
    check_can_exceed(request.member, found.facility)
    if not form.is_valid():
        return slots.shown(request, found, 422, beyond=form)
    try:
        client = client_of(request.member, str(form.cleaned_data["client"] or ""))
        held = actions.hold_beyond(slot=found, by=request.member, **{**form.cleaned_data, "client": client})
    except (NothingToOverride, SlotClosed, TooManyHolds, NeedNamesTheClient) as refusal:
        return refused(request, form, refusal, found.pk)
    return redirect("visits:visit", slug, held.pk)


def refused(request: MemberRequest, form: BeyondForm, refusal: Refusal, slot_id: UUID) -> HttpResponse:
    """Said at the head of the page too: where a place is free, the form is not shown any more."""
    form.add_error(None, refusal.said)
    messages.error(request, refusal.said)
    return slots.shown(request, slot_for(request.member, slot_id), refusal.status, beyond=form)

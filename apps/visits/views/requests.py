"""Requests: what waits for a facility's answer, proposing times, picking one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.environments.models import Member
from apps.environments.requests import MemberRequest
from apps.facilities.access import answers_by_proxy, facility_for
from apps.facilities.models import Facility
from apps.kernel.refusals import NotAllowed, Refusal
from apps.visits import actions, queries
from apps.visits.access import (
    can_arrange,
    can_say_for,
    check_can_arrange,
    check_can_say_for,
    check_is_of_office,
    has_visits,
    is_of_office,
    people_of_office,
    request_for,
    slot_for,
)
from apps.visits.forms import AgreementForm, ProposalForm, RefusalForm
from apps.visits.models import VisitRequest
from apps.visits.refusals import NotProposed, RequestEnded, SlotNotChosen
from apps.visits.views.finding import client_of
from apps.visits.views.shown import agreement_for, named
from apps.visits.views.visits import chosen


@require_safe
def requests(request: MemberRequest, slug: str) -> HttpResponse:
    """What one's office has asked, and what one's facilities are asked."""
    if not has_visits(request.member):
        raise NotAllowed
    context = {"requests": queries.requests_of(request.member), "can_arrange": can_arrange(request.member)}
    return render(request, "visits/requests.html", context)


@require_http_methods(["GET", "POST"])
def proposing(request: MemberRequest, slug: str, facility_id: UUID) -> HttpResponse:
    """Ask a facility for one of up to three times. From the counter it is filled in with what was looked for."""
    facility, sent = facility_for(request.member, facility_id), request.POST
    check_can_arrange(request.member)
    client = client_of(request.member, sent.get("client", ""))
    people = people_of_office(request.member.organization_id)
    if request.method == "GET" or "start" in sent:
        about = {name: sent.get(name, "") for name in ("age_group", "need", "client")}
        return asking(request, facility, ProposalForm(initial=about, people=people), client=client)
    return proposed(request, facility, ProposalForm(sent, people=people), client)


def asking(request: MemberRequest, facility: Facility, form: ProposalForm, **more: Any) -> HttpResponse:
    client = more["client"]
    context = {"facility": facility, "form": form, "agreement": agreement_for(request.member, client, facility), **more}
    return render(request, "visits/proposing.html", context, status=422 if form.is_bound else 200)


def proposed(request: MemberRequest, facility: Facility, form: ProposalForm, client: Any) -> HttpResponse:
    sent, agreement = request.POST, None
    if client is not None and sent.get("is_agreed"):
        agreement = agreement_for(request.member, client, facility, sent)
    if not form.is_valid() or (agreement is not None and not agreement.is_valid()):
        return asking(request, facility, form, client=client, **({"agreement": agreement} if agreement else {}))
    try:
        made = actions.propose(facility=facility, asked=asked_by(form, client, agreement), by=request.member)
    except Refusal as refusal:
        form.add_error(None, refusal.said)
        return asking(request, facility, form, client=client)
    return sent_to(request, made)


def sent_to(request: MemberRequest, made: VisitRequest) -> HttpResponse:
    """Where one goes on: a facility without an account is not told by anybody but the office itself."""
    if made.facility.has_account:
        messages.success(request, _("Sent. The facility was told."))
        return redirect("visits:request", request.environment.slug, made.pk)
    messages.info(request, _("The times are held. This facility has no account: please print its sheet, or call."))
    return redirect("visits:request_sheet", request.environment.slug, made.pk)


def asked_by(form: ProposalForm, client: Any, agreement: AgreementForm | None) -> actions.Asked:
    return form.asked(client=client, agreed=agreement.agreed() if agreement is not None else None)


@require_safe
def one(request: MemberRequest, slug: str, request_id: UUID) -> HttpResponse:
    """For the facility the times to pick from, for the office how it stands."""
    return shown(request, request_for(request.member, request_id))


def shown(request: MemberRequest, asked: VisitRequest, status: int = 200, **more: Any) -> HttpResponse:
    context = {**page_of(request.member, asked), **more}
    return render(request, "visits/request.html", context, status=status)


def page_of(member: Member, asked: VisitRequest) -> dict[str, Any]:
    """The times with what this member may do: pick one or decline, or take the request back."""
    proposals = queries.proposals_of(asked)
    return {
        "asked": asked,
        "proposals": proposals,
        "visit": proposals[0].visit,
        "booked": next((one.visit for one in proposals if one.visit.booked_at is not None), None),
        "can_answer": asked.is_waiting and can_say_for(member, asked),
        "is_proxy": answers_by_proxy(member, asked.facility),
        "can_take_back": asked.is_waiting and is_of_office(member, asked),
        "can_print": asked.is_waiting and not asked.facility.has_account and is_of_office(member, asked),
        "refusal": RefusalForm(),
        **named(member, proposals[0].visit),
    }


@require_POST
def acceptance(request: MemberRequest, slug: str, request_id: UUID) -> HttpResponse:
    """Pick one of the times."""
    member, asked = request.member, request_for(request.member, request_id)
    check_can_say_for(member, asked)
    try:
        visit = actions.accept_proposal(request=asked, slot=slot_for(member, chosen(request)), by=member)
    except (NotProposed, RequestEnded, SlotNotChosen) as refusal:
        messages.error(request, refusal.said)
        return shown(request, request_for(request.member, request_id), refusal.status)
    messages.success(request, _("Accepted. The office that asked was told."))
    return redirect("visits:visit", slug, visit.pk)


@require_POST
def refusal(request: MemberRequest, slug: str, request_id: UUID) -> HttpResponse:
    """None of the times, with the reason."""
    asked, form = request_for(request.member, request_id), RefusalForm(request.POST)
    check_can_say_for(request.member, asked)
    if not form.is_valid():
        return shown(request, asked, 422, refusal=form)
    actions.decline_request(request=asked, by=request.member, **form.cleaned_data)
    messages.success(request, _("Declined. The office that asked was told."))
    return redirect("visits:requests", slug)


@require_POST
def withdrawal(request: MemberRequest, slug: str, request_id: UUID) -> HttpResponse:
    """Ask no more."""
    asked = request_for(request.member, request_id)
    check_is_of_office(request.member, asked)
    actions.take_request_back(request=asked, by=request.member)
    said = _("Taken back. The facility was told.") if asked.facility.has_account else _("Taken back.")
    messages.success(request, said)
    return redirect("visits:requests", slug)

"""Choose messages, look at the draft, issue the record."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from apps.audit import actions as audit
from apps.clients.views.doors import client_in
from apps.environments.requests import MemberRequest
from apps.kernel.numbers import whole_number
from apps.kernel.refusals import Refusal
from apps.records import actions, queries
from apps.records.access import can_record, check_can_record, record_for
from apps.records.forms import Sheet, sheet_begun, sheet_sent
from apps.records.models import SupportRecord
from apps.records.refusals import NothingChosen
from apps.rooms.access import check_can_administer_room, room_for
from apps.rooms.models import Message, TalkRoom
from apps.rooms.queries import has_older
from apps.rooms.views.doors import room_in


def room_to_record(request: MemberRequest, room_id: UUID) -> TalkRoom:
    """The room of a page on which a record of it is made."""
    check_can_administer_room(request.member, room_for(request.member, room_id))
    return room_in(request, room_id)


@require_http_methods(["GET", "POST"])
def choose(request: MemberRequest, slug: str, room_id: UUID, of_meeting: bool = False) -> HttpResponse:
    """GET: a page of the room with a box beside each message. POST: the record is issued as the draft stands."""
    room = room_to_record(request, room_id)
    if request.method == "POST":
        return issued(request, room, None, of_meeting=of_meeting)
    before, can_issue = whole_number(request.GET.get("before", "")), can_record(request.member, room)
    found = queries.choosable(request.member, room, before=before, for_meeting=of_meeting) if can_issue else []
    context = {"room": room, "can_issue": can_issue, "choosable": found, "names": request.names_shown}
    context |= {"of_meeting": of_meeting, "has_older": has_older(request.member, room, [one.message for one in found])}
    return render(request, "records/choose.html", context)


@require_POST
def draft(request: MemberRequest, slug: str, room_id: UUID, of_meeting: bool = False) -> HttpResponse:
    """The lines as they would stand in the record. Nothing is kept yet."""
    room = room_to_record(request, room_id)
    numbers = [one for one in map(whole_number, request.POST.getlist("message")) if one is not None]
    chosen = queries.messages_chosen(request.member, room, numbers[: actions.MOST_LINES + 1])
    if not chosen:
        raise NothingChosen(subject=room, client_id=room.client_id)
    room = check_can_record(request.member, room)
    return drafted(request, room, None, sheet_of(request, room, chosen, of_meeting=of_meeting))


def sheet_of(request: MemberRequest, room: TalkRoom, chosen: list[Message], *, of_meeting: bool) -> Sheet:
    lines = queries.drafted(request.member, room, chosen)
    if not of_meeting:
        return sheet_begun({"planner": request.member.name}, lines, None)
    head = queries.head_proposed(request.member, room, chosen)
    return sheet_begun(head, lines, queries.people_proposed(request.member, room))


def drafted(
    request: MemberRequest, room: TalkRoom, record: SupportRecord | None, sheet: Sheet, status: int = 200
) -> HttpResponse:
    context = {"room": room, "head": sheet.head, "lines": sheet.lines, "people": sheet.people, "record": record}
    context["back"] = before_draft(request, room, record, of_meeting=sheet.people is not None)
    return render(request, "records/draft.html", context, status=status)


def before_draft(request: MemberRequest, room: TalkRoom, record: SupportRecord | None, *, of_meeting: bool) -> str:
    """Where somebody who drops a draft goes back to."""
    slug = request.environment.slug
    if record is not None:
        return reverse("records:record", args=[slug, record.client_id, record.number])
    return reverse("records:choose_meeting" if of_meeting else "records:choose", args=[slug, room.pk])


@require_http_methods(["GET", "POST"])
def renew(request: MemberRequest, slug: str, client_id: UUID, record_number: int) -> HttpResponse:
    """The next version of a record, which begins as the one before it, with what was edited since as it is now."""
    client = client_in(request, client_id)
    record = record_for(request.member, client, record_number)
    audit.opened(client, by=request.member, subject=record)
    room = record.room
    room.client = client
    if request.method == "POST":
        return issued(request, room, record, of_meeting=record.is_of_meeting)
    return drafted(request, room, record, sheet_again(request, record, room))


def sheet_again(request: MemberRequest, record: SupportRecord, room: TalkRoom) -> Sheet:
    lines = queries.drafted_again(request.member, record, room)
    if not record.is_of_meeting:
        return sheet_begun({"planner": record.planner}, lines, None)
    head, attendees = queries.head_again(record.meeting, record.planner), queries.shown(record).attendees
    return sheet_begun(head, lines, queries.people_again(attendees))


def issued(request: MemberRequest, room: TalkRoom, before: SupportRecord | None, *, of_meeting: bool) -> HttpResponse:
    sheet = sheet_sent(request.POST, of_meeting=of_meeting)
    if sheet.is_valid():
        record = record_issued(request, room, before, sheet)
        if record is not None:
            messages.success(request, _("The summary was issued.") if of_meeting else _("The record was issued."))
            return redirect("records:record", request.environment.slug, record.client_id, record.number)
    return drafted(request, room, before, sheet, status=422)


def record_issued(
    request: MemberRequest, room: TalkRoom, before: SupportRecord | None, sheet: Sheet
) -> SupportRecord | None:
    """The record; nothing where it is refused, with the sentence in the form."""
    try:
        if before is None:
            return actions.issue_record(room=room, by=request.member, **sheet.told())
        return actions.renew_record(record=before, by=request.member, **sheet.told())
    except Refusal as refusal:
        if refusal.status != 422:
            raise
        sheet.head.add_error(None, refusal.said)
        return None

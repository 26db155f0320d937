"""Confirmations: ask for them, give one, see who is missing, remind them, and what waits for one's own."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from apps.audit import actions as audit
from apps.environments.requests import MemberRequest
from apps.kernel.refusals import Refusal
from apps.rooms import actions, queries
from apps.rooms.access import ask_for, check_can_ask, message_for
from apps.rooms.forms import AskForm
from apps.rooms.models import Message
from apps.rooms.views.doors import look
from apps.rooms.views.message import done


@require_POST
def ask(request: MemberRequest, slug: str, room_id: UUID, message_number: int) -> HttpResponse:
    """The author asks the readers of a message to confirm it."""
    message = message_for(request.member, room_id, message_number)
    check_can_ask(request.member, message)
    form = AskForm(request.POST)
    if not form.is_valid():
        raise Refusal(subject=message.room, client_id=message.room.client_id)
    actions.ask_to_confirm(message=message, of=form.cleaned_data["of"], by=request.member)
    return done(request, message)


@require_POST
def acknowledgement(request: MemberRequest, slug: str, room_id: UUID, message_number: int) -> HttpResponse:
    """Whoever reads it says that they have taken note."""
    message = message_for(request.member, room_id, message_number)
    actions.acknowledge(message=message, by=request.member)
    return redirect("rooms:to_confirm", slug=slug) if "back" in request.POST else done(request, message)


def looked_at(request: MemberRequest, room_id: UUID, message_number: int) -> Message:
    message = message_for(request.member, room_id, message_number)
    ask_for(message)
    look(request, message.room)
    return message


@require_safe
def acknowledgements(request: MemberRequest, slug: str, room_id: UUID, message_number: int) -> HttpResponse:
    """Who of which organization has confirmed when, and who is missing; a guest sees their own organization."""
    message = looked_at(request, room_id, message_number)
    context = {"message": message, "room": message.room, "found": queries.ask_list(request.member, message)}
    return render(request, "rooms/acknowledgements.html", context)


@require_safe
def written(request: MemberRequest, slug: str, room_id: UUID, message_number: int) -> HttpResponse:
    """The same list for a spreadsheet; that it was taken out is in the ledger."""
    message = looked_at(request, room_id, message_number)
    found = queries.ask_list(request.member, message)
    detail = {"number": message.number}
    room = message.room
    audit.record(verb="rooms.confirmations_taken", by=request.member, subject=room, client=room.client, detail=detail)
    answer = HttpResponse(queries.ask_list_written(found), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="confirmations-{message.number}.csv"'
    return answer


@require_POST
def reminder(request: MemberRequest, slug: str, room_id: UUID, message_number: int) -> HttpResponse:
    """Those who are missing are told once more."""
    message = message_for(request.member, room_id, message_number)
    count = actions.remind(message=message, by=request.member)
    said = ngettext("%(count)s person was reminded.", "%(count)s people were reminded.", count)
    messages.success(request, said % {"count": count})
    return redirect("rooms:acknowledgements", slug=slug, room_id=room_id, message_number=message_number)


@require_safe
def to_confirm(request: MemberRequest, slug: str) -> HttpResponse:
    """What one is asked to confirm in all rooms, and has not."""
    found = queries.asked_of_me(request.member, request.GET.get("page"))
    rooms = sorted({str(one.message.room_id) for one in found})
    audit.looked(verb="rooms.marks_listed", by=request.member, detail={"kind": "confirm", "rooms": rooms})
    return render(request, "rooms/to_confirm.html", {"waiting": found, "kind": "confirm"})

"""What one marks for oneself: to do and done, and to be found again."""

import json
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.audit import actions as audit
from apps.environments.requests import MemberRequest
from apps.kernel.refusals import Refusal
from apps.rooms import actions, queries
from apps.rooms.access import message_for
from apps.rooms.forms import MarkForm
from apps.rooms.models import MarkKind, Message
from apps.rooms.views.message import place_of


@require_POST
def mark(request: MemberRequest, slug: str, room_id: UUID, message_number: int) -> HttpResponse:
    """Mark a message, or take the mark away, or say that it is done."""
    message = message_for(request.member, room_id, message_number)
    form = MarkForm(request.POST)
    if not form.is_valid():
        raise Refusal(subject=message.room, client_id=message.room.client_id)
    marked(request, message, **form.cleaned_data)
    if request.htmx:
        return told(request, message)
    return redirect(f"rooms:{form.list}", slug=slug) if "back" in request.POST else redirect(place_of(request, message))


def marked(request: MemberRequest, message: Message, kind: str, state: str) -> None:
    if state == MarkForm.DONE:
        actions.finish(message=message, by=request.member)
    elif state == MarkForm.OFF:
        actions.unmark_message(message=message, kind=MarkKind(kind), by=request.member)
    else:
        actions.mark_message(message=message, kind=MarkKind(kind), by=request.member)


def told(request: MemberRequest, message: Message) -> HttpResponse:
    """The sheet closes, and the message on the page says how it is marked now."""
    kinds = sorted(queries.marks_on(request.member, [message]).get(message.number, ()))
    done = {"message-done": {"number": message.number, "marks": kinds}}
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(done)})


@require_safe
def todo(request: MemberRequest, slug: str) -> HttpResponse:
    """What one has still to do in all rooms, and what is done."""
    return listed(request, MarkKind.TO_DO)


@require_safe
def bookmarks(request: MemberRequest, slug: str) -> HttpResponse:
    return listed(request, MarkKind.BOOKMARK)


def listed(request: MemberRequest, kind: MarkKind) -> HttpResponse:
    found = queries.marks_shown(request.member, kind, request.GET.get("page"))
    rooms = sorted({str(one.message.room_id) for one in found})
    audit.looked(verb="rooms.marks_listed", by=request.member, detail={"kind": str(kind), "rooms": rooms})
    return render(request, "rooms/marks.html", {"marks": found, "kind": kind})

"""Whom one can call in a room, and the messages that call one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.audit import actions as audit
from apps.environments.requests import MemberRequest
from apps.rooms import queries
from apps.rooms.access import room_for
from apps.rooms.views.doors import look


@require_safe
def mentionable(request: MemberRequest, slug: str, room_id: UUID) -> HttpResponse:
    """A fragment for the composer: everybody who can be called here."""
    room = room_for(request.member, room_id)
    look(request, room)
    return render(request, "rooms/_mentionable.html", {"found": queries.callable_in(request.member, room)})


@require_safe
def mentions(request: MemberRequest, slug: str) -> HttpResponse:
    """The messages of all rooms that call the reader, the newest first."""
    found = queries.mentions_shown(request.member, request.GET.get("page"))
    rooms = sorted({str(one.message.room_id) for one in found})
    audit.looked(verb="rooms.marks_listed", by=request.member, detail={"kind": "mention", "rooms": rooms})
    return render(request, "rooms/mentions.html", {"found": found, "kind": "mention"})

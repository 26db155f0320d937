"""Rooms that one keeps at the head of one's list."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from apps.environments.requests import MemberRequest
from apps.rooms import actions
from apps.rooms.access import room_for


@require_POST
def pin(request: MemberRequest, slug: str, room_id: UUID) -> HttpResponse:
    """With `off` the room is pinned no more."""
    room = room_for(request.member, room_id)
    verb = actions.unpin_room if "off" in request.POST else actions.pin_room
    verb(room=room, by=request.member)
    return redirect("rooms:room", slug=slug, room_id=room_id)

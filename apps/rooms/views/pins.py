"""Rooms that one keeps at the head of one's list."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from apps.environments.requests import MemberRequest
from apps.rooms import actions, queries
from apps.rooms.access import room_for
from apps.rooms.views.doors import look


@require_http_methods(["GET", "POST"])
def pin(request: MemberRequest, slug: str, room_id: UUID) -> HttpResponse:
    """GET: whether it is pinned, as the button of an open room. POST: with `off` the room is pinned no more."""
    room = room_for(request.member, room_id)
    if request.method == "GET":
        look(request, room)
        return render(request, "rooms/_pin.html", {"room": room, "is_pinned": queries.is_pinned(request.member, room)})
    verb = actions.unpin_room if "off" in request.POST else actions.pin_room
    verb(room=room, by=request.member)
    return redirect("rooms:room", slug=slug, room_id=room_id)

"""Who has seen a message, for whoever is told."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.environments.requests import MemberRequest
from apps.rooms import queries
from apps.rooms.access import check_can_see_who_saw, message_for
from apps.rooms.views.doors import look


@require_safe
def seen(request: MemberRequest, slug: str, room_id: UUID, message_number: int) -> HttpResponse:
    """Who of the room has seen it and who has not: names as the reader knows them, and no times."""
    message = message_for(request.member, room_id, message_number)
    check_can_see_who_saw(request.member, message)
    look(request, message.room)
    template = "rooms/_seen.html" if request.htmx else "rooms/seen.html"
    context = {"message": message, "room": message.room, "seeing": queries.who_saw(request.member, message)}
    return render(request, template, context)

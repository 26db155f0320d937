"""What one has begun to write in a room: kept as one writes."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from apps.environments.requests import MemberRequest
from apps.kernel.refusals import Refusal
from apps.rooms import actions
from apps.rooms.access import room_for
from apps.rooms.forms import DraftForm


@require_POST
def draft(request: MemberRequest, slug: str, room_id: UUID) -> HttpResponse:
    """Keep it; without a script by a button of the composer, which leads back to the list."""
    room = room_for(request.member, room_id)
    form = DraftForm(request.POST)
    if not form.is_valid():
        raise Refusal(subject=room, client_id=room.client_id)
    actions.keep_draft(room=room, by=request.member, **form.cleaned_data)
    return HttpResponse(status=204) if request.htmx else redirect("rooms:list", slug=slug)

"""Put a room away, and take it out again."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from apps.environments.requests import MemberRequest
from apps.kernel.refusals import Refusal
from apps.rooms import actions
from apps.rooms.access import check_can_archive, room_for
from apps.rooms.forms import ArchiveForm
from apps.rooms.models import TalkRoom
from apps.rooms.views.doors import look


@require_http_methods(["GET", "POST"])
def archive(request: MemberRequest, slug: str, room_id: UUID) -> HttpResponse:
    """Ask why, and archive; with `reopen`, the way back, which needs no reason."""
    room = room_for(request.member, room_id)
    check_can_archive(request.member, room)
    form = ArchiveForm(request.POST if request.method == "POST" and "reopen" not in request.POST else None)
    if ("reopen" in request.POST or form.is_valid()) and done(request, room, form):
        return redirect("rooms:room", slug=slug, room_id=room_id)
    look(request, room)
    status = 422 if request.method == "POST" else 200
    return render(request, "rooms/archive.html", {"room": room, "form": form}, status=status)


def done(request: MemberRequest, room: TalkRoom, form: ArchiveForm) -> bool:
    try:
        if "reopen" in request.POST:
            actions.reopen_room(room=room, by=request.member)
        else:
            actions.archive_room(room=room, reason=form.cleaned_data["reason"], by=request.member)
    except Refusal as refusal:
        if refusal.status != 422 or not form.is_bound:
            raise
        form.add_error("reason", refusal.said)
        return False
    return True

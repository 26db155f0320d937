"""Who is in a room: admit somebody, leave or remove."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from apps.clients.access import names_beside
from apps.environments.access import member_for
from apps.environments.requests import MemberRequest
from apps.rooms import actions, queries
from apps.rooms.access import can_admit, check_can_admit, room_for
from apps.rooms.forms import AdmissionForm
from apps.rooms.views.rooms import look


@require_http_methods(["GET", "POST"])
def people(request: MemberRequest, slug: str, room_id: UUID) -> HttpResponse:
    room = room_for(request.member, room_id)
    form = AdmissionForm(request.POST or None, room=room, reader=request.member)
    if request.method == "POST":
        # Asked before the form is: to whoever admits nobody, no answer tells who could be admitted.
        check_can_admit(request.member, room)
    if request.method == "POST" and form.is_valid():
        actions.admit(room=room, by=request.member, **admission(form.cleaned_data))
        return redirect("rooms:people", slug=slug, room_id=room_id)
    look(request, room)
    context = {"room": room, "people": queries.people_of(room), "form": form}
    context["names"] = names_beside(request.member, room.client)
    context["can_admit"] = can_admit(request.member, room)
    return render(request, "rooms/people.html", context, status=422 if form.errors else 200)


def admission(chosen: dict[str, Any]) -> dict[str, Any]:
    history_from = {
        AdmissionForm.NOTHING: timezone.now(),
        AdmissionForm.FROM_DATE: chosen["history_from"],
        AdmissionForm.EVERYTHING: None,
    }[chosen["history"]]
    return {"member": chosen["member"], "history_from": history_from, "reason": chosen["reason"]}


@require_POST
def removal(request: MemberRequest, slug: str, room_id: UUID, member_id: UUID) -> HttpResponse:
    room = room_for(request.member, room_id)
    if member_id != request.member.pk:
        check_can_admit(request.member, room)
    actions.remove(room=room, member=member_for(request.member, member_id), by=request.member)
    if member_id == request.member.pk:
        return redirect("rooms:list", slug=slug)
    return redirect("rooms:people", slug=slug, room_id=room_id)

"""Who is in a room: admit people, say as what, leave or remove."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from apps.environments.access import member_for
from apps.environments.requests import MemberRequest
from apps.kernel.refusals import Refusal
from apps.rooms import actions, queries
from apps.rooms.access import (
    can_administer_room,
    can_archive,
    check_can_administer_room,
    people_chosen,
    people_who_could_join,
    roles_in,
    room_for,
)
from apps.rooms.forms import AdmissionForm, RoleForm
from apps.rooms.models import TalkRoom
from apps.rooms.views.doors import look
from apps.rooms.views.picking import is_looking, picked_in, picking_in


@require_http_methods(["GET", "POST"])
def people(request: MemberRequest, slug: str, room_id: UUID) -> HttpResponse:
    room = room_for(request.member, room_id)
    if request.method == "POST":
        # Asked before the form is: to whoever admits nobody, no answer tells who could be admitted.
        check_can_administer_room(request.member, room)
    form = admission_in(request, room)
    if form.is_bound and form.is_valid() and admitted(request, room, form):
        return redirect("rooms:people", slug=slug, room_id=room_id)
    look(request, room)
    template = "rooms/_picker.html" if request.htmx and is_looking(request) else "rooms/people.html"
    return render(request, template, page_of(request, room, form), status=422 if form.errors else 200)


def admission_in(request: MemberRequest, room: TalkRoom) -> AdmissionForm:
    """Bound when somebody is to be admitted; while one only looks for people, what was typed is kept."""
    if request.method == "POST" and not is_looking(request):
        return AdmissionForm({**request.POST.dict(), "members": picked_in(request)}, room=room)
    return AdmissionForm(initial=request.POST.dict(), room=room) if request.POST else AdmissionForm(room=room)


def admitted(request: MemberRequest, room: TalkRoom, form: AdmissionForm) -> bool:
    try:
        members = people_chosen(request.member, form.cleaned_data["members"])
        actions.admit_all(members=members, room=room, by=request.member, **form.admission())
    except Refusal as refusal:
        if refusal.status != 422:
            raise
        form.add_error("members", refusal.said)
        return False
    return True


def page_of(request: MemberRequest, room: TalkRoom, form: AdmissionForm) -> dict[str, Any]:
    administers = can_administer_room(request.member, room)
    context = {"room": room, "people": queries.people_rows(request.member, room), "form": form}
    if administers:
        context["picking"] = picking_in(request, people_who_could_join(room, reader=request.member))
    return {
        **context,
        "can_administer": administers,
        "has_roles": len(roles_in(room)) > 1,
        "can_archive": can_archive(request.member, room),
    }


@require_http_methods(["GET", "POST"])
def role(request: MemberRequest, slug: str, room_id: UUID, member_id: UUID) -> HttpResponse:
    """As what somebody is in a room."""
    room = room_for(request.member, room_id)
    check_can_administer_room(request.member, room)
    found = queries.person_in(request.member, room, member_id)
    form = RoleForm(request.POST or None, room=room, initial={"role": found.membership.role})
    if form.is_valid() and changed(request, room, found, form):
        return redirect("rooms:people", slug=slug, room_id=room_id)
    look(request, room)
    context = {"room": room, "person": found, "form": form}
    return render(request, "rooms/role.html", context, status=422 if form.errors else 200)


def changed(request: MemberRequest, room: TalkRoom, person: queries.PersonHere, form: RoleForm) -> bool:
    try:
        actions.give_role(member=person.member, room=room, role=form.cleaned_data["role"], by=request.member)
    except Refusal as refusal:
        form.add_error("role", refusal.said)
        return False
    return True


@require_POST
def removal(request: MemberRequest, slug: str, room_id: UUID, member_id: UUID) -> HttpResponse:
    room = room_for(request.member, room_id)
    if member_id != request.member.pk:
        check_can_administer_room(request.member, room)
    actions.remove(room=room, member=member_for(request.member, member_id), by=request.member)
    if member_id == request.member.pk:
        return redirect("rooms:list", slug=slug)
    return redirect("rooms:people", slug=slug, room_id=room_id)

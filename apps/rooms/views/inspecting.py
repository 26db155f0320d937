"""Deleted messages of rooms about nobody, for an auditor: the basis in law first, then which room."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from apps.audit import actions as audit
from apps.clients.access import check_can_inspect
from apps.environments.requests import MemberApiRequest, MemberRequest
from apps.kernel.paging import paged
from apps.rooms import actions, queries
from apps.rooms.access import removed_about, room_inspection_for
from apps.rooms.inspection_forms import RoomInspectionForm
from apps.rooms.models import RoomInspection, TalkRoom
from apps.rooms.views.removed import removed_read


@require_http_methods(["GET", "POST"])
def inspections(request: MemberRequest, slug: str) -> HttpResponse:
    """An auditor names the basis and its reference, then chooses the room."""
    check_can_inspect(request.member)
    form = RoomInspectionForm(request.POST if request.method == "POST" else None)
    found = queries.rooms_to_choose(request.member, form.cleaned_data["q"]) if form.is_valid() else []
    chosen = next((room for room in found if room.pk == form.cleaned_data["room"]), None)
    if chosen is not None:
        about = {name: form.cleaned_data[name] for name in ("basis", "reference")}
        actions.open_room_inspection(room=chosen, **about, by=request.member)
        return redirect("rooms:removed_in_room", slug=slug, room_id=chosen.pk)
    return offered(request, form, found)


def offered(request: MemberRequest, form: RoomInspectionForm, found: list[TalkRoom]) -> HttpResponse:
    """The form, and below it which rooms the words fit."""
    is_searched = form.is_bound and form.is_valid()
    if is_searched:
        record_search(request, form.cleaned_data["basis"], found)
    context = {"form": form, "found": found, "is_searched": is_searched}
    return render(request, "rooms/inspections.html", context, status=422 if form.errors else 200)


def record_search(request: MemberRequest | MemberApiRequest, basis: str, found: list[TalkRoom]) -> None:
    """The ledger tells which rooms were shown, and not by what they were looked for."""
    detail = {"hits": len(found), "rooms": [str(room.pk) for room in found]}
    audit.record(verb="rooms.inspection_searched", by=request.member, purpose=f"legal-basis:{basis}", detail=detail)


@require_http_methods(["GET", "POST"])
def removed(request: MemberRequest, slug: str, room_id: UUID) -> HttpResponse:
    """GET: which messages were deleted, without a word of them. POST: what one of them said; each time is an entry."""
    inspection = room_inspection_for(request.member, room_id)
    record_look(request, inspection)
    read = removed_read(request, inspection) if request.method == "POST" else None
    page = paged(removed_about(request.member, inspection), request.GET.get("page"))
    context = {"inspection": inspection, "room": inspection.room, "page": page, "read": read}
    return render(request, "rooms/removed.html", context)


def record_look(request: MemberRequest | MemberApiRequest, inspection: RoomInspection) -> None:
    audit.looked(verb="rooms.inspected", by=request.member, subject=inspection, purpose=inspection.purpose)

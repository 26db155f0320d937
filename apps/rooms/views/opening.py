"""A new room: for a theme, for two people, or for announcements."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from apps.environments.access import member_for
from apps.environments.requests import MemberRequest
from apps.kernel.refusals import Refusal
from apps.rooms import actions
from apps.rooms.access import can_open_rooms, people_chosen, people_to_talk_with
from apps.rooms.forms import NewRoomForm, PairForm
from apps.rooms.models import RoomKind, TalkRoom
from apps.rooms.views.picking import is_looking, picked_in, picking_in


@require_http_methods(["GET", "POST"])
def new(request: MemberRequest, slug: str) -> HttpResponse:
    """Which kind stands in the address (`?kind=`); a guest begins a talk of two only."""
    kinds = (
        [RoomKind.PAIR, RoomKind.GROUP, RoomKind.ANNOUNCEMENT] if can_open_rooms(request.member) else [RoomKind.PAIR]
    )
    kind = next((one for one in kinds if one == request.GET.get("kind")), kinds[0])
    form = form_in(request, kind)
    if form.is_bound and form.is_valid():
        opened = opened_by(request, kind, form)
        if opened is not None:
            return redirect("rooms:room", slug=slug, room_id=opened.pk)
    context = {"kind": kind, "kinds": kinds, "form": form} | choices(request)
    picker = "rooms/_pair_picker.html" if kind == RoomKind.PAIR else "rooms/_picker.html"
    template = picker if request.htmx and is_looking(request) else "rooms/new.html"
    return render(request, template, context, status=422 if form.errors else 200)


def form_in(request: MemberRequest, kind: RoomKind) -> NewRoomForm | PairForm:
    asked = PairForm if kind == RoomKind.PAIR else NewRoomForm
    if request.method == "POST" and not is_looking(request):
        return asked({**request.POST.dict(), "members": picked_in(request)})
    return asked(initial=request.POST.dict()) if request.POST else asked()


def choices(request: MemberRequest) -> dict[str, Any]:
    return {"picking": picking_in(request, people_to_talk_with(request.member))}


def opened_by(request: MemberRequest, kind: RoomKind, form: NewRoomForm | PairForm) -> TalkRoom | None:
    """The room; nothing where it is refused, with the sentence in the form."""
    told = form.cleaned_data
    try:
        if kind == RoomKind.PAIR:
            return actions.open_pair(other=member_for(request.member, told["member"]), by=request.member)
        members = people_chosen(request.member, told.pop("members"))
        return actions.open_room(kind=kind, members=members, by=request.member, **told)
    except Refusal as refusal:
        if refusal.status != 422:
            raise
        form.add_error(None, refusal.said)
        return None

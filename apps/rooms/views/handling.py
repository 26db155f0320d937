"""The office's inbox, and what is done with a message that needs somebody."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.environments.requests import MemberRequest
from apps.kernel.refusals import Refusal
from apps.rooms import actions, queries
from apps.rooms.access import check_can_handle, chosen, colleagues_who_could_handle, message_for
from apps.rooms.forms import HandlingForm, NeedForm
from apps.rooms.models import Message
from apps.rooms.views.doors import look
from apps.rooms.views.message import done


@require_safe
def office(request: MemberRequest, slug: str) -> HttpResponse:
    """What nobody of one's organization has taken, who has what, and what is done."""
    found = queries.office_of(request.member)
    rooms = sorted({str(one.message.room_id) for one in [*found.open, *found.taken, *found.done]})
    audit.looked(verb="rooms.office_listed", by=request.member, detail={"rooms": rooms})
    template = "rooms/_office.html" if request.htmx else "rooms/office.html"
    return render(request, template, {"office": found})


@require_POST
def need(request: MemberRequest, slug: str, room_id: UUID, message_number: int) -> HttpResponse:
    """Put a message into an organization's inbox."""
    message = message_for(request.member, room_id, message_number)
    check_can_handle(request.member, message)
    form = NeedForm(request.POST)
    if not form.is_valid():
        raise Refusal(subject=message.room, client_id=message.room.client_id)
    organization = chosen(queries.organizations_shown(request.member, message), form.cleaned_data["organization"])
    actions.need_somebody(message=message, organization=organization, by=request.member)
    return done(request, message)


@require_http_methods(["GET", "POST"])
def handling(request: MemberRequest, slug: str, room_id: UUID, message_number: int) -> HttpResponse:
    """How it stands in one's own organization, as the line below the message; POST: what one does with it."""
    message = message_for(request.member, room_id, message_number)
    if request.method == "POST":
        return handled(request, message)
    look(request, message.room)
    found = queries.handlings_on(request.member, [message]).get(message.number)
    return render(request, "rooms/_handling.html", {"handling": found, "reader": request.member})


def handled(request: MemberRequest, message: Message) -> HttpResponse:
    check_can_handle(request.member, message)
    form = HandlingForm(request.POST)
    if not form.is_valid():
        raise Refusal(subject=message.room, client_id=message.room.client_id)
    do(request.member, message, **form.cleaned_data)
    return redirect("rooms:office", slug=request.environment.slug) if "back" in request.POST else done(request, message)


def do(member: Member, message: Message, deed: str, to: UUID | None) -> None:
    if deed == HandlingForm.TAKE:
        actions.take(message=message, by=member)
    elif deed == HandlingForm.GIVE_BACK:
        actions.give_back(message=message, by=member)
    elif deed == HandlingForm.DONE:
        actions.finish_handling(message=message, by=member)
    else:
        colleagues = colleagues_who_could_handle(member, message)
        actions.hand_on(message=message, to=queries.one_of(colleagues, to), by=member)

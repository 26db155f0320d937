"""Forward a message: choose a room, see who is there, send it."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.audit import actions as audit
from apps.environments.requests import MemberRequest
from apps.kernel.refusals import Refusal
from apps.rooms import actions, queries
from apps.rooms.access import (
    check_can_forward,
    check_can_forward_to,
    files_to_forward,
    leaves_client,
    message_for,
    room_for,
)
from apps.rooms.forwarding_forms import ForwardForm
from apps.rooms.models import Message, TalkRoom
from apps.rooms.views.doors import look


@require_http_methods(["GET", "POST"])
def forward(request: MemberRequest, slug: str, room_id: UUID, message_number: int) -> HttpResponse:
    """Which page comes is said by what was sent: nothing or a search, a room, or that it is to be sent."""
    message = message_for(request.member, room_id, message_number)
    check_can_forward(request.member, message)
    look(request, message.room)
    sent = request.POST if request.method == "POST" and "q" not in request.POST else None
    form = ForwardForm(sent, files=files_to_forward(request.member, message))
    form.is_valid()
    return checking(request, message, form) if form.names_room else choosing(request, message, form)


def choosing(request: MemberRequest, message: Message, form: ForwardForm) -> HttpResponse:
    """What is searched for is sent, so that no address and no log holds a client's name."""
    typed = request.POST.get("q", "")[:100]
    rooms = queries.rooms_for_forwarding(request.member, message, typed)
    audit.looked(verb="rooms.listed", by=request.member, detail={"rooms": [str(one.pk) for one in rooms]})
    context = {"message": message, "room": message.room, "rooms": rooms, "typed": typed, "form": form}
    return render(request, "rooms/forward.html", context, status=422 if form.errors else 200)


def checking(request: MemberRequest, message: Message, form: ForwardForm) -> HttpResponse:
    to = room_for(request.member, form.cleaned_data["room"])
    check_can_forward_to(request.member, message, to)
    look(request, to)
    if form.is_valid() and "send" in request.POST and sent(request, message, to, form):
        messages.success(request, _("The message was forwarded to this room."))
        return redirect("rooms:room", slug=request.environment.slug, room_id=to.pk)
    status = 422 if form.errors else 200
    return render(request, "rooms/forward_check.html", check_of(request, message, to, form), status=status)


def sent(request: MemberRequest, message: Message, to: TalkRoom, form: ForwardForm) -> bool:
    told = form.cleaned_data
    if told["change"] != (message.change or 0):
        form.add_error(None, _("The message has changed meanwhile. Please read it again before you forward it."))
        return False
    try:
        actions.check_forward(message=message, room=to, is_sure=told["is_sure"], by=request.member, **form.told)
        key = told["client_key"] or uuid4()
        actions.forward(message=message, room=to, client_key=key, by=request.member, **form.told)
    except Refusal as refusal:
        if refusal.status not in {409, 422, 429}:
            raise
        form.add_error(None, refusal.said)
        return False
    return True


def check_of(request: MemberRequest, message: Message, to: TalkRoom, form: ForwardForm) -> dict[str, object]:
    files = files_to_forward(request.member, message)
    # Until somebody has chosen, all of them go that can.
    going = form.told["files"] if "send" in request.POST else {one.place for one in files if one.file.is_ready}
    names = [one.file.name for one in files if one.place in going]
    return {
        "message": message,
        "room": message.room,
        "to": to,
        "form": form,
        "text": queries.forwarded_text(request.member, message, to),
        "files": [(one.place, one.file, one.place in going) for one in files],
        "new": queries.new_readers(request.member, message, to),
        "people": queries.people_of(to).count(),
        "leaves_client": leaves_client(message, to),
        "doubt": queries.doubt_about(request.member, to, f"{form.told['remark']}\n{message.body}", file_names=names),
    }

"""One message: what can be done with it, its text in other words, its removal."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.clients.access import names_beside
from apps.environments.requests import MemberRequest
from apps.kernel.refusals import Refusal
from apps.rooms import actions, queries
from apps.rooms.access import (
    can_acknowledge,
    can_ask,
    can_edit,
    can_forward,
    can_post,
    can_react,
    can_remove,
    can_see_who_saw,
    check_can_edit,
    has_acknowledged,
    message_for,
    source_shown,
)
from apps.rooms.forms import TextForm
from apps.rooms.frames import files_of
from apps.rooms.models import Message, ReactionKind
from apps.rooms.refusals import AnotherClient
from apps.rooms.views.doors import look

# Said to the page when a deed is done: the sheet closes, and the room looks what has become of the message.
DONE = {"HX-Trigger": "message-done"}


@require_safe
def message(request: MemberRequest, slug: str, room_id: UUID, message_number: int) -> HttpResponse:
    """A message by itself with what the reader may do with it, and what it said before."""
    found = message_for(request.member, room_id, message_number)
    look(request, found.room)
    template = "rooms/_message_deeds.html" if request.htmx else "rooms/message.html"
    return render(request, template, deeds_of(request, found))


def deeds_of(request: MemberRequest, message: Message) -> dict[str, object]:
    names = names_beside(request.member, message.room.client)
    own = queries.reactions_of(request.member, [message]).get(message.number, set())
    choices = queries.handling_choices(request.member, message)
    return {
        "message": message,
        "room": message.room,
        "names": names,
        "phrases": [(kind, kind in own) for kind in ReactionKind],
        "who_reacted": queries.who_reacted(message, names),
        "files": files_of(message),
        "versions": [] if message.is_removed else list(message.versions.all()),
        "marks": queries.marks_on(request.member, [message]).get(message.number, ()),
        "seeing": queries.who_saw(request.member, message) if can_see_who_saw(request.member, message) else None,
        "can_answer": not message.is_removed and can_post(request.member, message.room),
        "can_react": can_react(request.member, message),
        "ask": queries.asks_on(request.member, message.room, [message]).get(message.number),
        "choices": choices,
        "can_take": choices is not None and choices.handling is not None and choices.handling.handler is None,
        "can_ask": can_ask(request.member, message),
        "can_acknowledge": can_acknowledge(request.member, message),
        "has_acknowledged": has_acknowledged(request.member, message),
        "can_forward": can_forward(request.member, message),
        "source": source_shown(request.member, message),
        "can_edit": can_edit(request.member, message),
        "can_remove": can_remove(request.member, message),
    }


@require_http_methods(["GET", "POST"])
def text(request: MemberRequest, slug: str, room_id: UUID, message_number: int) -> HttpResponse:
    """The author says it in other words."""
    found = message_for(request.member, room_id, message_number)
    check_can_edit(request.member, found)
    form = TextForm(request.POST if request.method == "POST" else None, initial={"body": found.body})
    if form.is_valid() and edited(request, found, form):
        return done(request, found)
    look(request, found.room)
    template = "rooms/_message_text.html" if request.htmx else "rooms/message_text.html"
    context = {"message": found, "room": found.room, "form": form}
    return render(request, template, context, status=422 if form.errors else 200)


def edited(request: MemberRequest, message: Message, form: TextForm) -> bool:
    told = form.cleaned_data
    try:
        actions.check_room(room=message.room, message=told, is_sure=told["is_sure"], by=request.member)
        actions.edit(message=message, body=told["body"], by=request.member)
    except AnotherClient as refusal:
        form.ask(refusal)
        return False
    except Refusal as refusal:
        if refusal.status != 422:
            raise
        form.add_error("body", refusal.said)
        return False
    return True


@require_POST
def removal(request: MemberRequest, slug: str, room_id: UUID, message_number: int) -> HttpResponse:
    found = message_for(request.member, room_id, message_number)
    actions.remove_message(message=found, by=request.member)
    return done(request, found)


def done(request: MemberRequest, message: Message) -> HttpResponse:
    """Back to where the message stands; a sheet over the room only closes."""
    if request.htmx:
        return HttpResponse(status=204, headers=DONE)
    return redirect(place_of(request, message))


def place_of(request: MemberRequest, message: Message) -> str:
    room = reverse("rooms:room", kwargs={"slug": request.environment.slug, "room_id": message.room_id})
    return f"{room}#message-{message.number}"

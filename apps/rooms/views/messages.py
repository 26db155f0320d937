"""A room's messages: post one, page back, catch up, wait for the next; and the mark of how far one has read."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.db import connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe
from rest_framework.request import Request

from apps.clients.access import names_beside
from apps.environments.requests import MemberRequest
from apps.kernel.numbers import whole_number
from apps.kernel.refusals import Refusal
from apps.rooms import actions, queries
from apps.rooms.access import room_for
from apps.rooms.forms import MessageForm
from apps.rooms.hub import hub
from apps.rooms.listener import Waiter
from apps.rooms.models import Message, TalkRoom, WaitingMessage
from apps.rooms.refusals import AnotherClient
from apps.rooms.views.asking import wants_json
from apps.rooms.views.doors import look
from apps.rooms.views.rooms import base_of, page_of

# A poll is answered before a proxy of 30 seconds would cut it.
LONGEST_WAIT = 25.0


@require_POST
def post(request: MemberRequest, slug: str, room_id: UUID) -> HttpResponse:
    room = room_for(request.member, room_id)
    form = MessageForm(request.POST)
    try:
        done = sent(request, room, form)
    except AnotherClient as refusal:
        return asked_again(request, room, form, refusal)
    except Refusal as refusal:
        return given_back(request, room, form, refusal)
    return held(request, done) if isinstance(done, WaitingMessage) else posted(request, room, done)


def sent(request: MemberRequest, room: TalkRoom, form: MessageForm) -> WaitingMessage | actions.Appended:
    """Held or posted, with what came along as files; first it is asked whether it belongs in this room."""
    holds = "hold" in request.POST and queries.habits_of(request.member).can_undo
    verb: Callable[..., WaitingMessage | actions.Appended] = actions.hold if holds else actions.post
    message, uploads = form.message(room), request.FILES.getlist("uploads")
    asked = {"is_sure": form.cleaned_data["is_sure"], "file_names": [one.name or "" for one in uploads]}
    actions.check_room(room=room, message=message, by=request.member, **asked)
    return actions.with_uploads(
        verb=verb, room=room, message=message, uploads=uploads, draft=form.draft(), by=request.member
    )


def posted(request: MemberRequest, room: TalkRoom, appended: actions.Appended) -> HttpResponse:
    """It is there: a program gets its number."""
    if wants_json(request):
        return JsonResponse({"number": appended.number}, status=201)
    return redirect("rooms:room", slug=request.environment.slug, room_id=room.pk)


def held(request: MemberRequest, waiting: WaitingMessage) -> HttpResponse:
    """It waits, and its author can see it and take it back."""
    if not wants_json(request):
        return redirect("rooms:room", slug=request.environment.slug, room_id=waiting.room_id)
    around = {
        "names": names_beside(request.member, waiting.room.client),
        "since": queries.quotes_shown_from(request.member, waiting.room, [waiting]),
        "environment": request.environment,
    }
    html = render_to_string("rooms/_waiting.html", {"one": waiting, **around}, request)
    return JsonResponse({"waiting": str(waiting.pk), "html": html}, status=202)


def asked_again(request: MemberRequest, room: TalkRoom, form: MessageForm, refusal: AnotherClient) -> HttpResponse:
    """Nothing has been sent: the author sees whom the text names, and says whether it belongs here."""
    asked = {"room": room, "doubt": refusal.doubt}
    if wants_json(request):
        answer = render(request, "rooms/_doubt_asked.html", asked, status=refusal.status)
        answer.headers["X-Carenet-Asks"] = refusal.code
        return answer
    return render(request, "rooms/room.html", page_of(request, room, form) | asked, status=refusal.status)


def given_back(request: MemberRequest, room: TalkRoom, form: MessageForm, refusal: Refusal) -> HttpResponse:
    """A page gets its text back with the sentence beside it; a program gets the refusal."""
    if request.htmx or wants_json(request):
        raise refusal
    form.add_error("body", refusal.said)
    return render(request, "rooms/room.html", page_of(request, room, form), status=422)


async def messages(request: MemberRequest, slug: str, room_id: UUID) -> HttpResponseBase:
    """GET: what came after a number, waiting up to `wait` seconds for it. POST: a new message."""
    if request.method == "POST":
        return await sync_to_async(post)(request, slug, room_id)
    return await newer_or_older(request, slug, room_id)


@require_safe
async def newer_or_older(request: MemberRequest, slug: str, room_id: UUID) -> HttpResponseBase:
    if "before" in request.GET:
        return await sync_to_async(older)(request, room_id)
    wait = min(number_in(request, "wait"), LONGEST_WAIT)
    answer = await sync_to_async(newer)(request, room_id)
    if answer.status_code == 204 and wait > 0:
        await waited(request, room_id, wait)
        answer = await sync_to_async(newer)(request, room_id)
    return answer


def newer(request: MemberRequest, room_id: UUID) -> HttpResponse:
    room = room_for(request.member, room_id)
    found = queries.messages_after(request.member, room, after=number_in(request, "after"))
    changed, change = changes(request, room)
    look(request, room)
    answer = fragment(request, room, [*changed, *found], has_older=False)
    answer.headers["X-Carenet-Change"] = str(change)
    return answer


def changes(request: Any, room: TalkRoom) -> tuple[list[Message], int]:
    """What has become of messages up to `after` since the change `changed_after`, and after which change to ask next."""
    if "changed_after" not in request.GET:
        return [], room.last_change
    since, until = number_in(request, "changed_after"), number_in(request, "after")
    found = queries.messages_changed(request.member, room, since=since, until=until)
    # Of a full page there may be more; else whatever was changed before the room was read has been asked for.
    return found, found[-1].change or since if len(found) == queries.PAGE else max(room.last_change, since)


def older(request: MemberRequest, room_id: UUID) -> HttpResponse:
    room = room_for(request.member, room_id)
    look(request, room)
    found = queries.latest_messages(request.member, room, before=number_in(request, "before"))
    return fragment(request, room, found, has_older=queries.has_older(request.member, room, found), room=room)


def fragment(request: MemberRequest, about: TalkRoom, found: list[Message], **context: object) -> HttpResponse:
    if not found:
        return HttpResponse(status=204)
    around: dict[str, object] = {
        "marks": queries.marks_on(request.member, found),
        **standing_of(request, about, found),
        "reader": request.member,
        "names": names_beside(request.member, about.client),
        "base": base_of(request, about),
        "since": queries.quotes_shown_from(request.member, about, found),
    }
    return render(request, "rooms/_messages.html", {"messages_shown": found, **around, **context})


def standing_of(request: MemberRequest, room: TalkRoom, found: list[Message]) -> dict[str, object]:
    """What has become of messages with their readers: seen, confirmed, handled, answered in a phrase."""
    return {
        "seen": queries.seen_on(request.member, room, found),
        "own_reactions": queries.reactions_of(request.member, found),
        "asks": queries.asks_on(request.member, room, found),
        "handlings": queries.handlings_on(request.member, found),
    }


async def waited(request: MemberRequest, room_id: UUID, seconds: float) -> None:
    """Wait in the hub like a socket. The database connection goes back to the pool: many may wait, few connections are."""
    waiter = Waiter(
        room_id=room_id,
        user_id=request.member.user_id,
        member_id=request.member.pk,
        environment_id=request.environment.pk,
        slug=request.environment.slug,
    )
    here = hub()
    try:
        await here.join(waiter)
        # Between the look and the joining a message may have come.
        if (await sync_to_async(newer)(request, room_id)).status_code == 204:
            await sync_to_async(connections.close_all)()
            await asyncio.wait_for(waiter.woken.wait(), seconds)
    except TimeoutError:
        return
    finally:
        here.leave(waiter)


def number_in(request: HttpRequest | Request, name: str) -> int:
    """A number of the query; what is none counts as 0."""
    return whole_number(request.GET.get(name, "")) or 0


@require_POST
def read_mark(request: MemberRequest, slug: str, room_id: UUID) -> HttpResponse:
    room = room_for(request.member, room_id)
    number = whole_number(request.POST.get("number", ""))
    if number is not None:
        actions.read_up_to(room=room, number=number, by=request.member)
    return HttpResponse(status=204)

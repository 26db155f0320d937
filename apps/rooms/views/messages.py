"""A room's messages: post one, page back, catch up, wait for the next; and the mark of how far one has read."""

import asyncio
from uuid import UUID

from asgiref.sync import sync_to_async
from django.db import connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from rest_framework.request import Request

from apps.clients.access import names_beside
from apps.environments.requests import MemberRequest
from apps.kernel.refusals import Refusal
from apps.rooms import actions, queries
from apps.rooms.access import room_for
from apps.rooms.forms import MessageForm
from apps.rooms.hub import hub
from apps.rooms.listener import Waiter
from apps.rooms.models import Message, TalkRoom
from apps.rooms.views.rooms import look, page_of

# A poll is answered before a proxy of 30 seconds would cut it.
LONGEST_WAIT = 25.0


@require_POST
def post(request: MemberRequest, slug: str, room_id: UUID) -> HttpResponse:
    room = room_for(request.member, room_id)
    form = MessageForm(request.POST)
    try:
        appended = actions.post(room=room, by=request.member, **form.message(room))
    except Refusal as refusal:
        return given_back(request, room, form, refusal)
    if wants_json(request):
        return JsonResponse({"number": appended.number}, status=201)
    return redirect("rooms:room", slug=slug, room_id=room_id)


def given_back(request: MemberRequest, room: TalkRoom, form: MessageForm, refusal: Refusal) -> HttpResponse:
    """A page gets its text back with the sentence beside it; a program gets the refusal."""
    if request.htmx or wants_json(request):
        raise refusal
    form.add_error("body", refusal.said)
    return render(request, "rooms/room.html", page_of(request, room, form), status=422)


def wants_json(request: MemberRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


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
    found = queries.messages_after(request.member, room, after=int(number_in(request, "after")))
    look(request, room)
    return fragment(request, room, found, has_older=False)


def older(request: MemberRequest, room_id: UUID) -> HttpResponse:
    room = room_for(request.member, room_id)
    look(request, room)
    found = queries.latest_messages(request.member, room, before=int(number_in(request, "before")))
    return fragment(request, room, found, has_older=queries.has_older(request.member, room, found), room=room)


def fragment(request: MemberRequest, about: TalkRoom, found: list[Message], **context: object) -> HttpResponse:
    if not found:
        return HttpResponse(status=204)
    around = {"reader": request.member, "names": names_beside(request.member, about.client)}
    return render(request, "rooms/_messages.html", {"messages_shown": found, **around, **context})


async def waited(request: MemberRequest, room_id: UUID, seconds: float) -> None:
    """Wait in the hub like a socket. The database connection goes back to the pool: many may wait, few connections are."""
    waiter = Waiter(
        room_id=room_id, user_id=request.member.user_id, member_id=request.member.pk, slug=request.environment.slug
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


def number_in(request: HttpRequest | Request, name: str) -> float:
    """A number of the query; what is no number counts as 0."""
    given = request.GET.get(name, "")
    return min(float(given), 2**53) if given.isascii() and given.isdigit() else 0


@require_POST
def read_mark(request: MemberRequest, slug: str, room_id: UUID) -> HttpResponse:
    room = room_for(request.member, room_id)
    number = request.POST.get("number", "")
    if number.isascii() and number.isdigit():
        actions.read_up_to(room=room, number=min(int(number), 2**53), by=request.member)
    return HttpResponse(status=204)

"""The live connection of a screen: one socket a person and environment, hearing every room they may read now.

A plain ASGI application behind Channels' routing and authentication: a consumer class would cost a task for every
received frame and a copy for every sent one (measured, 47,000 against 15,000 deliveries a second in small rooms).
"""

from typing import Any, cast

from channels.db import database_sync_to_async
from django.http import HttpRequest
from django.utils.translation import get_language_from_request
from django_scopes import scope as fence

from apps.accounts.access import device_by_authorization, has_two_factors, is_locked, session_hash
from apps.accounts.models import User
from apps.accounts.refusals import SessionLocked
from apps.audit import actions as audit
from apps.audit.models import Channel
from apps.audit.origin import Origin, agent_hash, coming_from, present
from apps.environments.access import environment_for
from apps.environments.models import Environment, Member
from apps.kernel.refusals import NotHere, Refusal
from apps.rooms.frames import READY
from apps.rooms.hub import LOCKED, SIGN_IN, hub
from apps.rooms.listener import Socket
from apps.rooms.refusals import SignInAgain
from apps.rooms.sending import Sender

NOT_HERE = 4404


async def talk(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Let in who may come, tell them what happens until one side leaves."""
    await receive()
    await send({"type": "websocket.accept"})
    with coming_from(origin_of(scope)):
        try:
            environment, member = await door(scope)
        except Refusal as refusal:
            await send({"type": "websocket.close", "code": code_of(refusal)})
            return
        await listen(scope, receive, send, environment, member)


async def listen(scope: dict[str, Any], receive: Any, send: Any, environment: Environment, member: Member) -> None:
    socket = Socket(
        send=send,
        transport=(scope.get("extensions") or {}).get("carenet.transport"),
        user_id=member.user_id,
        member_id=member.pk,
        environment_id=environment.pk,
        slug=environment.slug,
        form="html" if b"form=html" in scope.get("query_string", b"") else "json",
        language=language_of(scope),
    )
    if scope.get("device") is not None:
        socket.device_id = scope["device"].pk
    else:
        socket.session_key = scope["session"].session_key
        socket.session_hash = session_hash(scope["session"].session_key)
    here = hub()
    try:
        await here.join(socket)
        await socket.say(READY)
        sender = Sender(socket, here, present(), socket.language)
        while (event := await receive())["type"] != "websocket.disconnect":
            await sender.take(event.get("text"))
    finally:
        here.leave(socket)


@database_sync_to_async
def door(scope: dict[str, Any]) -> tuple[Environment, Member]:
    """The same questions as in front of a page: signed in, two factors, not locked, a place in this environment."""
    header = dict(scope.get("headers") or []).get(b"authorization", b"").decode("latin-1")
    device = device_by_authorization(header) if header else None
    if device is not None:
        scope["device"], scope["user"] = device, device.user
    user = scope.get("user")
    try:
        check_proofs(scope, user)
        environment, member = environment_for(cast("User", user), scope["url_route"]["kwargs"]["slug"])
    except Refusal as refusal:
        audit.refused(verb="rooms.stream_opened", refusal=refusal, by=user if getattr(user, "pk", None) else None)
        raise
    record_opening(environment, member)
    return environment, member


def check_proofs(scope: dict[str, Any], user: Any) -> None:
    slug = scope["url_route"]["kwargs"]["slug"]
    if user is None or not user.is_authenticated or not has_two_factors(scope):
        raise SignInAgain(subject=slug)
    if scope.get("device") is None and is_locked(getattr(scope.get("session"), "session_key", None)):
        raise SessionLocked(subject=slug)


def code_of(refusal: Refusal) -> int:
    if isinstance(refusal, NotHere):
        return NOT_HERE
    return LOCKED if isinstance(refusal, SessionLocked) else SIGN_IN


def record_opening(environment: Environment, member: Member) -> None:
    with fence(environment=environment):
        audit.record(verb="rooms.stream_opened", subject=member, by=member)


def language_of(scope: dict[str, Any]) -> str:
    """The language of a page that this device would ask for: chosen in the cookie, else the browser's."""
    headers = dict(scope.get("headers") or [])
    request = HttpRequest()
    request.COOKIES = dict(scope.get("cookies") or {})
    request.META["HTTP_ACCEPT_LANGUAGE"] = headers.get(b"accept-language", b"").decode("latin-1")
    return get_language_from_request(request)


def origin_of(scope: dict[str, Any]) -> Origin:
    headers = dict(scope.get("headers") or [])
    client = scope.get("client")
    return Origin(
        channel=Channel.SOCKET,
        address=client[0] if client else None,
        agent=agent_hash(headers.get(b"user-agent", b"").decode("latin-1")),
    )

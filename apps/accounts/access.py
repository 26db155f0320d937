"""Who has proved what: the questions that middleware, views and sockets ask about a session or a token."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone

from apps.accounts.models import Device, User
from apps.kernel.refusals import NotHere

TOKEN_PREFIX = "cn_"
# What a person knows or was handed: the first of two factors.
FIRST_FACTORS = {"password", "slip"}


def has_two_factors(where: HttpRequest | Mapping[str, Any]) -> bool:
    """Whether two factors were proved *in this session*, or by the token that is shown instead.

    Takes a request or the scope of a socket. A session that began before its person enrolled a second factor
    somewhere else has proved one factor only.
    """
    user, session, device = known(where)
    if user is None or not user.is_authenticated:
        return False
    if device is not None:
        return device.user_id == user.pk
    return session is not None and session_proved_two_factors(session, user)


def known(where: HttpRequest | Mapping[str, Any]) -> tuple[Any, Any, Device | None]:
    if isinstance(where, HttpRequest):
        return where.user, getattr(where, "session", None), getattr(where, "device", None)
    return where.get("user"), where.get("session"), where.get("device")


def session_proved_two_factors(session: SessionBase, user: User) -> bool:
    records = get_authentication_records(SimpleNamespace(session=session), user)
    methods = {record.get("method") for record in records}
    # A passkey that unlocked by face, finger or PIN is both: something owned and something only this person has.
    by_passkey = any(record.get("method") == "mfa" and record.get("passwordless") for record in records)
    return by_passkey or ("mfa" in methods and not methods.isdisjoint(FIRST_FACTORS))


def has_second_factor(user: User) -> bool:
    """Whether the account has a passkey or an authenticator app; recovery codes alone are none."""
    return factors_of(user).exists()


def factors_of(user: User) -> Any:
    """The person's passkeys and authenticator app."""
    return Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)


def is_fresh(request: HttpRequest) -> bool:
    """Whether this session proved something within the last minutes, so that factors may be changed."""
    since = timezone.now().timestamp() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    user = request.user
    if not isinstance(user, User):
        return False
    return any(record.get("at", 0) > since for record in get_authentication_records(request, user))


def session_hash(session_key: str) -> str:
    """The name of a session on the bus and in a hub: tells sessions apart and opens none."""
    return hashlib.sha256(session_key.encode()).hexdigest()


def idle_time() -> timedelta:
    return timedelta(minutes=settings.IDLE_MINUTES)


def is_locked(session_key: str | None) -> bool:
    """Whether the session's last deed is longer ago than the idle time. Unlocking is a deed."""
    last = last_deed_at(session_key) if session_key else None
    return last is not None and last < timezone.now() - idle_time()


def locked_among(session_keys: set[str]) -> set[str]:
    """Those of the sessions that are locked, in one query: what is kept open by them must close."""
    locked = UserSession.objects.filter(session_key__in=session_keys, last_seen_at__lt=timezone.now() - idle_time())
    return set(locked.values_list("session_key", flat=True))


def last_deed_at(session_key: str) -> datetime | None:
    return UserSession.objects.filter(session_key=session_key).values_list("last_seen_at", flat=True).first()


def session_for(user: User, session_id: int) -> UserSession:
    """A session of this person's own."""
    session = UserSession.objects.filter(user=user, pk=session_id).first()
    if session is None:
        raise NotHere(subject=session_id)
    return session


def device_for(user: User, device_id: UUID) -> Device:
    """A device of this person's own that is still trusted."""
    device = Device.objects.live().filter(user=user, pk=device_id).first()
    if device is None:
        raise NotHere(subject=device_id)
    return device


def device_by_authorization(header: str) -> Device | None:
    """The device whose token stands in an Authorization header: `Bearer cn_…`."""
    scheme, _, token = header.strip().partition(" ")
    if scheme.lower() != "bearer" or not token.startswith(TOKEN_PREFIX):
        return None
    return Device.objects.live().filter(token_hash=token_hash(token.strip())).first()


def shows_token(header: str) -> bool:
    """Whether the header carries one of this house's tokens, good or bad."""
    return header.lower().startswith(f"bearer {TOKEN_PREFIX}")


def token_hash(token: str) -> str:
    # A token is 256 random bits: a plain hash cannot be reversed, and finds its row by index.
    return hashlib.sha256(token.encode()).hexdigest()

"""Page-shaped reads: one's sessions and devices, as a person recognises them."""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from apps.accounts.agents import friendly_name, is_handheld
from apps.accounts.models import Device, User


@dataclass(frozen=True)
class OpenSession:
    """A place where somebody is signed in."""

    id: int
    name: str
    is_handheld: bool
    is_here: bool
    address: str
    began_at: datetime
    last_deed_at: datetime


def sessions_of(user: User, *, here: str | None) -> list[OpenSession]:
    """The person's sessions that are still open, this one first, then the most recently used."""
    live = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    rows = UserSession.objects.filter(user=user, session_key__in=live).order_by("-last_seen_at")
    return sorted((as_seen(row, here) for row in rows), key=lambda session: not session.is_here)


def as_seen(row: UserSession, here: str | None) -> OpenSession:
    return OpenSession(
        id=row.pk,
        name=friendly_name(row.user_agent),
        is_handheld=is_handheld(row.user_agent),
        is_here=row.session_key == here,
        address=row.ip,
        began_at=row.created_at,
        last_deed_at=row.last_seen_at,
    )


def devices_of(user: User) -> list[Device]:
    """The person's devices with a token that still opens something, the most recently used first."""
    return list(Device.objects.live().filter(user=user).order_by("-last_used_at"))

"""The town as rows, and the words by which everybody and everything in it is told apart."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from apps.accounts.models import User
from apps.clients.models import Client
from apps.environments.models import Environment, Member, Organization
from apps.rooms.models import TalkRoom
from tests.browser import Browser
from tests.oracle.facts import HERE, THERE, Person

SLUGS = {HERE: "oracle-here", THERE: "oracle-there"}
NAMES = ["青木", "石川", "上野", "江口", "大沢", "加賀", "木村"]


@dataclass
class Things:
    """What fills the addresses of one object, and the words by which a client is told from all others."""

    words: dict[str, Any]
    members: dict[str, UUID]
    spare: UUID
    name: str = ""
    kana: str = ""
    born_on: str = ""


@dataclass
class Town:
    """Everybody and everything. `betrays` holds the words of each client, `talks` those of each room."""

    environments: dict[str, Environment] = field(default_factory=dict)
    bodies: dict[str, Organization] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    members: dict[tuple[str, str], Member] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    rooms: dict[str, TalkRoom] = field(default_factory=dict)
    things: dict[str, Things] = field(default_factory=dict)
    # What stands in each client's record: its ids, a telephone number of the family, a certificate's number.
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    phones: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    betrays: dict[str, set[str]] = field(default_factory=dict)
    # Of each room: the words of the first message, and those of the room and its second message.
    talks: dict[str, tuple[str, set[str]]] = field(default_factory=dict)
    signs: dict[str, dict[str, str]] = field(default_factory=dict)
    # Of a protected client: the places, and the words by which each office near is known.
    places: dict[str, set[str]] = field(default_factory=dict)
    near: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    # Exceptions, transfers and so on, by their names; and the place about which the review asks.
    matters: dict[str, UUID] = field(default_factory=dict)
    # What a page about one of them shows, what only that page may show, and by what the ledger names it.
    tells: dict[str, set[str]] = field(default_factory=dict)
    secrets: dict[str, set[str]] = field(default_factory=dict)
    recorded_as: dict[str, set[str]] = field(default_factory=dict)
    reviewed: int = 0
    # How many clients each division could pass on.
    charges: dict[str, int] = field(default_factory=dict)

    @property
    def a_week_ahead(self) -> str:
        return str(timezone.localdate() + timedelta(days=7))

    def member(self, name: str, town: str) -> Member:
        return self.members[name, town]

    def browser(self, person: Person) -> Browser:
        """Signed in as the facts say; each session was begun once."""
        sign = self.signs[person.name]
        browser = Browser(
            headers={"Accept-Language": "en", **({"Authorization": sign["token"]} if "token" in sign else {})}
        )
        if "cookie" in sign:
            browser.cookies[settings.SESSION_COOKIE_NAME] = sign["cookie"]
        return browser


def ago(days: float) -> datetime:
    return timezone.now() - timedelta(days=days)

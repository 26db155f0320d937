"""Who may open which client, and why: now, or at the end of a day that has passed; and what changed between two days.

The set is the rule's (`clients.access`): of now the same one that doors ask, of an earlier moment the same question put to
the rows of then. What no row tells of the past stands in `UNTOLD`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from apps.clients.access import clients_visible_at, clients_visible_to, people_who_can_see, people_who_could_see
from apps.clients.models import Client
from apps.environments.models import Member, Suspension
from apps.oversight.queries.entries import midnight
from apps.oversight.queries.grounds import Way, grounds_of_client, grounds_of_person


@dataclass(frozen=True)
class Standing:
    """That somebody may open a client, and each reason why."""

    member: Member
    client: Client
    ways: tuple[Way, ...]

    @property
    def keys(self) -> set[tuple[Any, ...]]:
        return {way.key for way in self.ways}

    @property
    def pair(self) -> tuple[UUID, UUID]:
        """The same person in another place is the same person."""
        return self.member.user_id, self.client.pk


def moment_of(day: date | None) -> datetime | None:
    """The end of a day; None, which is now, of today."""
    return None if day is None or day >= timezone.localdate() else midnight(day + timedelta(days=1))


def place_of(person: Member, at: datetime | None) -> Member | None:
    """Where the person stood: the place that was open and not suspended."""
    places = Member.objects.select_related("organization").filter(user=person.user_id)
    if at is None:
        return places.current().first()
    suspended = Suspension.objects.open_at(at).filter(member=OuterRef("pk"))
    return places.open_at(at).filter(~Exists(suspended)).first()


def clients_open_to(place: Member | None, at: datetime | None) -> QuerySet[Client]:
    if place is None:
        return Client.objects.none()
    found = clients_visible_to(place) if at is None else clients_visible_at(place, at)
    return found.order_by("kana", "born_on", "pk")


def of_person(place: Member, clients: Iterable[Client], at: datetime | None) -> list[Standing]:
    """For these of the clients that are open to them."""
    listed = list(clients)
    grounds = grounds_of_person(place, [one.pk for one in listed], at)
    return [Standing(place, one, tuple(grounds.ways(place, one.pk))) for one in listed]


def of_client(client: Client, at: datetime | None) -> list[Standing]:
    people = people_who_can_see(client) if at is None else people_who_could_see(client, at)
    grounds = grounds_of_client(client, at)
    ordered = people.select_related("organization").order_by("organization__kana", "organization__name", "kana", "pk")
    return [Standing(one, client, tuple(grounds.ways(one, client.pk))) for one in ordered]


def all_of_person(person: Member, at: datetime | None) -> list[Standing]:
    place = place_of(person, at)
    return [] if place is None else of_person(place, clients_open_to(place, at), at)

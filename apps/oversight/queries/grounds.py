"""On what somebody's seeing of a client rests: which rows, from when until when, and which consent covers it.

Who sees whom is answered by the rule of access alone (`clients.access`); here its rows are told in words.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import pgettext_lazy

from apps.clients.access import (
    charges_now,
    exceptions_open_to,
    grants_in_force,
    grants_opening,
    is_of_a_division,
    seats_opened_by,
    seats_opening,
)
from apps.clients.models import Client, ConsentRecord, ExceptionKind, LegalException, Purpose, SeatPurpose
from apps.environments.models import Member

KINDS = {
    "division": pgettext_lazy("why a record is open", "The division is in charge, by law"),
    str(SeatPurpose.COORDINATION): pgettext_lazy("why a record is open", "A seat on the care team, with a consent"),
    str(SeatPurpose.INTRODUCTION): pgettext_lazy("why a record is open", "An introduction, with a consent"),
    "hand": pgettext_lazy("why a record is open", "Opened by hand to this person, with a consent"),
    str(ExceptionKind.BREAK_GLASS): pgettext_lazy("why a record is open", "Opened in an emergency, for reading"),
    str(ExceptionKind.REPORT): pgettext_lazy("why a record is open", "Duty to report an abuse, for reading"),
}


@dataclass(frozen=True)
class Way:
    """One reason for which a client is open to somebody; `row` tells it from others of its kind."""

    kind: str
    row: str
    since: datetime | None
    until: datetime | None
    consents: tuple[ConsentRecord, ...] = ()

    @property
    def key(self) -> tuple[str, str, tuple[UUID, ...]]:
        return self.kind, self.row, tuple(sorted(one.pk for one in self.consents))

    @property
    def words(self) -> str:
        return str(KINDS[self.kind])


class Grounds:
    """What was loaded, a question for each kind of row; and from it the ways of each pair."""

    def __init__(self, clients: Iterable[UUID], at: datetime | None) -> None:
        ids = list(clients)
        self._ways: dict[tuple[UUID, UUID], list[Way]] = defaultdict(list)
        self._seats: dict[tuple[UUID, UUID], list[Way]] = defaultdict(list)
        self._grants: dict[tuple[UUID, UUID], list[Way]] = defaultdict(list)
        self._charges = {one.client_id: one for one in charges_now(at).filter(client__in=ids)}
        self._consents: dict[UUID, list[ConsentRecord]] = defaultdict(list)
        records = ConsentRecord.objects.known_in_force_at(at).filter(client__in=ids).order_by("valid_from", "pk")
        for record in records.prefetch_related("audience"):
            self._consents[record.client_id].append(record)

    def add(self, seats: QuerySet[Any], grants: QuerySet[Any], exceptions: QuerySet[Any]) -> None:
        for seat in seats.select_related("organization"):
            consents = self._covering(seat.client_id, seat.organization, seat.purpose)
            way = Way(str(seat.purpose), str(seat.pk), seat.valid_from, seat.valid_to, consents)
            self._seats[seat.client_id, seat.organization_id].append(way)
        for grant in grants:
            way = Way("hand", str(grant.pk), None, grant.expires_at)
            self._grants[grant.content_object_id, grant.user_id].append(way)
        for one in exceptions:
            way = Way(str(one.kind), str(one.pk), one.opens_at, one.ended_at or one.closes_at)
            self._ways[one.client_id, one.member_id].append(way)

    def ways(self, member: Member, client: UUID) -> list[Way]:
        charge = self._charges.get(client)
        found = []
        if charge is not None and charge.division_id == member.organization_id and is_of_a_division(member):
            found.append(Way("division", str(charge.pk), charge.valid_from, charge.valid_to))
        found += self._seats[client, member.organization_id]
        covering = self._covering(client, member.organization, Purpose.COORDINATION)
        for way in self._grants[client, member.user_id] if covering else []:
            found.append(Way(way.kind, way.row, way.since, way.until, covering))
        return found + self._ways[client, member.pk]

    def _covering(self, client: UUID, body: Any, purpose: str) -> tuple[ConsentRecord, ...]:
        return tuple(
            record
            for record in self._consents[client]
            if purpose in record.purposes
            and any(
                one.organization_id == body.pk or (one.kind and one.kind == body.kind) for one in record.audience.all()
            )
        )


def grounds_of_person(member: Member, clients: list[UUID], at: datetime | None) -> Grounds:
    found = Grounds(clients, at)
    found.add(
        seats_opening(member, at).filter(client__in=clients),
        grants_opening(member, at).filter(content_object__in=clients),
        exceptions_open_to(member, at).filter(client__in=clients),
    )
    return found


def grounds_of_client(client: Client, at: datetime | None) -> Grounds:
    found = Grounds([client.pk], at)
    exceptions = LegalException.objects.open_at(at).filter(client=client)
    found.add(seats_opened_by(client, at=at), grants_in_force(at).filter(content_object=client), exceptions)
    return found

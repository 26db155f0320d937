"""Why somebody sees a client, in words, and when that changes by itself."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.clients.access.rule import exceptions_open_to, granted, in_charge, seats_opening
from apps.clients.models import (
    Audience,
    Charge,
    Client,
    ClientUserObjectPermission,
    ConsentRecord,
    ExceptionKind,
    LegalException,
    Petition,
    Seat,
    SeatPurpose,
)
from apps.environments.models import Member, Organization
from apps.environments.remembered import Remembered

BY_DIVISION = _("Visible because your division is in charge.")
BY_SEAT = _("Visible because your organization is on the care team, with the client's consent.")
BY_INTRODUCTION = _("Visible because the client is introduced to your organization, with the client's consent.")
BY_HAND = _("Visible because it was opened to you by hand, with the client's consent.")

BY_BREAK_GLASS = _("Visible because you opened it in an emergency. You can read, and change nothing.")
BY_REPORT = _(
    "Visible because of your legal duty to report, confirmed by a second person. You can read, and change nothing."
)
WAYS: dict[str, Promise] = {
    "division": BY_DIVISION,
    SeatPurpose.COORDINATION: BY_SEAT,
    SeatPurpose.INTRODUCTION: BY_INTRODUCTION,
    "hand": BY_HAND,
    ExceptionKind.BREAK_GLASS: BY_BREAK_GLASS,
    ExceptionKind.REPORT: BY_REPORT,
}
# What a legal exception opens is read, and nothing else.
READING_ONLY = (BY_BREAK_GLASS, BY_REPORT)


def reasons(member: Member, clients: Iterable[Client]) -> Mapping[UUID, Promise]:
    """Why this member sees each of the clients, as sentences; clients they do not see are left out."""
    if not member.is_current:
        return {}
    known = BY_WAY.among(member, [client.pk for client in clients])
    return {client: WAYS[way] for client, way in known if way is not None}


def by_way(member: Member) -> QuerySet[Client]:
    """The clients, each with the `way` in which this member sees them: the first of several, as `WAYS` has them."""
    seats = seats_opening(member).filter(client=OuterRef("pk"))
    excepted = exceptions_open_to(member).filter(client=OuterRef("pk"))
    ways: dict[str, Q] = {
        "division": in_charge(member),
        "hand": granted(member),
        **{purpose: Q(Exists(seats.filter(purpose=purpose))) for purpose in SeatPurpose},
        **{kind: Q(Exists(excepted.filter(kind=kind))) for kind in ExceptionKind},
    }
    cases = [When(ways[way], then=Value(str(way))) for way in WAYS]
    return Client.objects.annotate(way=Case(*cases, output_field=CharField()))


BY_WAY = Remembered(by_way, "way")


def why_visible(member: Member, client: Client) -> Promise | None:
    """The sentence shown under a name: why this member sees this client. None when they do not."""
    return reasons(member, [client]).get(client.pk)


def can_write_about(member: Member, client: Client) -> bool:
    """Whoever sees a client by division, seat or hand writes in their rooms; a legal exception opens for reading only."""
    return why_visible(member, client) not in {None, *READING_ONLY}


def told_of_look(member: Member, client: Client) -> Client:
    """The client, bearing for the ledger what its looks are for: the kind of the exception where nothing else opens it."""
    kinds = set(exceptions_open_to(member).filter(client=client).values_list("kind", flat=True))
    if kinds and not can_write_about(member, client):
        client.looked_at_for = min(kinds)
    return client


def next_change(after: datetime, clients: QuerySet[Client] | None = None) -> datetime | None:
    """The next moment at which somebody's access to one of these clients, or to its places, begins or ends by itself; to
    one of the environment where none are named."""
    moments: list[datetime] = []
    for rows, _client, edges in periods_about(clients):
        for edge in edges:
            moments += rows.filter(**{f"{edge}__gt": after}).order_by(edge).values_list(edge, flat=True)[:1]
    return min(moments, default=None)


def changing(after: datetime, until: datetime) -> set[UUID]:
    """The clients of the environment to whom somebody's access begins or ends by itself in this span."""
    found: set[UUID] = set()
    for rows, client, edges in periods_about(None):
        for edge in edges:
            span = {f"{edge}__gt": after, f"{edge}__lte": until}
            found.update(rows.filter(**span).values_list(client, flat=True))
    return found


def places_closing(after: datetime, until: datetime) -> set[UUID]:
    """The clients whose places somebody is not shown any more after this span, by itself."""
    over = Petition.objects.filter(ended_at=None, closes_at__gt=after, closes_at__lte=until)
    return set(over.values_list("client", flat=True))


def periods_about(clients: QuerySet[Client] | None) -> list[tuple[QuerySet[Any], str, list[str]]]:
    """What the seeing of these clients rests on: rows, how they name their client, and when they begin and end."""
    periods: list[tuple[QuerySet[Any], str, list[str]]] = [
        (Charge.objects.all(), "client", ["valid_from", "valid_to"]),
        (Seat.objects.all(), "client", ["valid_from", "valid_to"]),
        (ConsentRecord.objects.filter(withdrawn_at=None), "client", ["valid_from", "valid_to"]),
        (ClientUserObjectPermission.objects.all(), "content_object", ["expires_at"]),
        (LegalException.objects.filter(ended_at=None), "client", ["closes_at"]),
        (Petition.objects.filter(ended_at=None), "client", ["closes_at"]),
    ]
    if clients is None:
        return periods
    return [(rows.filter(**{f"{client}__in": clients}), client, edges) for rows, client, edges in periods]


class Closing(StrEnum):
    """Why a client who was open to somebody is not any more, as far as that can be told by rows."""

    CONSENT_WITHDRAWN = "consent_withdrawn"
    CONSENT_ENDED = "consent_ended"
    SEAT_ENDED = "seat_ended"
    OTHER = "other"


def why_closed(organization_id: UUID, client: Client) -> Closing:
    """Why the people of an organization do not see a client: its seat has ended, or the last consent that covered it.

    Tells those who saw the client; nobody else may be told that there is one.
    """
    seats = Seat.objects.filter(client=client, organization=organization_id)
    purposes = list(seats.open().values_list("purpose", flat=True))
    if not purposes:
        return Closing.SEAT_ENDED if seats.exists() else Closing.OTHER
    kind = Organization.objects.filter(pk=organization_id).values("kind")
    named = Audience.objects.filter(Q(organization=organization_id) | Q(kind__in=kind), consent__client=client)
    of_seat = ConsentRecord.objects.filter(pk__in=named.values("consent"), purposes__overlap=purposes)
    over = of_seat.filter(covers_family=False).over()
    last = max(over, key=lambda consent: consent.over_at, default=None)
    if last is None:
        return Closing.OTHER
    return Closing.CONSENT_WITHDRAWN if last.withdrawn_at is not None else Closing.CONSENT_ENDED

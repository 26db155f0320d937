"""Why somebody sees a client, in words, and when that changes by itself."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.clients.access.rule import consents_covering, exceptions_open_to, grants_to, in_charge, seats_opening
from apps.clients.models import (
    Audience,
    Charge,
    Client,
    ClientUserObjectPermission,
    ConsentRecord,
    ExceptionKind,
    LegalException,
    Purpose,
    Seat,
    SeatPurpose,
)
from apps.environments.models import Member, Organization

BY_DIVISION = _("Visible because your division is in charge.")
BY_SEAT = _("Visible because your organization is on the care team, with the client's consent.")
BY_INTRODUCTION = _("Visible because the client is introduced to your organization, with the client's consent.")
BY_HAND = _("Visible because it was opened to you by hand, with the client's consent.")

BY_BREAK_GLASS = _("Visible because you opened it in an emergency. You can read, and change nothing.")
BY_REPORT = _(
    "Visible because of your legal duty to report, confirmed by a second person. You can read, and change nothing."
)
OF_SEAT: dict[str, Promise] = {SeatPurpose.COORDINATION: BY_SEAT, SeatPurpose.INTRODUCTION: BY_INTRODUCTION}
# Of two exceptions at once the emergency is told.
OF_KIND: dict[str, Promise] = {ExceptionKind.REPORT: BY_REPORT, ExceptionKind.BREAK_GLASS: BY_BREAK_GLASS}


def reasons(member: Member, clients: Iterable[Client]) -> Mapping[UUID, Promise]:
    """Why this member sees each of the clients, as sentences; clients they do not see are left out."""
    if not member.is_current:
        return {}
    ids = [client.pk for client in clients]
    seats = set(seats_opening(member).filter(client__in=ids).values_list("client", "purpose"))
    granted = grants_to(member).filter(content_object__in=ids)
    consents = consents_covering(member.organization, Purpose.COORDINATION).filter(consent__client__in=ids)
    covered = set(consents.values_list("consent__client", flat=True))
    by_division = Client.objects.filter(in_charge(member), pk__in=ids).values_list("pk", flat=True)
    excepted = set(exceptions_open_to(member).filter(client__in=ids).values_list("client", "kind"))
    return (
        {client: OF_KIND[kind] for named in OF_KIND for client, kind in excepted if kind == named}
        | dict.fromkeys(covered & set(granted.values_list("content_object", flat=True)), BY_HAND)
        | {client: OF_SEAT[purpose] for client, purpose in seats}
        | dict.fromkeys(by_division, BY_DIVISION)
    )


def why_visible(member: Member, client: Client) -> Promise | None:
    """The sentence shown under a name: why this member sees this client. None when they do not."""
    return reasons(member, [client]).get(client.pk)


def can_write_about(member: Member, client: Client) -> bool:
    """Whoever sees a client by division, seat or hand writes in their rooms; a legal exception opens for reading only."""
    return why_visible(member, client) not in {None, *OF_KIND.values()}


def told_of_look(member: Member, client: Client) -> Client:
    """The client, bearing for the ledger what its looks are for: the kind of the exception where nothing else opens it."""
    kinds = set(exceptions_open_to(member).filter(client=client).values_list("kind", flat=True))
    if kinds and not can_write_about(member, client):
        client.looked_at_for = min(kinds)
    return client


def next_change(clients: QuerySet[Client], after: datetime) -> datetime | None:
    """The next moment at which access to one of these clients begins or ends by itself."""
    moments: list[datetime] = []
    for rows, _client, edges in periods_about(clients):
        for edge in edges:
            moments += rows.filter(**{f"{edge}__gt": after}).order_by(edge).values_list(edge, flat=True)[:1]
    return min(moments, default=None)


def changing(clients: QuerySet[Client], *, after: datetime, until: datetime) -> set[UUID]:
    """Those of the clients to whom somebody's access begins or ends by itself in this span."""
    found: set[UUID] = set()
    for rows, client, edges in periods_about(clients):
        for edge in edges:
            span = {f"{edge}__gt": after, f"{edge}__lte": until}
            found.update(rows.filter(**span).values_list(client, flat=True))
    return found


def periods_about(clients: QuerySet[Client]) -> list[tuple[QuerySet[Any], str, list[str]]]:
    """What the seeing of these clients rests on: rows, how they name their client, and when they begin and end."""
    return [
        (Charge.objects.filter(client__in=clients), "client", ["valid_from", "valid_to"]),
        (Seat.objects.filter(client__in=clients), "client", ["valid_from", "valid_to"]),
        (ConsentRecord.objects.filter(client__in=clients, withdrawn_at=None), "client", ["valid_from", "valid_to"]),
        (ClientUserObjectPermission.objects.filter(content_object__in=clients), "content_object", ["expires_at"]),
        (LegalException.objects.filter(client__in=clients, ended_at=None), "client", ["closes_at"]),
    ]


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

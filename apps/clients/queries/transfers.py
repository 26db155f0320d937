"""Transfers as pages show them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from apps.clients.access import charges_of, clients_visible_to, names_beside_each
from apps.clients.models import Charge, Client, Responsibility, Seat, Transfer, TransferLine
from apps.environments.models import Member
from apps.environments.names import names_shown_to
from apps.kernel.paging import paged


@dataclass(frozen=True)
class Row:
    """A client that could pass on: who it is, how many support them, and from when they leave already."""

    client: Client
    seats: int
    responsible: str
    leaves_on: date | None
    stays: bool


@dataclass(frozen=True)
class Preview:
    """One page of those in the division's charge, and how many of all pass on: everybody but who was said to stay and who
    leaves on another day already. `kept` are those said to stay who stand on another page."""

    page: Page[Any]
    rows: list[Row]
    kept: list[UUID]
    total: int
    passing: int


def passing_on(member: Member) -> set[UUID]:
    """The clients of the member's division that pass on with a transfer of all."""
    return set(charges_of(member.organization).values_list("client", flat=True))


def transfer_preview(member: Member, stays: Collection[UUID] = (), page: str | None = None) -> Preview:
    """By reading; a constant number of queries whatever the size."""
    open_now = Charge.objects.open().filter(division=member.organization_id)
    seats = Count("seats", filter=Q(seats__in=Seat.objects.open()), distinct=True)
    clients = Client.objects.filter(pk__in=open_now.values("client")).annotate(open_seats=seats)
    found = paged(clients.order_by("kana", "born_on", "pk"), page)
    ids = [client.pk for client in found]
    leaving = dict(open_now.exclude(valid_to=None).filter(client__in=ids).values_list("client", "valid_to"))
    held = Responsibility.objects.open().filter(client__in=ids).select_related("person__member")
    names, beside = names_shown_to(member), names_beside_each(member, ids)
    responsible = {one.client_id: beside.get(one.client_id, names).name(one.person.member) for one in held}
    rows = [
        Row(
            client=client,
            seats=client.open_seats,  # type: ignore[attr-defined]
            responsible=responsible.get(client.pk, ""),
            leaves_on=timezone.localdate(moment) if (moment := leaving.get(client.pk)) else None,
            stays=client.pk in stays,
        )
        for client in found
    ]
    everybody = passing_on(member)
    kept = sorted(set(stays) - set(ids))
    return Preview(page=found, rows=rows, kept=kept, total=len(everybody), passing=len(everybody - set(stays)))


def transfers_listed(transfers: QuerySet[Transfer]) -> QuerySet[Transfer]:
    """As the list shows them, newest first, with how many clients `pass_on`."""
    rows = transfers.select_related("source", "target", "planned_by").annotate(
        pass_on=Count("lines", filter=Q(lines__skipped=False))
    )
    # Said again: where rows are counted together, Django leaves the order of the model out.
    return rows.order_by("-planned_at", "pk")


@dataclass(frozen=True)
class Shown:
    """A transfer with those of its clients that the reader may see now, `seen` of them, and how many there are in all."""

    lines: QuerySet[TransferLine]
    total: int
    seen: int
    skipped: int
    conflicts: int

    @property
    def unseen(self) -> int:
        return self.total - self.seen


def transfer_shown(member: Member, transfer: Transfer) -> Shown:
    """`conflicts` counts clients of a transfer that waits, which would be left out if it was approved now."""
    lines = TransferLine.objects.filter(transfer=transfer)
    seen = lines.filter(client__in=clients_visible_to(member).values("pk")).select_related("client")
    fits = Exists(charges_of(transfer.source).filter(client=OuterRef("client")))
    return Shown(
        lines=seen.order_by("client__kana", "client__born_on", "client"),
        total=lines.count(),
        seen=seen.count(),
        skipped=lines.filter(skipped=True).count(),
        conflicts=lines.exclude(fits).count() if transfer.waits else 0,
    )

"""Transfers as pages show them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from apps.clients.access import charges_of, clients_visible_to, names_beside_each
from apps.clients.models import Charge, Client, Responsibility, Seat, Transfer, TransferLine
from apps.environments.models import Member
from apps.environments.names import names_shown_to


@dataclass(frozen=True)
class Row:
    """A client that could pass on: who it is, how many support them, and from when they leave already."""

    client: Client
    seats: int
    responsible: str
    leaves_on: date | None
    is_ticked: bool


def transfer_rows(member: Member, ticked: Collection[UUID] | None = None) -> list[Row]:
    """All clients in the charge of the member's division by reading; a constant number of queries whatever the size.

    Everybody is ticked before anything was sent, but not who leaves on another day already.
    """
    open_now = Charge.objects.open().filter(division=member.organization_id)
    leaving = {one.client_id: one.valid_to for one in open_now.exclude(valid_to=None)}
    seats = Count("seats", filter=Q(seats__in=Seat.objects.open()), distinct=True)
    clients = Client.objects.filter(pk__in=open_now.values("client")).annotate(open_seats=seats)
    held = Responsibility.objects.open().filter(client__in=clients.values("pk")).select_related("person__member")
    names, beside = names_shown_to(member), names_beside_each(member, open_now.values_list("client", flat=True))
    responsible = {one.client_id: beside.get(one.client_id, names).name(one.person.member) for one in held}
    return [
        Row(
            client=client,
            seats=client.open_seats,
            responsible=responsible.get(client.pk, ""),
            leaves_on=timezone.localdate(moment) if (moment := leaving.get(client.pk)) else None,
            is_ticked=client.pk not in leaving and (ticked is None or client.pk in ticked),
        )
        for client in clients.order_by("kana", "born_on")
    ]


def transfers_listed(transfers: QuerySet[Transfer]) -> QuerySet[Transfer]:
    """As the list shows them, newest first, with how many clients `pass_on`."""
    rows = transfers.select_related("source", "target", "planned_by").annotate(
        pass_on=Count("lines", filter=Q(lines__skipped=False))
    )
    # Said again: where rows are counted together, Django leaves the order of the model out.
    return rows.order_by("-planned_at", "pk")


@dataclass(frozen=True)
class Shown:
    """A transfer with those of its clients that the reader may see now, and the number of the others."""

    lines: list[TransferLine]
    total: int
    skipped: int
    conflicts: int

    @property
    def unseen(self) -> int:
        return self.total - len(self.lines)


def transfer_shown(member: Member, transfer: Transfer) -> Shown:
    """`conflicts` counts clients of a transfer that waits, which would be left out if it was approved now."""
    lines = TransferLine.objects.filter(transfer=transfer)
    seen = lines.filter(client__in=clients_visible_to(member).values("pk")).select_related("client")
    fits = Exists(charges_of(transfer.source).filter(client=OuterRef("client")))
    return Shown(
        lines=list(seen.order_by("client__kana", "client__born_on")),
        total=lines.count(),
        skipped=lines.filter(skipped=True).count(),
        conflicts=lines.exclude(fits).count() if transfer.waits else 0,
    )

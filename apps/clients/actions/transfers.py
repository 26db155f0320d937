"""Pass many clients from one division to another at a moment, with a second person where they are many."""

from collections.abc import Iterable
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from apps.audit import actions as audit
from apps.clients.access import (
    charges_of,
    check_can_approve_transfer,
    check_can_transfer,
    is_division,
    people_in_charge_at,
    transfer_for,
)
from apps.clients.actions.closing import close_to_who_lost
from apps.clients.happenings import access_changed
from apps.clients.models import Charge, Client, Transfer, TransferLine
from apps.clients.refusals import NotADivision
from apps.clients.refusals.transfers import ClientsChanged, NobodyChosen, TransferOver, TransferTooFar, TransferTooLate
from apps.environments.models import Member, Organization
from apps.notices.actions import notify

LONGEST_AHEAD = 366


@transaction.atomic
def plan_transfer(*, clients: Iterable[UUID], target: Organization, on: date, by: Member) -> Transfer:
    """Pass clients of one's own division to another from the beginning of a day on: today at once, later by itself.

    Fifty clients and more wait for a second person first. Refused as a whole when one of the clients is not in the
    division's charge any more, or is to leave it already: whoever plans looks again.
    """
    source = by.organization
    check_can_transfer(by)
    if not is_division(target) or target.pk == source.pk:
        raise NotADivision
    check_day(on)

    wanted = set(clients)
    charges = {one.client_id: one for one in locked(wanted, source)}
    if not wanted:
        raise NobodyChosen
    if charges.keys() != wanted:
        raise ClientsChanged(count=len(wanted - charges.keys()))
    transfer = Transfer.objects.create(
        environment_id=by.environment_id,
        source=source,
        target=target,
        takes_effect_at=beginning_of(on),
        planned_by=by,
        needs_approval=len(wanted) >= Transfer.MANY,
    )
    TransferLine.objects.bulk_create(
        TransferLine(environment_id=by.environment_id, transfer=transfer, client_id=client_id)
        for client_id in sorted(wanted)
    )
    audit.record(verb="clients.transfer_planned", subject=transfer, by=by, detail={"clients": len(wanted)})
    if transfer.needs_approval:
        tell(transfer, gettext_noop("A transfer of many clients waits for a second person's approval."), but=by)
    else:
        carry_out(transfer, charges.values(), by=by)
    return transfer


def check_day(on: date) -> None:
    ahead = (on - timezone.localdate()).days
    if ahead < 0:
        raise TransferOver
    if ahead > LONGEST_AHEAD:
        raise TransferTooFar


def beginning_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def locked(clients: set[UUID], source: Organization) -> QuerySet[Charge]:
    """The charges of these clients that can pass on, on fresh rows behind the lock of everybody who changes a client."""
    list(Client.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=clients).order_by("pk"))
    return charges_of(source).filter(client__in=clients).order_by("client")


def carry_out(transfer: Transfer, charges: Iterable[Charge], *, by: Member) -> None:
    """End each charge and begin the next at the same moment, with an entry for each client."""
    now = timezone.now()
    moment = max(now, transfer.takes_effect_at)
    for charge in charges:
        charge.valid_to = moment
        charge.save(update_fields=["valid_to"])
        Charge.objects.create(
            environment_id=transfer.environment_id,
            client_id=charge.client_id,
            division_id=transfer.target_id,
            valid_from=moment,
            transfer=transfer,
        )
        record("clients.transferred", transfer, charge.client_id, by)
    if moment <= now:
        follow(transfer)


def follow(transfer: Transfer) -> None:
    clients = Client.objects.filter(pk__in=transfer.charges.values("client"))
    clients.update(division=transfer.target_id)
    for client in clients.order_by("pk"):
        close_to_who_lost(client)
        access_changed.announce(environment_id=transfer.environment_id, client_id=client.pk)


@transaction.atomic
def approve_transfer(*, transfer: Transfer, by: Member) -> Transfer:
    """Agree as a second person. Clients that changed since it was planned are left out, and the transfer says so."""
    transfer = fresh(transfer, by)
    check_can_approve_transfer(by, transfer)
    if not transfer.waits:
        raise TransferTooLate(subject=transfer)

    transfer.approved_at, transfer.approved_by = timezone.now(), by
    transfer.save(update_fields=["approved_at", "approved_by"])
    lines = TransferLine.objects.filter(transfer=transfer)
    charges = list(locked(set(lines.values_list("client", flat=True)), transfer.source))
    skipped = lines.exclude(client__in=[one.client_id for one in charges]).update(skipped=True)
    audit.record(verb="clients.transfer_approved", subject=transfer, by=by, detail={"skipped": skipped})
    carry_out(transfer, charges, by=by)
    return transfer


@transaction.atomic
def revoke_transfer(*, transfer: Transfer, by: Member) -> Transfer:
    """Take a transfer back before its moment: every client stays where it is, and both periods show that it was so."""
    transfer = fresh(transfer, by)
    if by.organization_id != transfer.source_id:
        check_can_approve_transfer(by, transfer)
    else:
        check_can_transfer(by)
    if not transfer.can_be_revoked:
        raise TransferTooLate(subject=transfer)

    transfer.revoked_at, transfer.revoked_by = timezone.now(), by
    transfer.save(update_fields=["revoked_at", "revoked_by"])
    moved = Charge.objects.filter(transfer=transfer, valid_from=transfer.takes_effect_at)
    clients = list(moved.order_by("client").values_list("client", flat=True))
    list(Client.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=clients).order_by("pk"))
    moved.update(valid_to=F("valid_from"))
    before = Charge.objects.filter(client__in=clients, division=transfer.source_id, valid_to=transfer.takes_effect_at)
    before.update(valid_to=None)
    audit.record(verb="clients.transfer_revoked", subject=transfer, by=by, detail={"clients": len(clients)})
    for client_id in clients:
        record("clients.transfer_taken_back", transfer, client_id, by)
    return transfer


@transaction.atomic
def follow_charges() -> int:
    """Let `Client.division` follow the transfers whose moment has come, and open screens with it; returns how many.

    Done by the worker. Who sees whom has changed already, in the moment itself: that is asked of the periods.
    """
    behind = Charge.objects.open().exclude(client__division=F("division")).order_by("client")
    moved = list(behind.values_list("client", "division", "environment"))
    for client_id, division_id, environment_id in moved:
        Client.objects.filter(pk=client_id).update(division=division_id)
        access_changed.announce(environment_id=environment_id, client_id=client_id)
    return len(moved)


def fresh(transfer: Transfer, by: Member) -> Transfer:
    """Fetched through the door, behind a lock: of two who decide at once the second one sees what the first has done."""
    transfer_for(by, transfer.pk)
    locked_row = Transfer.objects.select_for_update(of=("self",)).select_related("source", "target")
    return locked_row.get(pk=transfer.pk)


def record(verb: str, transfer: Transfer, client_id: UUID, by: Member) -> None:
    detail = {
        "from": str(transfer.source_id),
        "to": str(transfer.target_id),
        "on": transfer.day.isoformat(),
        "transfer": str(transfer.pk),
    }
    audit.record(verb=verb, subject=transfer, client=client_id, by=by, detail=detail)


def tell(transfer: Transfer, sentence: str, *, but: Member) -> None:
    path = reverse("clients:transfer", kwargs={"slug": but.environment.slug, "transfer_id": transfer.pk})
    people = people_in_charge_at([transfer.source_id, transfer.target_id]).exclude(pk=but.pk)
    notify(receivers=people, sentence=sentence, path=path)

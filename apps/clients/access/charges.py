"""Who passes clients on from division to division, and who may agree to it."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.clients.access.rule import IN_CHARGE
from apps.clients.models import Charge, Transfer
from apps.environments.models import Member, MemberQuerySet, Organization, OrganizationKind
from apps.kernel.refusals import NotAllowed, NotHere


def can_transfer(member: Member) -> bool:
    """The people of a division who work with its clients pass them on; nobody else."""
    works = member.is_current and member.role in IN_CHARGE
    return works and member.organization.kind == OrganizationKind.CITY_DIVISION


def check_can_transfer(member: Member) -> None:
    if not can_transfer(member):
        raise NotAllowed


def charges_of(division: Organization) -> QuerySet[Charge]:
    """The division's charges that can pass on: one with an end has passed on already, from a day to come."""
    charges: QuerySet[Charge] = Charge.objects.open().filter(division=division, valid_to=None)
    return charges


def transfers_visible_to(member: Member) -> QuerySet[Transfer]:
    """Those from and to one's own division."""
    if not can_transfer(member):
        return Transfer.objects.none()
    return Transfer.objects.filter(Q(source=member.organization_id) | Q(target=member.organization_id))


def transfer_for(member: Member, transfer_id: UUID) -> Transfer:
    """The only way to get a transfer by id. Hidden and missing answer alike."""
    found = transfers_visible_to(member).select_related("source", "target", "planned_by").filter(pk=transfer_id).first()
    if found is None:
        raise NotHere(subject=transfer_id)
    return found


def can_approve_transfer(member: Member, transfer: Transfer) -> bool:
    """Somebody of either division who is not the one who planned it."""
    concerned = {transfer.source_id, transfer.target_id}
    return can_transfer(member) and member.organization_id in concerned and member.pk != transfer.planned_by_id


def check_can_approve_transfer(member: Member, transfer: Transfer) -> None:
    if not can_approve_transfer(member, transfer):
        raise NotAllowed(subject=transfer)


def people_in_charge_at(divisions: Iterable[UUID]) -> MemberQuerySet:
    people: MemberQuerySet = Member.objects.current().filter(user__is_active=True)
    return people.filter(organization__in=divisions, role__in=IN_CHARGE)

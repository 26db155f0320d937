"""Whose calendar one looks at. What stands in it is what `visits` shows this member, and no more.

Whoever arranges or looks after visits sees those of every facility that they may see, or of one of them; a facility's own
people see its times. A client's name stands there for those of the office that books who see the client, and for the
facility's own people once one of them has opened the booking, while a consent covers them.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from apps.clients.models import Audience, Purpose
from apps.environments.models import Member, Role
from apps.facilities.access import facilities_of, facilities_visible_to, facility_for, sees_board
from apps.facilities.models import Facility
from apps.kernel.refusals import NotAllowed, NotHere
from apps.visits.access import AT_WORK, has_visits
from apps.visits.models import Slot, Visit, VisitClient


def check_has_calendar(member: Member) -> None:
    if not has_visits(member):
        raise NotAllowed


def accompanies(member: Member) -> bool:
    """Whether the member can be one who comes along, and has a calendar of their own."""
    return member.role in AT_WORK and sees_board(member)


def facilities_to_choose(member: Member) -> QuerySet[Facility]:
    """The facilities whose calendars the member sees, as far as there is anything in them."""
    found = facilities_visible_to(member) if sees_board(member) else facilities_of(member)
    return found.filter(Exists(Slot.objects.filter(facility=OuterRef("pk")))).order_by("kana", "name", "pk")


def facility_to_show(member: Member, facility_id: UUID) -> Facility:
    """The only way to one facility's calendar."""
    facility = facility_for(member, facility_id)
    if not sees_board(member) and facility.organization_id != member.organization_id:
        raise NotHere(subject=facility)
    return facility


def opened_names(member: Member, visits: Collection[Visit]) -> dict[UUID, VisitClient]:
    """Who comes, by visit, where the member's own facility has opened the booking and a consent still covers it."""
    if member.role == Role.AUDITOR or member.is_guest:
        return {}
    covered = Audience.objects.in_force(Purpose.INTRODUCTION).of(member.organization)
    opened = VisitClient.objects.filter(
        Exists(covered.filter(consent__client=OuterRef("client"))),
        visit__in=[one.pk for one in visits],
        visit__booked_at__isnull=False,
        visit__slot__facility__organization=member.organization_id,
        consent__isnull=False,
        opened_at__isnull=False,
    )
    return {one.visit_id: one for one in opened.select_related("client")}

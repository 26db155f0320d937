"""Who publishes visiting times, who books them, and who sees which visits.

A facility's own people publish its times, and the desk does on its behalf. Those who arrange services (whoever sees the board
of free places) find times, hold and book them. A booked visit is seen by the office that booked it, by the facility, and by
the city; a held one only by the office that holds it. A guest books nothing.
"""

from uuid import UUID

from django.db.models import Q, QuerySet

from apps.environments.models import Member, Role
from apps.facilities.access import (
    can_answer,
    can_keep,
    facilities_of,
    facilities_visible_to,
    is_of_the_city,
    sees_board,
)
from apps.facilities.models import Facility
from apps.kernel.refusals import NotAllowed, NotHere
from apps.visits.models import Slot, Visit


def can_publish(member: Member, facility: Facility) -> bool:
    return can_answer(member, facility)


def check_can_publish(member: Member, facility: Facility) -> None:
    if not can_publish(member, facility):
        raise NotAllowed(subject=facility)


def facilities_to_publish(member: Member) -> QuerySet[Facility]:
    """Those whose visiting times the member publishes: all, for the desk; otherwise one's own."""
    found = facilities_visible_to(member) if can_keep(member) else facilities_of(member)
    return found.open() if member.role != Role.AUDITOR else found.none()  # type: ignore[attr-defined]


def can_arrange(member: Member) -> bool:
    """Find a time for a family, hold it and book it."""
    return sees_board(member) and member.role != Role.AUDITOR


def check_can_arrange(member: Member, slot: Slot | None = None) -> None:
    if not can_arrange(member):
        raise NotAllowed(subject=slot)


def has_visits(member: Member) -> bool:
    """Whether visits are anything for this member: they book, receive, or look after those who do."""
    return sees_board(member) or facilities_of(member).exists()


def slots_visible_to(member: Member) -> QuerySet[Slot]:
    """All times, for whoever arranges or looks after it; a facility's own people theirs."""
    if sees_board(member):
        return Slot.objects.all()
    return Slot.objects.filter(facility__in=facilities_of(member))


def slot_for(member: Member, slot_id: UUID) -> Slot:
    """The only way to get a visiting time."""
    visible = slots_visible_to(member).select_related("facility__kind", "facility__organization")
    found: Slot | None = visible.filter(pk=slot_id).first()
    if found is None:
        raise NotHere(subject=slot_id)
    return found


def visits_visible_to(member: Member) -> QuerySet[Visit]:
    """Those of one's own office; what one's facilities have booked; everything booked, for the city."""
    of_office = Q(held_by__organization=member.organization_id)
    booked = Q(booked_at__isnull=False)
    if member.is_guest or not member.is_current:
        return Visit.objects.none()
    if is_of_the_city(member):
        return Visit.objects.filter(of_office | booked)
    return Visit.objects.filter(of_office | booked & Q(slot__facility__in=facilities_of(member)))


def visit_for(member: Member, visit_id: UUID) -> Visit:
    """The only way to get a visit."""
    beside = (
        "slot__facility__kind",
        "slot__facility__organization",
        "held_by__organization",
        "booked_by__organization",
    )
    found: Visit | None = visits_visible_to(member).select_related(*beside).filter(pk=visit_id).first()
    if found is None:
        raise NotHere(subject=visit_id)
    return found


def is_asking(member: Member, visit: Visit) -> bool:
    """Whether the member's office has booked it, or holds it."""
    return can_arrange(member) and visit.held_by.organization_id == member.organization_id


def check_is_asking(member: Member, visit: Visit) -> None:
    if not is_asking(member, visit):
        raise NotAllowed(subject=visit)


def is_receiving(member: Member, visit: Visit) -> bool:
    """Whether the member speaks for the facility that is visited."""
    return can_publish(member, visit.slot.facility)


def can_cancel(member: Member, visit: Visit) -> bool:
    return is_asking(member, visit) or is_receiving(member, visit)


def check_can_cancel(member: Member, visit: Visit) -> None:
    if not can_cancel(member, visit):
        raise NotAllowed(subject=visit)

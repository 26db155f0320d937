"""Who publishes visiting times, who books them, and who sees which visits.

A facility's own people publish its times, and the desk does on its behalf. Those who arrange services (whoever sees the board
of free places) find times, hold and book them. A booked visit is seen by the office that booked it, by the facility, and by
the city; a held one only by the office that holds it. A guest books nothing.

For a client a visit is booked by whoever changes that client's care team. A place beyond those of a time is
given by whoever leads the facility, or by the welfare desk, with a reason that everybody reads who sees the visit. Their name is shown to the office that booked, to
those of it who see the client; to the facility's own people once one of them has opened the booking, and only while a
consent for introducing covers them. The city and whoever publishes on a facility's behalf see the card without a name.

Whoever holds a family's slip has said nothing but its key: it opens that one visit, and no name.
"""

from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from apps.clients.access import can_change_team, can_see, client_for, clients_in_care_of, introducing_consent
from apps.clients.models import Client
from apps.environments.models import Member, Profession, Role
from apps.facilities.access import (
    can_answer,
    can_keep,
    facilities_of,
    facilities_visible_to,
    is_of_the_city,
    is_own,
    sees_board,
)
from apps.facilities.models import Facility
from apps.kernel.refusals import NotAllowed, NotHere
from apps.visits.models import FamilyKey, Slot, Visit, VisitClient, VisitRequest
from apps.visits.refusals import KeyUnknown

LONGEST_KEY = 32
# Who administers and who audits arranges nothing and accompanies nobody.
AT_WORK = (Role.DESK, Role.MEMBER)
# Who leads an office by profession, and answers for an exception.
LEADING = (Profession.CHIEF_CARE_MANAGER, Profession.CHILD_DEVELOPMENT_MANAGER, Profession.SERVICE_MANAGER)


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


def clients_to_arrange_for(member: Member) -> QuerySet[Client]:
    """For whom the member may book by name."""
    return clients_in_care_of(member) if can_arrange(member) else Client.objects.none()


def check_can_arrange_for(member: Member, client: Client) -> None:
    if not can_see(member, client):
        raise NotHere(subject=client)
    if not can_arrange(member) or not can_change_team(member, client):
        raise NotAllowed(subject=client, client_id=client.pk)


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
        "accompanied_by",
        "overridden_by__organization",
    )
    found: Visit | None = visits_visible_to(member).select_related(*beside).filter(pk=visit_id).first()
    if found is None:
        raise NotHere(subject=visit_id)
    return found


def is_asking(member: Member, visit: Visit) -> bool:
    """Whether the member's office has booked it, or holds it."""
    of_office = visit.held_by.organization_id == member.organization_id
    # A facility that books a family beyond its own places asks itself.
    return of_office and (can_arrange(member) or can_answer(member, visit.slot.facility))


def check_is_asking(member: Member, visit: Visit) -> None:
    if not is_asking(member, visit):
        raise NotAllowed(subject=visit)


def can_exceed(member: Member, facility: Facility) -> bool:
    """Give a place beyond those of a time: who leads the facility, and the welfare desk."""
    leads = can_answer(member, facility) and is_own(member, facility) and member.profession in LEADING
    return leads or can_keep(member)


def check_can_exceed(member: Member, facility: Facility) -> None:
    if not can_exceed(member, facility):
        raise NotAllowed(subject=facility)


def can_overlap(member: Member, visit: Visit) -> bool:
    """Let somebody of one's office come along who is taken then: who leads the office, and the welfare desk."""
    return is_asking(member, visit) and (member.profession in LEADING or can_keep(member))


def check_can_overlap(member: Member, visit: Visit) -> None:
    if not can_overlap(member, visit):
        raise NotAllowed(subject=visit)


def people_to_accompany(visit: Visit) -> QuerySet[Member]:
    """Who may come along: everybody at work in the office that books."""
    return people_of_office(visit.held_by.organization_id)


def people_of_office(organization_id: UUID) -> QuerySet[Member]:
    """Who is at work in an office."""
    found: QuerySet[Member] = Member.objects.current().filter(organization=organization_id, role__in=AT_WORK)
    return found.order_by("kana", "pk")


def requests_visible_to(member: Member) -> QuerySet[VisitRequest]:
    """Those of one's own office, those to one's facilities; all, for the city."""
    if member.is_guest or not member.is_current:
        return VisitRequest.objects.none()
    if is_of_the_city(member):
        return VisitRequest.objects.all()
    own = Q(asked_by__organization=member.organization_id) | Q(facility__in=facilities_of(member))
    return VisitRequest.objects.filter(own)


def request_for(member: Member, request_id: UUID) -> VisitRequest:
    """The only way to get a request."""
    beside = ("facility__kind", "facility__organization", "asked_by__organization", "environment")
    found: VisitRequest | None = requests_visible_to(member).select_related(*beside).filter(pk=request_id).first()
    if found is None:
        raise NotHere(subject=request_id)
    return found


def is_of_office(member: Member, request: VisitRequest) -> bool:
    """Whether the member's office has asked."""
    return can_arrange(member) and request.asked_by.organization_id == member.organization_id


def check_is_of_office(member: Member, request: VisitRequest) -> None:
    if not is_of_office(member, request):
        raise NotAllowed(subject=request)


def can_say_for(member: Member, request: VisitRequest) -> bool:
    """Whether the member answers a request: who publishes for the facility; and the office that asked writes down what a
    facility without an account has said on the telephone or on paper."""
    return can_publish(member, request.facility) or (
        request.facility.organization_id is None and is_of_office(member, request)
    )


def check_can_say_for(member: Member, request: VisitRequest) -> None:
    if not can_say_for(member, request):
        raise NotAllowed(subject=request)


def is_receiving(member: Member, visit: Visit) -> bool:
    """Whether the member speaks for the facility that is visited."""
    return can_publish(member, visit.slot.facility)


def can_cancel(member: Member, visit: Visit) -> bool:
    return is_asking(member, visit) or is_receiving(member, visit)


def check_can_cancel(member: Member, visit: Visit) -> None:
    if not can_cancel(member, visit):
        raise NotAllowed(subject=visit)


def behind_for(member: Member, visit: Visit) -> VisitClient | None:
    """Whom a visit is for, as the office that books it knows: for those of it who see the client."""
    if visit.client_id is None or not is_asking(member, visit) or not can_see(member, Client(pk=visit.client_id)):
        return None
    behind: VisitClient = VisitClient.objects.get(visit=visit)
    behind.client = client_for(member, visit.client_id)
    return behind


def is_of_facility(member: Member, visit: Visit) -> bool:
    """Whether the member works for the facility that is visited: nobody who publishes on its behalf."""
    return can_answer(member, visit.slot.facility) and visit.slot.facility.organization_id == member.organization_id


def check_is_of_facility(member: Member, visit: Visit) -> None:
    if not is_of_facility(member, visit):
        raise NotAllowed(subject=visit)


def introduction_behind(member: Member, visit: Visit) -> VisitClient | None:
    """What the facility may be told of who comes: its own people, of a booked visit, while a consent covers them."""
    if not is_of_facility(member, visit) or visit.booked_at is None or visit.client_id is None:
        return None
    behind: VisitClient = VisitClient.objects.select_related("client").get(visit=visit)
    covered = behind.consent_id is not None and introducing_consent(behind.client, member.organization) is not None
    return behind if covered else None


def environment_of_key(code: str) -> UUID:
    """Where a slip is from, of somebody who has said nothing but its key."""
    if len(code) > LONGEST_KEY or "\x00" in code:
        raise KeyUnknown
    with connection.cursor() as cursor:
        cursor.execute("SELECT visits_environment_of_key(%s)", [code])
        row = cursor.fetchone()
    if row is None or row[0] is None:
        raise KeyUnknown
    return UUID(str(row[0]))


def visit_of_key(code: str) -> Visit:
    """The visit behind a key in the open environment; of one that was moved, the one it was moved to."""
    beside = ("slot__facility__organization", "held_by__organization__office", "environment__municipality")
    key = FamilyKey.objects.filter(code=code).first()
    if key is None:
        raise KeyUnknown
    found = key.visit_id
    while after := Visit.objects.filter(moved_from=found).values_list("pk", flat=True).first():
        found = after
    visit: Visit = Visit.objects.select_related(*beside).get(pk=found)
    return visit


def key_of(visit: Visit) -> FamilyKey:
    """The key that the family holds: the one of the visit that was booked first."""
    while visit.moved_from is not None:
        visit = visit.moved_from
    key: FamilyKey = FamilyKey.objects.get(visit=visit)
    return key

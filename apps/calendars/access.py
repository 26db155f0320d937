"""Whose calendar one looks at. What stands in it is what `visits` shows this member, and no more.

Whoever arranges or looks after visits sees those of every facility that they may see, or of one of them; a facility's own
people see its times. A client's name stands there for those of the office that books who see the client, and for the
facility's own people once one of them has opened the booking, while a consent covers them.

Whoever holds a secret address has said nothing but it: it opens when and where that member's visits are, and no name,
while the member has a place here.
"""

import hashlib
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.calendars.models import CalendarFeed
from apps.clients.models import Audience, Purpose
from apps.environments.access import member_still_here
from apps.environments.models import Member, Role
from apps.facilities.access import facilities_of, facilities_visible_to, facility_for, sees_board
from apps.facilities.models import Facility
from apps.kernel.refusals import NotAllowed, NotHere
from apps.visits.access import AT_WORK, has_visits, visits_visible_to
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


def feed_of(member: Member) -> CalendarFeed | None:
    """The member's own address, as far as it is known: since when."""
    found: CalendarFeed | None = CalendarFeed.objects.filter(member=member, revoked_at=None).first()
    return found


def environment_of_feed(code: str) -> UUID:
    """Where an address leads, of somebody who has said nothing but it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT calendars_environment_of_feed(%s)", [digest_of(code)])
        row = cursor.fetchone()
    if row is None or row[0] is None:
        raise NotHere
    return UUID(str(row[0]))


def feed_behind(code: str) -> tuple[CalendarFeed, Member]:
    """The feed of a secret in the open environment with the one whose it is: gone with their place, like a wrong one."""
    feed = CalendarFeed.objects.filter(digest=digest_of(code), revoked_at=None).first()
    member = member_still_here(feed.environment_id, feed.member_id) if feed is not None else None
    if feed is None or member is None or not has_visits(member):
        raise NotHere
    return feed, member


def digest_of(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def visits_of_feed(member: Member, since: datetime) -> QuerySet[Visit]:
    """What stands in a person's own calendar: what they accompany or have booked, and what comes to their facility."""
    own = Q(accompanied_by=member) | Q(booked_by=member) | Q(slot__facility__in=facilities_of(member))
    found = visits_visible_to(member).filter(own, booked_at__isnull=False, slot__ends_at__gt=since)
    return found.select_related("slot__facility", "environment").order_by("slot__starts_at", "pk")

"""The second calendar: which visits somebody accompanies."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from apps.environments.models import Member
from apps.kernel.templatetags.house import clock, short_day
from apps.visits.models import Visit


def accompanied_between(starts: datetime, ends: datetime) -> QuerySet[Visit]:
    """Visits, held or booked, on which somebody is out within that span."""
    found: QuerySet[Visit] = Visit.objects.live().filter(
        accompanied_by__isnull=False, slot__starts_at__lt=ends, slot__ends_at__gt=starts
    )
    return found.select_related("slot__facility")


def lines_beside(visit: Visit) -> dict[UUID, str]:
    """Who accompanies another visit during this one, each with the line of their calendar."""
    others = accompanied_between(visit.slot.starts_at, visit.slot.ends_at).exclude(pk=visit.pk)
    return {other.accompanied_by_id: line_of(other) for other in others if other.accompanied_by_id is not None}


def line_of(visit: Visit) -> str:
    """As it stands in a calendar; it bears no client."""
    slot = visit.slot
    return _("%(day)s %(starts)s to %(ends)s, %(facility)s") % {
        "day": short_day(slot.starts_at),
        "starts": clock(slot.starts_at),
        "ends": clock(slot.ends_at),
        "facility": slot.facility.name,
    }


def line_in_the_way(visit: Visit, member: Member) -> str:
    """Which visit takes the member during this one; empty where it has just become free."""
    return lines_beside(visit).get(member.pk, "")

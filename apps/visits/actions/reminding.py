"""Remind both sides of a visit on the last working day before it."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from apps.audit import actions as audit
from apps.directory.models import Holiday
from apps.visits.actions.telling import tell_accompanying, tell_beside, tell_receiving
from apps.visits.models import Visit
from apps.visits.times import is_worked

RECEIVING = gettext_noop("A family comes to look at your facility on the next working day or before. Please see when.")
ASKING = gettext_noop("A visit that you booked is on the next working day or before. Please see when.")

ACCOMPANYING = gettext_noop("You accompany a visit on the next working day or before. Please see when and where.")


def days_to_remind_of(today: date) -> list[date]:
    """On a working day, the days up to and with the next one: on a Friday Saturday to Monday. On others none."""
    holidays = set(Holiday.objects.filter(date__gte=today).values_list("date", flat=True))
    if not is_worked(today, holidays):
        return []
    days = [today + timedelta(days=1)]
    while not is_worked(days[-1], holidays):
        days.append(days[-1] + timedelta(days=1))
    return days


@transaction.atomic
def remind() -> int:
    """Remind of every booked visit of those days, each once; returns of how many. Done by the worker in the morning."""
    days = days_to_remind_of(timezone.localdate())
    waiting = Visit.objects.booked().filter(reminded_at=None, slot__starts_at__date__in=days).order_by("pk")
    visits = list(
        waiting.select_related("slot__facility", "held_by", "accompanied_by", "environment").select_for_update(
            of=("self",)
        )
    )
    for visit in visits:
        visit.reminded_at = timezone.now()
        visit.save(update_fields=["reminded_at"])
        tell_receiving(visit, RECEIVING)
        tell_accompanying(visit, ACCOMPANYING, by=None)
        audit.record(verb="visits.reminded", subject=visit, client=visit.client_id, by=None)
    tell_beside(visits, ASKING)
    return len(visits)

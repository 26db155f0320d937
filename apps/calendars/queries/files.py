"""Visits as iCalendar (RFC 5545): when, where, and a number; no name, no need, no age. They lie in other calendars."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vDuration

from apps.visits.models import Visit

# How long a visit that is over stays in a feed, and how often a calendar is asked to look again.
KEPT, REFRESH = timedelta(days=60), timedelta(hours=1)
MOST_VISITS = 500


def file_of(visits: Iterable[Visit], *, links: bool = True) -> bytes:
    """One file; `links` lead to the visit's page, for people who sign in here."""
    calendar = Calendar()
    calendar.add("prodid", "-//carenet//visits//JA")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", _("Visits to facilities"))
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    calendar.add_component(Timezone.from_tzid(settings.TIME_ZONE))
    for visit in visits:
        calendar.add_component(event_of(visit, links=links))
    return calendar.to_ical()


def event_of(visit: Visit, *, links: bool) -> Event:
    """A visit never changes its time: one that is moved is cancelled, and another one is booked."""
    slot, facility, changed = visit.slot, visit.slot.facility, visit.ended_at or visit.booked_at
    event = Event()
    event.add("uid", f"visit-{visit.pk}@carenet")
    event.add("sequence", 1 if visit.ended_at else 0)
    for name in ("dtstamp", "last-modified"):
        event.add(name, whole(changed or visit.held_at))
    event.add("created", whole(visit.booked_at or visit.held_at))
    event.add("dtstart", timezone.localtime(slot.starts_at))
    event.add("dtend", timezone.localtime(slot.ends_at))
    event.add("summary", _("Visit no. %(number)s") % {"number": visit.number})
    event.add("location", ", ".join(filter(None, (facility.name, facility.address))))
    event.add("status", "CANCELLED" if visit.ended_at else "CONFIRMED")
    event.add("class", "PRIVATE")
    if links:
        path = reverse("visits:visit", kwargs={"slug": visit.environment.slug, "visit_id": visit.pk})
        event.add("url", f"{settings.BASE_URL}{path}")
    return event


def whole(moment: datetime) -> datetime:
    """In UTC, to the second: the format knows no parts of it."""
    return moment.astimezone(UTC).replace(microsecond=0)

"""The slip that a family takes home: when and where, a map, what to bring, and the code by which they change or cancel."""

from datetime import datetime, timedelta
from math import cos, hypot, radians
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from apps.facilities.models import Facility, SchoolDistrict
from apps.kernel.print import mark, pdf, qr_code
from apps.kernel.templatetags.house import clock, day, short_day, wareki
from apps.visits.models import Visit

# The map is drawn by ourselves of what is known here: the facility in the middle, schools around it. Nobody else is asked.
KM_PER_DEGREE = 111.2
SCHOOLS, LEAST_KM, MOST_KM = 5, 0.6, 6.0


def slip_pdf(visit: Visit, *, address: str, size: str = "a5") -> bytes:
    """One sheet of A5 or A4 in the reader's language. It bears no name of a client: slips lie on counters and in bags."""
    return pdf("visits", "slip", values_of(visit, address, size))


def values_of(visit: Visit, address: str, size: str) -> dict[str, Any]:
    slot, facility = visit.slot, visit.slot.facility
    office = visit.held_by.organization
    return {
        "lang": (translation.get_language() or "ja")[:2],
        "paper": "a4" if size == "a4" else "a5",
        "words": {**words(), "day_before": day_before(slot.starts_at)},
        "mark": mark(),
        "day": day(slot.starts_at),
        "wareki": wareki(slot.starts_at) if (translation.get_language() or "ja").startswith("ja") else "",
        "time": f"{clock(slot.starts_at)}–{clock(slot.ends_at)}",
        "facility": facility.name,
        "kana": facility.kana,
        "kind": facility.kind.name,
        "place": slot.place,
        "address": facility.address,
        "phone": facility.phone,
        "receiver": slot.receiver,
        "bring": slot.bring,
        "office": office.name,
        "office_phone": office.office.phone if office.office is not None else "",
        "qr": qr_code(address),
        "map": drawn(facility),
    }


def words() -> dict[str, str]:
    return {
        "title": _("Your visit"),
        "when": _("When"),
        "where": _("Where"),
        "receiver": _("Who receives"),
        "bring": _("What to bring"),
        "phone": _("Phone"),
        "booked_by": _("Booked by"),
        "qr": _("Change the time or cancel: hold a phone's camera over this code. No account is needed."),
        "without": _("Without a phone: please call the facility or the office that booked."),
        "map": _("The dot is the facility, the squares are schools; north is up, distances are straight lines."),
        "north": _("N"),
    }


def day_before(starts_at: datetime) -> str:
    """What stands in for the reminder that goes out to those with an account."""
    before = timezone.localdate(starts_at) - timedelta(days=1)
    said = _("On the day before, %(day)s: please look once more at the time and at what to bring.")
    return said % {"day": short_day(before)}


def drawn(facility: Facility) -> dict[str, Any] | None:
    """The nearest schools around the facility, in parts of the map's half width; none where it is not known where it is."""
    if facility.latitude is None or facility.longitude is None:
        return None
    near = sorted(
        (spot for school in SchoolDistrict.objects.exclude(latitude=None) if (spot := offset(facility, school))),
        key=lambda spot: hypot(spot[1], spot[2]),
    )
    shown = [spot for spot in near[:SCHOOLS] if hypot(spot[1], spot[2]) <= MOST_KM]
    reach = max([LEAST_KM, *(1.15 * max(abs(east), abs(north)) for _name, east, north in shown)])
    return {
        "half_km": round(reach, 3),
        "ring_km": next(step for step in (0.25, 0.5, 1.0, 2.0, 5.0) if step >= reach / 2.2),
        "schools": [{"name": name, "x": east / reach, "y": -north / reach} for name, east, north in shown],
    }


def offset(facility: Facility, school: SchoolDistrict) -> tuple[str, float, float] | None:
    """How many kilometres east and north a school stands; flat enough over so short a way."""
    if None in (facility.latitude, facility.longitude, school.latitude, school.longitude):
        return None
    north = ((school.latitude or 0) - (facility.latitude or 0)) * KM_PER_DEGREE
    east = ((school.longitude or 0) - (facility.longitude or 0)) * KM_PER_DEGREE * cos(radians(facility.latitude or 0))
    return school.name, east, north

"""The list of facilities, one of them with what it said, and what the directory offers."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from apps.directory.models import Municipality, OfficeService, ServiceKind
from apps.environments.models import Member
from apps.environments.names import names_shown_to
from apps.facilities.access import answers_visible_to, facilities_visible_to
from apps.facilities.models import AvailabilityAnswer, Facility, SchoolDistrict
from apps.kernel.folding import fold

# What one page offers for ticking; a larger town chooses a kind of service first.
MOST_SERVICES = 300
# As many answers as somebody reads.
MOST_ANSWERS = 50


def facilities_found(member: Member, typed: str = "", *, closed: bool = False) -> list[Facility]:
    """Those whose name, reading or address holds every typed word, in the order of their readings."""
    facilities = facilities_visible_to(member).select_related("kind", "organization")
    if not closed:
        facilities = facilities.open()  # type: ignore[attr-defined]
    wanted = [word.replace(" ", "") for word in fold(typed).split()]
    return [one for one in facilities if holds(wanted, one)]


def holds(wanted: list[str], facility: Facility) -> bool:
    if not wanted:
        return True
    texts = [fold(text).replace(" ", "") for text in (facility.name, facility.kana, facility.address)]
    return all(any(word in text for text in texts) for word in wanted)


def newest_answer(member: Member, facility: Facility) -> AvailabilityAnswer | None:
    """What counts now, as far as the member sees it."""
    answers = answers_visible_to(member, facility).select_related("confirmed_by__organization")
    found: AvailabilityAnswer | None = answers.first()
    return found


@dataclass(frozen=True)
class Told:
    """An answer of the history, and who gave it as far as the reader may know."""

    answer: AvailabilityAnswer
    by: str


def history_of(member: Member, facility: Facility) -> list[Told]:
    """The answers of a facility, the newest first."""
    names = names_shown_to(member)
    answers = answers_visible_to(member, facility).select_related("confirmed_by")[:MOST_ANSWERS]
    return [Told(one, names.name(one.confirmed_by) if one.confirmed_by else "") for one in answers]


def districts_with_facilities() -> QuerySet[SchoolDistrict]:
    """Every school district in its order, with how many facilities fetch from it (`fetching`)."""
    return SchoolDistrict.objects.annotate(fetching=Count("facilities"))


def services_to_pick(*, municipality: Municipality, kinds: list[ServiceKind]) -> list[OfficeService]:
    """Open services of these kinds in the municipality that are not written down yet, by the reading of their name."""
    there = Facility.objects.filter(office=OuterRef("office"), kind=OuterRef("kind"))
    found = OfficeService.objects.filter(
        ~Exists(there), valid_to=None, kind__in=kinds, municipality__in=municipality.codes_with_wards()
    )
    return list(found.select_related("kind", "office").order_by("kana", "name", "pk")[:MOST_SERVICES])

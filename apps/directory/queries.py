"""Reads of the directory, for its own pages and for the floors above."""

from dataclasses import dataclass
from datetime import date

from django.db.models import DateField, Max, Prefetch, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from .models import Holiday, ImportRun, Municipality, Office, OfficeService, ServiceKind, System
from .numbers import plain
from .search import grams, words

# What a person can choose from at a glance; the rest asks for one more letter.
MOST_CHOICES = 20


def has_offices(municipality: Municipality) -> bool:
    """Whether the directory knows an open office there."""
    return Office.objects.open(municipality=municipality).exists()


def offices_found(
    text: str, kind: ServiceKind | None = None, municipality: Municipality | None = None
) -> QuerySet[Office]:
    """Open offices whose names, readings or number hold every word, in the order of the syllabary.

    Width, kana, variant kanji and corporate forms make no difference. A municipality includes its wards.
    """
    offices = Office.objects.open(kind=kind, municipality=municipality)
    return offices_holding(offices, text).order_by("sort_kana", "id")


def offices_holding(offices: QuerySet[Office], text: str) -> QuerySet[Office]:
    """Those that hold every word. The index finds the pieces; the text itself says whether they stand together."""
    for word in words(text):
        offices = offices.filter(search_grams__contains=grams(word), search_text__contains=word)
    return offices


def offices_shown(offices: QuerySet[Office], *, closed_too: bool = False) -> QuerySet[Office]:
    """The same offices with all that a list or a page shows of them: two queries, however many there are."""
    services = OfficeService.objects.select_related("kind", "municipality").order_by(
        "kind__system", "kind__code", "kind__opendata_code"
    )
    if not closed_too:
        services = services.filter(valid_to=None)
    return offices.select_related("municipality").prefetch_related(
        Prefetch("services", queryset=services, to_attr="services_shown")
    )


def office_by_number(office_number: str, system: str = System.KAIGO) -> Office | None:
    """The office with a number, typed in any width. The two systems number independently: a number needs its system."""
    return Office.objects.filter(system=system, office_number=plain(office_number).upper()).first()


def municipality_by_code(lg_code: str) -> Municipality | None:
    return Municipality.objects.filter(pk=plain(lg_code)).first()


def municipalities_found(text: str) -> QuerySet[Municipality]:
    """Municipalities and wards whose name with prefecture, or reading, holds every word; none for an empty text."""
    wanted = words(text)
    if not wanted:
        return Municipality.objects.none()
    found = Municipality.objects.all()
    for word in wanted:
        found = found.filter(search_text__contains=word)
    return found.order_by("lg_code")


def municipalities_around(municipality: Municipality) -> QuerySet[Municipality]:
    """The municipalities of the same prefecture, without wards: a list short enough to choose from."""
    return Municipality.objects.filter(prefecture=municipality.prefecture, parent=None).order_by("lg_code")


def is_holiday(day: date) -> bool:
    """True on a national holiday of Japan."""
    return Holiday.objects.filter(pk=day).exists()


def holidays_between(first: date, last: date) -> set[date]:
    """The national holidays of these days, both of them included."""
    return set(Holiday.objects.filter(pk__range=(first, last)).values_list("pk", flat=True))


def as_of(office: Office) -> date | None:
    """How old what the directory says of an office is: the date of the newest list that had to name it."""
    codes = {service.kind.opendata_code for service in office.services.select_related("kind")}
    runs = ImportRun.objects.filter(layout=office.system, kind_codes__overlap=sorted(map(str, codes)))
    return runs.aggregate(newest=newest_edition())["newest"]


@dataclass(frozen=True)
class Edition:
    """Which lists of a system the directory holds, and how old the newest is."""

    system: System
    as_of: date


def editions() -> list[Edition]:
    runs = ImportRun.objects.filter(layout__in=System.values).values("layout").annotate(newest=newest_edition())
    return [Edition(System(run["layout"]), run["newest"]) for run in runs.order_by("layout")]


def newest_edition() -> Max:
    imported_on = TruncDate("finished_at", tzinfo=timezone.get_default_timezone())
    return Max(Coalesce("edition_on", imported_on, output_field=DateField()))


@dataclass(frozen=True)
class Choice:
    """One card of a picker."""

    value: str
    title: str
    note: str


@dataclass(frozen=True)
class Choices:
    """The cards of a picker, and how many more were found than are shown."""

    cards: list[Choice]
    more: int


def office_choices(text: str, kind: ServiceKind | None = None, municipality: Municipality | None = None) -> Choices:
    """Offices to pick from; none before anything was asked, because the first twenty of the nation help nobody."""
    if not words(text) and kind is None and municipality is None:
        return Choices([], 0)
    found = offices_found(text, kind, municipality)
    cards = [office_choice(office) for office in offices_shown(found)[:MOST_CHOICES]]
    return Choices(cards, found.count() - len(cards))


def office_choice(office: Office) -> Choice:
    kinds = "・".join(dict.fromkeys(service.kind.name for service in office.services_shown))  # type: ignore[attr-defined]
    return Choice(value=str(office.pk), title=office.name, note=" ".join(filter(None, [kinds, office.address])))


def municipality_choices(text: str) -> Choices:
    found = municipalities_found(text)
    cards = [Choice(place.lg_code, str(place), place.kana) for place in found[:MOST_CHOICES]]
    return Choices(cards, found.count() - len(cards))

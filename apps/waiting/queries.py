"""Who waits, in which order and why; what fits them; and how often nothing did."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import product
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from apps.clients.access import clients_visible_to
from apps.clients.models import Client
from apps.environments.models import Member
from apps.facilities.grid import WEEKDAYS, Age
from apps.facilities.queries import ranked
from apps.inquiries.kinds import AgeGroup
from apps.inquiries.queries import ADULT
from apps.visits.models import Slot
from apps.visits.queries.finding import free_slots
from apps.waiting.access import can_look_after, waiting_visible_to
from apps.waiting.models import Offer, Waiting

MOST_SHOWN = 200
# The ages of the board of free places, as the table of unmet need has them.
COUNTED_AS = {
    Age.PRESCHOOL.value: AgeGroup.PRESCHOOL.value,
    Age.PRIMARY.value: AgeGroup.ELEMENTARY.value,
    Age.SECONDARY.value: AgeGroup.SECONDARY.value,
    Age.ADULT.value: ADULT,
}


@dataclass(frozen=True)
class Row:
    """Somebody who waits, with the number in the line; the name for whoever may know it, and what is offered."""

    waiting: Waiting
    number: int
    client: Client | None
    offer: Offer | None


def line_of(member: Member) -> list[Row]:
    """Those who wait whom the member may see: the ones with an offer first, then the longest waiting."""
    beside = ("put_by__organization", "kind", "near", "for_whom")
    waiting: list[Waiting] = list(waiting_visible_to(member).in_line().select_related(*beside)[:MOST_SHOWN])  # type: ignore[attr-defined]
    standing = Offer.objects.standing().filter(waiting__in=waiting).select_related("visit__slot__facility")
    offers = {one.waiting_id: one for one in standing}
    own = {one.client_id for one in waiting if one.client_id and can_look_after(member, one)}
    known = clients_visible_to(member).in_bulk(own) if own else {}
    numbers = numbers_in_line()
    rows = [Row(one, numbers.get(one.pk, 0), known.get(one.client_id), offers.get(one.pk)) for one in waiting]
    return sorted(rows, key=lambda one: one.offer is None)


def numbers_in_line() -> dict[UUID, int]:
    """Each one's number in the line of the whole environment."""
    return {pk: number for number, pk in enumerate(Waiting.objects.in_line().values_list("pk", flat=True), start=1)}


@dataclass(frozen=True)
class Entry:
    """One who waits, with the number in the line while it lasts, and what was offered."""

    waiting: Waiting
    number: int | None
    offers: list[Offer]


def entry_of(waiting: Waiting) -> Entry:
    return Entry(waiting, numbers_in_line().get(waiting.pk), offers_of(waiting))


def offers_of(waiting: Waiting) -> list[Offer]:
    """What was offered, the newest first."""
    return list(Offer.objects.filter(waiting=waiting).select_related("visit__slot__facility"))


def wished_by(waiting: Waiting) -> list[str]:
    """The facilities that are waited for, by name; none is any."""
    return list(waiting.wished.values_list("facility__name", flat=True))


def answers_wanted(member: Member) -> int:
    """How many offers wait for an answer of the member's office."""
    of_office = waiting_visible_to(member).filter(put_by__organization=member.organization_id)
    return Offer.objects.standing().filter(waiting__in=of_office).count()


def fitting_slots(waiting: Waiting, keeper: Member) -> list[Slot]:
    """The free times that fit, the earliest first; none that was offered to them before.

    As at the counter, of the facilities that take whom is looked for; and on one of the days that suit, where some are named.
    """
    free: QuerySet[Slot] = free_slots(keeper).filter(asked_in=None)
    free = free.exclude(pk__in=Offer.objects.filter(waiting=waiting).values("visit__slot"))
    wished = set(waiting.wished.values_list("facility", flat=True))
    if wished:
        free = free.filter(facility__in=wished)
    slots = list(free.order_by("starts_at", "pk"))
    if not slots:
        return []
    fitting = {row.facility.pk for row in ranked(keeper, waiting.sought.wanted())}
    return [slot for slot in slots if slot.facility_id in fitting and suits(slot, waiting)]


def suits(slot: Slot, waiting: Waiting) -> bool:
    return not waiting.weekdays or WEEKDAYS[timezone.localdate(slot.starts_at).weekday()] in waiting.weekdays


def unmet_by_waiting(since: date, until: date) -> Counter[tuple[str, str, str]]:
    """How often each reason stood against each day and age: of those put on the list, and of places they declined."""
    counted: Counter[tuple[str, str, str]] = Counter()
    put = Waiting.objects.filter(put_at__date__range=(since, until)).values_list("weekdays", "age_group", "reasons")
    for days, age, reasons in put:
        counted.update((day, COUNTED_AS[age], reason) for day, reason in product(days or [""], reasons))
    declined = Offer.objects.exclude(reason="").filter(ended_at__date__range=(since, until))
    for starts_at, age, reason in declined.values_list("visit__slot__starts_at", "waiting__age_group", "reason"):
        counted[WEEKDAYS[timezone.localdate(starts_at).weekday()], COUNTED_AS[age], reason] += 1
    return counted

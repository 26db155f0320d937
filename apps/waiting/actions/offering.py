"""Offer what became free to whoever waits longest and fits, until they answer or the time to answer is over.

Whoever writes holds the visiting time first, then the place, then the one who waits: so nobody waits in a circle.
"""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop
from django_scopes import scope

from apps.audit import actions as audit
from apps.directory.models import Holiday
from apps.environments.models import Environment, Member
from apps.inquiries.kinds import Reason
from apps.notices.actions import Telling, notify_each, settle
from apps.visits.access import people_of_office
from apps.visits.actions.holding import held_visit, lowest_free, taken
from apps.visits.actions.publishing import held_slot, sweep_run_out
from apps.visits.models import EndReason, Slot, Visit, VisitClient
from apps.visits.refusals import SlotTaken
from apps.waiting.access import check_can_look_after, keeper_of
from apps.waiting.kinds import Outcome
from apps.waiting.models import Offer, Waiting
from apps.waiting.queries import fitting_slots
from apps.waiting.refusals import DecliningReasonMissing, NothingOffered
from apps.waiting.times import answer_until

# Shorter than that nobody is reached: the place is left to the counter.
SHORTEST = timedelta(minutes=30)


def offer_freed() -> int:
    """Go down the list, the longest waiting first; each is offered the first free place that fits. Returns how many offers.

    Done by the worker. Each offer is written by itself, so that nobody at a counter waits for the whole list.
    """
    offers = 0
    rows = Waiting.objects.in_line().without_offer()
    for waiting in rows.select_related("put_by", "for_whom", "environment"):
        keeper = keeper_of(waiting)
        if keeper is not None:
            offers += any(offered(slot, waiting, keeper) for slot in fitting_slots(waiting, keeper))
    return offers


def offered(slot: Slot, waiting: Waiting, keeper: Member) -> bool:
    """Whether the place was offered; another desk, or another worker, may have been faster."""
    try:
        with transaction.atomic():
            return offer_place(slot, waiting, keeper) is not None
    except (SlotTaken, IntegrityError):
        return False


def offer_place(slot: Slot, waiting: Waiting, keeper: Member) -> Offer | None:
    """Hold the lowest free place, and tell the office; nothing where there is no time to answer, or nobody who waits."""
    slot = held_slot(slot)
    until = min(answer_until(timezone.now(), holidays()), slot.closes_at)
    if not slot.takes_bookings or slot.facility.is_closed or until < timezone.now() + SHORTEST:
        return None
    sweep_run_out(slot)
    place = lowest_free(slot)
    if not Waiting.objects.in_line().filter(pk=waiting.pk).select_for_update(skip_locked=True, no_key=True).exists():
        return None

    visit = taken(slot, place, by=keeper, held_until=until, age_group=waiting.age_group, need=waiting.need)
    if waiting.client_id is not None:
        VisitClient.objects.create(environment_id=slot.environment_id, visit=visit, client_id=waiting.client_id)
    offer: Offer = Offer.objects.create(environment_id=slot.environment_id, waiting=waiting, visit=visit)
    tell_office(waiting, gettext_noop("A place is offered to a family that waits. Please ask them and answer in time."))
    detail = {"slot": str(slot.pk), "place": place}
    audit.record(verb="waiting.offered", subject=waiting, client=waiting.client_id, by=None, detail=detail)
    return offer


def holidays() -> set[date]:
    return set(Holiday.objects.values_list("date", flat=True))


def tell_office(waiting: Waiting, sentence: str) -> None:
    """Everybody at work in it: the one who put them on the list may be out when it matters."""
    settle(about=[waiting.pk])
    path = reverse("waiting:entry", kwargs={"slug": waiting.environment.slug, "wait_id": waiting.pk})
    people = people_of_office(waiting.put_by.organization_id)
    notify_each(told=[Telling(person, path, waiting.pk) for person in people], sentence=sentence)


@transaction.atomic
def decline_offer(*, waiting: Waiting, reason: str, by: Member) -> Offer:
    """The offered place does not suit, with the reason; it goes to the next, and they keep their place on the list.

    Refused when the offer is over (`NothingOffered`), even in the same instant.
    """
    check_can_look_after(by, waiting)
    if reason not in Reason.values:
        raise DecliningReasonMissing(subject=waiting)
    offer = standing_offer(waiting)
    if offer is None:
        raise NothingOffered(subject=waiting)
    visit = held_visit(offer.visit)
    now = timezone.now()
    if visit.booked_at is not None or visit.ended_at is not None or visit.held_until <= now:
        raise NothingOffered(subject=waiting)

    end_offer(offer, reason, at=now)
    visit.ends(at=now, reason=EndReason.LET_GO, by=by)
    settle(about=[waiting.pk])
    detail = {"reason": reason, "slot": str(visit.slot_id)}
    audit.record(verb="waiting.declined", subject=waiting, client=waiting.client_id, by=by, detail=detail)
    return offer


def end_offer(offer: Offer, reason: str, *, at: datetime) -> None:
    offer.ended_at, offer.outcome, offer.reason = at, Outcome.DECLINED, reason
    offer.save(update_fields=["ended_at", "outcome", "reason"])


def given_back(offer: Offer, *, by: Member) -> None:
    """The place is free again; the database ends the offer with it. One that was booked meanwhile stays so."""
    visit = held_visit(offer.visit)
    if visit.booked_at is None and visit.ended_at is None:
        visit.ends(at=timezone.now(), reason=EndReason.LET_GO, by=by)
        settle(about=[offer.waiting_id])


def settle_when_booked(environment: Environment, visit_id: UUID, **_about: Any) -> None:
    """An offered place was booked: what the office was told of it asks for no attention any more."""
    with scope(environment=environment):
        offer = Offer.objects.filter(visit=visit_id).first()
        if offer is not None:
            settle(about=[offer.waiting_id])


def standing_offer(waiting: Waiting) -> Offer | None:
    beside = ("visit__slot__facility", "visit__environment")
    found: Offer | None = Offer.objects.filter(waiting=waiting, ended_at=None).select_related(*beside).first()
    return found


def held_waiting(waiting: Waiting) -> Waiting:
    """As it is now; whoever changes it comes one after the other."""
    beside = ("put_by__organization", "for_whom", "environment")
    rows = Waiting.objects.select_related(*beside).select_for_update(of=("self",), no_key=True)
    found: Waiting = rows.get(pk=waiting.pk)
    return found


def is_booked(waiting: Waiting) -> bool:
    """Whether the visit stands that was booked from an offer, or the one it was moved to."""
    booked = Offer.objects.filter(waiting=waiting, outcome=Outcome.BOOKED).values_list("visit", flat=True)
    return any(stands(visit) for visit in booked)


def stands(visit_id: UUID) -> bool:
    visits = {visit_id}
    while after := set(Visit.objects.filter(moved_from__in=visits).values_list("pk", flat=True)):
        visits = after
    return Visit.objects.booked().filter(pk__in=visits).exists()

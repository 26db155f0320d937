"""Put a family on the waiting list, take it off, and let it wait again at its old place."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from apps.audit import actions as audit
from apps.clients.models import Client
from apps.environments.models import Member
from apps.facilities.access import facilities_visible_to
from apps.facilities.models import Facility
from apps.inquiries.kinds import Reason
from apps.kernel.my_number import check_no_individual_number
from apps.kernel.refusals import NotHere
from apps.visits.access import check_can_arrange, check_can_arrange_for
from apps.visits.actions.agreeing import check_need_names_nobody
from apps.visits.queries import Sought
from apps.waiting.access import check_can_look_after
from apps.waiting.actions.offering import given_back, held_waiting, is_booked, standing_offer
from apps.waiting.kinds import SAID
from apps.waiting.models import Waiting, WaitingClient, WishedFacility
from apps.waiting.refusals import (
    JustOffered,
    LeavingReasonMissing,
    PickUpFromNowhere,
    StillBooked,
    StillWaits,
    TooManyWished,
    WaitingReasonMissing,
    WaitsNoMore,
)


@dataclass(frozen=True)
class Wish:
    """What is waited for, and why nothing fitted."""

    sought: Sought
    reasons: tuple[str, ...]
    need: str = ""
    client: Client | None = None
    facilities: tuple[Facility, ...] = ()


@transaction.atomic
def put_on_list(*, wish: Wish, by: Member) -> Waiting:
    """Somebody waits from now on: a client, or a family without a name. What becomes free is offered by itself."""
    check_can_arrange(by)
    if wish.client is not None:
        check_can_arrange_for(by, wish.client)
        check_need_names_nobody(wish.client, wish.need)
    check_no_individual_number(wish.need)
    check_makes_sense(wish, by)

    sought = wish.sought
    waiting = Waiting.objects.create(
        environment_id=by.environment_id,
        put_by=by,
        age_group=sought.age,
        kind_id=sought.kind,
        weekdays=list(sought.weekdays),
        near_id=sought.near,
        is_fetched=sought.district is not None,
        needs_medical_care=sought.needs_medical_care,
        need=wish.need,
        reasons=list(wish.reasons),
    )
    about = {"environment_id": by.environment_id, "waiting": waiting}
    for facility in wish.facilities:
        WishedFacility.objects.create(facility=facility, **about)
    if wish.client is not None:
        WaitingClient.objects.create(client=wish.client, **about)
    detail = {"reasons": list(wish.reasons), "wished": len(wish.facilities)}
    audit.record(verb="waiting.put", subject=waiting, client=wish.client, by=by, detail=detail)
    return waiting


def check_makes_sense(wish: Wish, by: Member) -> None:
    if not wish.reasons or not set(wish.reasons) <= set(Reason.values):
        raise WaitingReasonMissing
    if len(wish.facilities) > Waiting.MOST_WISHED:
        raise TooManyWished(limit=Waiting.MOST_WISHED)
    if wish.sought.district is not None and wish.sought.near != wish.sought.district:
        raise PickUpFromNowhere
    seen = facilities_visible_to(by).filter(pk__in=[one.pk for one in wish.facilities]).count()
    if seen != len(set(wish.facilities)):
        raise NotHere


@transaction.atomic
def leave(*, waiting: Waiting, reason: str, by: Member) -> Waiting:
    """They wait no more, with the reason; a place that is offered to them is given back."""
    check_can_look_after(by, waiting)
    if reason not in SAID:
        raise LeavingReasonMissing(subject=waiting)
    # The place before the one who waits, as everywhere: so nobody waits in a circle.
    offer = standing_offer(waiting)
    if offer is not None:
        given_back(offer, by=by)
    waiting = held_waiting(waiting)
    if not waiting.is_waiting:
        raise WaitsNoMore(subject=waiting)
    if standing_offer(waiting) is not None:
        raise JustOffered(subject=waiting)

    waiting.ended_at, waiting.ended_by, waiting.ended_reason = timezone.now(), by, reason
    waiting.save(update_fields=["ended_at", "ended_by", "ended_reason"])
    audit.record(verb="waiting.left", subject=waiting, client=waiting.client_id, by=by, detail={"reason": reason})
    return waiting


@transaction.atomic
def wait_again(*, waiting: Waiting, by: Member) -> Waiting:
    """Undo: they wait again, since when they waited before. Not while the visit stands that was booked for them."""
    check_can_look_after(by, waiting)
    waiting = held_waiting(waiting)
    if waiting.is_waiting:
        raise StillWaits(subject=waiting)
    if is_booked(waiting):
        raise StillBooked(subject=waiting)

    before = waiting.ended_reason
    waiting.ended_at, waiting.ended_by, waiting.ended_reason = None, None, ""
    waiting.save(update_fields=["ended_at", "ended_by", "ended_reason"])
    audit.record(verb="waiting.resumed", subject=waiting, client=waiting.client_id, by=by, detail={"before": before})
    return waiting

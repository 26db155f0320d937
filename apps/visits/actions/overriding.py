"""Go beyond the rule knowingly: a place more than there are, or somebody who is taken; marked, with who and why."""

from django.db import transaction
from django.db.models import Max

from apps.clients.models import Client
from apps.environments.models import Member
from apps.facilities.grid import Age
from apps.visits.access import check_can_exceed, check_can_overlap
from apps.visits.actions.accompanying import ready_for, with_along
from apps.visits.actions.agreeing import check_need_names_nobody
from apps.visits.actions.holding import held_for, ready_to_hold, taken
from apps.visits.actions.telling import tell_exception
from apps.visits.models import Slot, Visit
from apps.visits.queries.accompanying import line_in_the_way
from apps.visits.refusals import ExceptionUnexplained, NothingToOverride


@transaction.atomic
def hold_beyond(
    *, slot: Slot, age_group: Age, need: str, reason: str, by: Member, client: Client | None = None
) -> Visit:
    """Hold an extra place of a time that is full, under the next number above its places.

    Refused to whoever leads neither facility nor desk, without a reason (`ExceptionUnexplained`), and where a place is
    free (`NothingToOverride`); otherwise as an ordinary hold is.
    """
    check_can_exceed(by, slot.facility)
    check_explained(slot, reason)
    slot = ready_to_hold(slot, client=client, told=f"{need} {reason}", by=by)
    live = Visit.objects.filter(slot=slot, ended_at=None)
    if slot.asked_in_id is not None or live.filter(place__lte=slot.capacity).count() < slot.capacity:
        raise NothingToOverride(subject=slot)

    highest = live.aggregate(highest=Max("place"))["highest"]
    mark = {"overridden_by": by, "overridden_reason": reason.strip()}
    visit = taken(slot, max(slot.capacity, highest) + 1, by=by, age_group=age_group, need=need, **mark)
    return held_for(visit, client, by=by)


@transaction.atomic
def accompany_regardless(*, visit: Visit, member: Member, reason: str, by: Member) -> Visit:
    """Let somebody come along who accompanies another visit meanwhile. Refused to whoever leads neither office nor desk,
    without a reason, and where the person is free."""
    check_can_overlap(by, visit)
    check_explained(visit, reason)
    visit = ready_for(visit, member, by=by)
    if visit.client_id is not None:
        check_need_names_nobody(visit.for_whom.client, reason)
    if visit.accompanied_by == member or not line_in_the_way(visit, member):
        raise NothingToOverride(subject=visit)

    visit.may_overlap, visit.overridden_by = True, by
    visit.overridden_reason = " / ".join(part for part in (visit.overridden_reason, reason.strip()) if part)
    with_along(visit, member, by=by)
    if visit.is_booked:
        tell_exception(visit, by=by)
    return visit


def check_explained(subject: Slot | Visit, reason: str) -> None:
    if not reason.strip():
        raise ExceptionUnexplained(subject=subject)

"""The visits of the demonstration: facilities publish an hour a week, and some families are booked, one of them by name; one
that publishes nothing is asked for a time."""

from collections.abc import Callable
from datetime import date, time, timedelta

from django.utils import timezone

from apps.clients.models import Signer
from apps.directory.models import Holiday
from apps.environments.models import Member
from apps.facilities.grid import Age
from apps.facilities.models import Facility
from apps.visits import actions as visits
from apps.visits.access import clients_to_arrange_for
from apps.visits.models import Slot
from apps.visits.queries.finding import age_group_of
from apps.visits.times import Plan, Proposed, due_after, moment

# So many of the facilities publish; the rest are still asked by telephone.
PUBLISHING, WEEKS = 9, 5
# Far enough ahead to be booked before the cut-off, whatever holidays lie between.
FIRST_DAY = timedelta(days=6)
AGREED_BY = "保護者"
BOOKED = (
    (Age.PRESCHOOL, "集団が苦手。静かな部屋があると助かります。"),
    (Age.PRIMARY, "学校へのお迎えを希望。"),
    (Age.PRESCHOOL, ""),
)


def publish_visits(member: Callable[[str], Member]) -> None:
    """The desk publishes on behalf of the facilities; three families are booked."""
    clerk = member("yamamoto")
    first = [slots_of(facility, nth, clerk)[0] for nth, facility in enumerate(Facility.objects.all()[:PUBLISHING])]
    for slot, (age_group, need) in zip(first, BOOKED, strict=False):
        book(slot, age_group, need, by=clerk)
    introduce(first[len(BOOKED) :], by=clerk)
    ask_for_times(by=clerk)


def slots_of(facility: Facility, nth: int, by: Member) -> list[Slot]:
    starts = time(10 if nth % 2 else 14)
    day = working_day(timezone.localdate() + FIRST_DAY + timedelta(days=nth % 5))
    plan = Plan(
        day=day,
        starts=starts,
        ends=starts.replace(hour=starts.hour + 1),
        weekly_until=day + timedelta(weeks=WEEKS),
        capacity=1 + nth % 3,
        receiver="児童発達支援管理責任者",
        bring="母子健康手帳、飲み物。",
    )
    return visits.publish_slots(facility=facility, plan=plan, by=by)


def working_day(day: date) -> date:
    return day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))


def book(slot: Slot, age_group: Age, need: str, *, by: Member) -> None:
    held = visits.hold_place(slot=slot, age_group=age_group, need=need, by=by)
    visits.book_visit(visit=held, by=by)


def introduce(slots: list[Slot], *, by: Member) -> None:
    """The youngest of whom the clerk arranges services comes to a facility that takes part, and the family has agreed."""
    slot = next((one for one in slots if one.facility.organization_id), None)
    child = clients_to_arrange_for(by).order_by("-born_on").first()
    if slot is None or child is None:
        return
    held = visits.hold_place(slot=slot, age_group=age_group_of(child), need="", client=child, by=by)
    agreed = visits.Agreed(
        contact=AGREED_BY + " 0100-00-0000", signer=Signer.GUARDIAN, signer_name=AGREED_BY, relation="母"
    )
    visits.book_visit(visit=held, agreed=agreed, by=by)
    visits.accompany(visit=held, member=by, by=by)


def ask_for_times(*, by: Member) -> None:
    """A facility that publishes nothing is asked for one of three times, and has not answered yet."""
    silent = Facility.objects.filter(slots=None)
    facility = silent.exclude(organization=None).first() or silent.first()
    if facility is None:
        return
    days = [working_day(timezone.localdate() + FIRST_DAY + timedelta(days=ahead)) for ahead in (4, 8, 12)]
    begins = [moment(day, at) for day, at in zip(days, (time(10), time(13, 30), time(15)), strict=True)]
    holidays = set(Holiday.objects.values_list("date", flat=True))
    asked = visits.Asked(
        times=tuple(Proposed(one, one + timedelta(hours=1)) for one in begins),
        due_at=min(due_after(2, timezone.localdate(), holidays), begins[0]),
        age_group=Age.PRESCHOOL,
        need="音に敏感。静かな時間帯を希望。",
    )
    visits.propose(facility=facility, asked=asked, by=by)

"""Referrals in lists and as lines of steps."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import pgettext

from apps.clients.access import clients_in_care_of
from apps.clients.models import Client
from apps.environments.models import Member
from apps.facilities.access import is_of_the_city
from apps.facilities.models import Facility
from apps.inquiries.kinds import age_group_of
from apps.referrals.access import can_correct, is_coordinating, kinds_of, named_for, referrals_visible_to
from apps.referrals.drawing import Days, Start, days_of, first_day
from apps.referrals.kinds import OVER, ReferralState, StepKind
from apps.referrals.models import Consultation, Referral, Step
from apps.referrals.standing import NEXT
from apps.visits.access import can_arrange

LINE = (
    *("consulted", "introduced", "visit_booked", "visited", "trial_booked", "trialed"),
    *("decided", "applied", "granted", "contracted", "started"),
)
# A trial is made by some.
OPTIONAL = ("trial_booked", "trialed")
STUCK = 14


@dataclass(frozen=True)
class Stop:
    """One station of the line: done on a day, or to come."""

    name: str
    done_on: date | None
    is_here: bool


@dataclass(frozen=True)
class Line:
    """A referral as a person sees it. `client` is None where it may not be told whose it is."""

    referral: Referral
    client: Client | None
    age_group: str
    stops: list[Stop]
    steps: list[Step]
    next_kind: str
    others: list[str]
    endings: list[str]
    can_correct: Step | None
    is_coordinating: bool
    # When the visit was, of which nobody has said yet whether they came.
    was_to_come_at: datetime | None
    can_find_time: bool

    @property
    def next_label(self) -> str:
        return str(StepKind(self.next_kind).label) if self.next_kind else ""

    @property
    def other_labels(self) -> list[tuple[str, str]]:
        return [(kind, str(StepKind(kind).label)) for kind in self.others]

    @property
    def ending_labels(self) -> list[tuple[str, str]]:
        return [(kind, str(StepKind(kind).label)) for kind in self.endings]


ENDINGS = ("declined_by_office", "declined_by_family", "withdrawn")


def line_of(member: Member, referral: Referral) -> Line:
    steps = list(referral.steps.select_related("recorded_by__organization", "visit__slot", "corrected_by"))
    may = kinds_of(member, referral)
    next_kind = NEXT.get(referral.state, "")
    next_kind = next_kind if next_kind in may else ""
    valid = [one for one in steps if counts(one)]
    last = valid[-1] if valid else None
    return Line(
        referral=referral,
        client=named_for(member, referral),
        age_group=str(age_group_of(referral.client.born_on, timezone.localdate()).label),
        stops=stops_of(referral, valid),
        steps=steps,
        next_kind=next_kind,
        others=[kind for kind in may if kind != next_kind and kind not in ENDINGS],
        endings=[kind for kind in may if kind in ENDINGS],
        can_correct=last if last is not None and can_correct(member, with_referral(last, referral)) else None,
        is_coordinating=is_coordinating(member, referral),
        was_to_come_at=visit_gone_by(referral, last),
        can_find_time="visit_booked" in may and referral.state != "visit_booked" and can_arrange(member),
    )


def visit_gone_by(referral: Referral, last: Step | None) -> datetime | None:
    if referral.state != ReferralState.VISIT_BOOKED or last is None or last.visit is None:
        return None
    return last.visit.slot.starts_at if last.visit.slot.has_begun else None


def with_referral(step: Step, referral: Referral) -> Step:
    step.referral = referral
    return step


def counts(step: Step) -> bool:
    """Whether it was not taken back, and is no taking back."""
    return step.kind != StepKind.CORRECTED and getattr(step, "corrected_by", None) is None


def stops_of(referral: Referral, steps: list[Step]) -> list[Stop]:
    """The stations in their order; those of a trial only where one was made. What was undone is to come again."""
    days = {"consulted": referral.consultation.consulted_on}
    for one in steps:
        days[one.kind] = one.happened_on
        if one.kind in {"visit_cancelled", "no_show"}:
            days.pop("visit_booked", None)
    shown = [kind for kind in LINE if kind not in OPTIONAL or kind in days]
    here = referral.state if referral.state in shown else referral.reached
    return [Stop(str(ReferralState(kind).label), days.get(kind), kind == here) for kind in shown]


def lines_of_client(member: Member, referrals: QuerySet[Referral]) -> list[Line]:
    """The facilities of the newest consultation first, what is under way before what is over."""
    found = sorted(referrals, key=lambda one: (-one.consultation.consulted_on.toordinal(), one.is_over, one.opened_at))
    return [line_of(member, one) for one in found]


def last_consulted_on(client: Client) -> date | None:
    found: date | None = (
        Consultation.objects.filter(client=client)
        .order_by("-consulted_on")
        .values_list("consulted_on", flat=True)
        .first()
    )
    return found


def under_way(member: Member, wanted: dict[str, Any]) -> QuerySet[Referral]:
    """What the member sees, the longest standing first; without what is over, unless asked for."""
    found = referrals_visible_to(member)
    if not wanted.get("over") and wanted.get("state") not in OVER:
        found = found.exclude(state__in=OVER)
    if "state" in wanted:
        found = found.filter(state=wanted["state"])
    if "facility" in wanted:
        found = found.filter(facility=wanted["facility"])
    if "standing" in wanted:
        found = found.filter(since_on__lte=timezone.localdate() - timedelta(days=int(wanted["standing"])))
    return found.order_by("since_on", "pk")


@dataclass(frozen=True)
class Row:
    referral: Referral
    client: Client | None
    age_group: str

    @property
    def is_stuck(self) -> bool:
        return not self.referral.is_over and self.referral.days_standing >= STUCK

    @property
    def title(self) -> str:
        return self.client.name if self.client is not None else pgettext("referral", "Without a name")


def rows_of(member: Member, referrals: list[Referral]) -> list[Row]:
    """Each with a name where it may be told: one statement for those whose care the member coordinates."""
    wanted = {one.consultation.client_id for one in referrals}
    cared = set(clients_in_care_of(member).filter(pk__in=wanted).values_list("pk", flat=True))
    today = timezone.localdate()
    return [
        Row(
            one,
            one.client if one.consultation.client_id in cared else named_for(member, one),
            str(age_group_of(one.client.born_on, today).label),
        )
        for one in referrals
    ]


def facilities_under_way(member: Member) -> list[Facility]:
    ids = referrals_visible_to(member).order_by().values("facility")
    return list(Facility.objects.filter(pk__in=ids).order_by("kana", "name", "pk"))


def astray() -> list[Referral]:
    """The referrals of the open environment that stand elsewhere than their steps say."""
    every = Referral.objects.select_related("consultation").prefetch_related("steps").order_by("pk")
    return [one for one in every.iterator(chunk_size=500) if not stands(one)]


def stands(referral: Referral) -> bool:
    told = referral.recomputed()
    return (told.state, told.reached, told.application, told.since_on) == (
        referral.state,
        referral.reached,
        referral.application,
        referral.since_on,
    )


# -- days from consultation to start


def started(*, since: int, until: int, kind: str) -> list[Start]:
    """The services that started in these fiscal years, both included, over the whole environment."""
    span = (first_day(since), first_day(until + 1) - timedelta(days=1))
    found = Referral.objects.filter(state=ReferralState.STARTED, since_on__range=span)
    if kind:
        found = found.filter(facility__kind__name=kind)
    rows = found.order_by().values_list(
        "facility__kind__name", "facility__operator", "consultation__consulted_on", "since_on"
    )
    return [Start(*row) for row in rows]


def days_to_start(member: Member, *, since: int, until: int, by_quarter: bool, kind: str) -> Days:
    """Exact numbers for the city alone. Others are shown whole years, of which no quarter can be taken away."""
    is_masked = not is_of_the_city(member)
    starts = started(since=since, until=until, kind=kind)
    return days_of(starts, by_quarter=by_quarter and not is_masked, is_masked=is_masked)


def kinds_started() -> list[str]:
    names = (
        Referral.objects.filter(state=ReferralState.STARTED).order_by().values_list("facility__kind__name", flat=True)
    )
    return sorted(set(names))

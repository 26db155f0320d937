"""The ways to the start of the demonstration: two fiscal years of starts, and some families that are still on their way."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from apps.clients.access import clients_in_care_of
from apps.clients.models import Client
from apps.environments.models import Member
from apps.facilities.models import Facility
from apps.referrals import actions as referrals
from apps.referrals.models import Referral

# (which step, how far along the way in percent)
WAY = (
    ("introduced", 4),
    ("visit_booked", 8),
    ("visited", 20),
    ("decided", 30),
    ("applied", 40),
    ("granted", 80),
    ("contracted", 92),
    ("started", 100),
)
# Days from consultation to start, in turn; at public facilities a little less.
TOOK = (38, 61, 45, 74, 52, 33, 88, 49, 57, 41, 66, 36)
SOONER = 8
# So many starts, one every so many days into the past.
STARTS, APART = 32, 21
# What is under way: (days since the consultation, how many steps of the way, what happened then)
UNDER_WAY = (
    (4, 1, ""),
    (12, 2, ""),
    (24, 3, ""),
    (33, 3, "waiting"),
    (41, 5, ""),
    (52, 6, ""),
    (70, 3, "declined_by_family"),
    (80, 7, ""),
)
# Which of them the facility that can be tried hears of.
WATCHED = 2


def follow_to_the_start(member: Callable[[str], Member]) -> None:
    """The desk has followed its children for two years."""
    clerk, today = member("yamamoto"), timezone.localdate()
    children = list(clients_in_care_of(clerk).filter(is_protected=False).order_by("-born_on")[:12])
    facilities = Facility.objects.open().select_related("kind").order_by("kana", "pk")
    # Whoever can be tried in the demonstration is not told of two years at once.
    present = Q(organization__in=Member.objects.current().values("organization"))
    silent, watched = list(facilities.exclude(present)), list(facilities.filter(present))
    if not children or not silent:
        return
    pairs = turns(children, silent)
    for nth in range(STARTS):
        child, facility = next(pairs)
        took = TOOK[nth % len(TOOK)] - (SOONER if facility.operator == "public" else 0)
        end = today - timedelta(days=9 + nth * APART)
        go(child, facility, end - timedelta(days=took), took, len(WAY), clerk)
    for nth, (ago, steps, aside) in enumerate(UNDER_WAY):
        child, facility = next(pairs)
        facility = watched[0] if watched and nth == WATCHED else facility
        referral = go(child, facility, today - timedelta(days=ago), int(ago * 1.2), steps, clerk)
        if aside:
            day = referral.since_on
            reason = "distance" if aside == "declined_by_family" else ""
            referrals.take_step(referral=referral, kind=aside, happened_on=day, reason=reason, by=clerk)


def turns(children: list[Client], facilities: list[Facility]) -> Iterator[tuple[Client, Facility]]:
    """Every child with another facility each time."""
    nth = 0
    while True:
        yield children[nth % len(children)], facilities[(nth * 7 + nth // len(facilities)) % len(facilities)]
        nth += 1


def go(child: Client, facility: Facility, consulted_on: date, took: int, steps: int, clerk: Member) -> Referral:
    referral = referrals.refer(client=child, facility=facility, consulted_on=consulted_on, by=clerk)
    for kind, percent in WAY[:steps]:
        day = min(consulted_on + timedelta(days=took * percent // 100), timezone.localdate())
        referrals.take_step(referral=referral, kind=kind, happened_on=day, by=clerk)
    return referral

"""Families that wait for a place in the demonstration, none of them by name; whom a free place fits is offered it."""

from collections.abc import Callable

from apps.environments.models import Member
from apps.facilities.grid import Age
from apps.inquiries.kinds import Reason
from apps.visits.queries import Sought
from apps.waiting import actions as waiting
from apps.waiting.actions import Wish

WISHES = (
    Wish(Sought(age=Age.PRESCHOOL), (Reason.FULL,), need="集団が苦手。少人数を希望。"),
    Wish(Sought(age=Age.PRESCHOOL, weekdays=("sat",)), (Reason.WEEKDAY, Reason.FULL)),
    Wish(Sought(age=Age.SECONDARY, weekdays=("sun",), needs_medical_care=True), (Reason.MEDICAL_CARE,)),
)


def let_wait(member: Callable[[str], Member]) -> None:
    """The clerk puts them on the list; what is free and fits is offered at once."""
    for wish in WISHES:
        waiting.put_on_list(wish=wish, by=member("yamamoto"))
    waiting.offer_freed()

"""Who waits and what they decline counts in the city's one table of unmet need."""

from datetime import timedelta

from django.utils import timezone

from apps.inquiries.queries import unmet_need, unmet_table
from apps.waiting import actions
from tests.visits.makers import make_slot
from tests.waiting.makers import make_offer, make_wait


def span():
    today = timezone.localdate()
    return {"since": today - timedelta(days=2), "until": today + timedelta(days=2)}


def test_who_waits_counts_for_each_day_and_reason(cast):
    make_wait(cast.tanaka, weekdays=["mon", "wed"], reasons=["area", "full"], age_group="primary")

    counted = unmet_need(**span())

    assert counted == {(day, "elementary", reason): 1 for day in ("mon", "wed") for reason in ("area", "full")}


def test_who_waits_without_days_counts_as_such(cast):
    make_wait(cast.tanaka, age_group="adult", reasons=["full"])

    assert unmet_need(**span()) == {("", "adult", "full"): 1}


def test_a_declined_place_counts_on_its_day(cast):
    waiting, slot = make_wait(cast.tanaka, reasons=["full"]), make_slot(cast.suzuki)
    make_offer(waiting, slot)

    actions.decline_offer(waiting=waiting, reason="area", by=cast.tanaka)

    day = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][timezone.localdate(slot.starts_at).weekday()]
    assert unmet_need(**span())[day, "preschool", "area"] == 1


def test_outside_the_city_small_numbers_are_masked(cast):
    for _nth in range(4):
        make_wait(cast.sato, weekdays=["mon"])

    assert unmet_table(cast.tanaka, **span()).rows[0].numbers[0] == 4
    assert unmet_table(cast.sato, **span()).rows[0].numbers[0] is None

"""Both sides of a visit are reminded on the last working day before it, once."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from apps.audit.models import Entry
from apps.directory.models import Holiday
from apps.notices.models import Notification
from apps.visits import actions
from apps.visits.actions.reminding import days_to_remind_of
from apps.visits.times import moment
from tests.facilities.makers import make_facility
from tests.visits.makers import make_held, make_slot, make_visit

# A Friday, at noon in Japan.
FRIDAY = datetime(2026, 12, 4, 3, 0, tzinfo=UTC)


@pytest.fixture
def friday():
    with time_machine.travel(FRIDAY, tick=False):
        yield


@pytest.fixture
def cast(friday, cast):
    """The people as they are on that Friday."""
    return cast


@pytest.fixture
def on(cast):
    """A visit of sato's office to a facility of suzuki's on a day."""
    facility = make_facility(cast.suzuki, organization=cast.aozora)

    def slot_on(day):
        return make_slot(cast.suzuki, facility, starts_at=moment(day, time(10)))

    return slot_on


def told(person):
    return Notification.objects.filter(receiver=person).count()


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (date(2026, 12, 2), [date(2026, 12, 3)]),
        (date(2026, 12, 4), [date(2026, 12, 5), date(2026, 12, 6), date(2026, 12, 7)]),
        (date(2026, 12, 5), []),
        # Thursday before a holiday on Friday.
        (date(2027, 4, 28), [date(2027, 4, 29), date(2027, 4, 30)]),
        # A leap day between.
        (date(2028, 2, 28), [date(2028, 2, 29)]),
    ],
)
def test_on_a_working_day_one_is_reminded_of_all_days_up_to_the_next(db, today, days):
    Holiday.objects.get_or_create(date=date(2027, 4, 29), defaults={"name": "昭和の日"})

    assert days_to_remind_of(today) == days


def test_no_year_ends_without_a_reminder_of_its_first_working_day(db):
    Holiday.objects.get_or_create(date=date(2027, 1, 1), defaults={"name": "元日"})

    assert days_to_remind_of(date(2026, 12, 28))[-1] == date(2027, 1, 4)


def test_both_sides_are_reminded_once(cast, on):
    visit = make_visit(on(date(2026, 12, 7)), cast.sato)

    assert [actions.remind(), actions.remind()] == [1, 0]

    assert (told(cast.sato), told(cast.suzuki)) == (1, 1)
    assert Entry.objects.get(verb="visits.reminded").subject_id == str(visit.pk)


@pytest.mark.parametrize("kind", ["later", "held", "cancelled"])
def test_nobody_is_reminded_of_what_is_not_booked_for_those_days(cast, on, kind):
    slot = on(date(2026, 12, 8) if kind == "later" else date(2026, 12, 7))
    visit = make_held(slot, cast.sato) if kind == "held" else make_visit(slot, cast.sato)
    if kind == "cancelled":
        visit.ends(at=FRIDAY, reason="desk", by=cast.sato)

    assert actions.remind() == 0
    assert (told(cast.sato), told(cast.suzuki)) == (0, 0)


def test_whoever_comes_along_is_told_for_themselves_and_once(cast, on):
    make_visit(on(date(2026, 12, 7)), cast.tanaka, accompanied_by=cast.tanaka)
    other = make_visit(on(date(2026, 12, 8)), cast.tanaka)
    other.slot.refresh_from_db()

    actions.remind()

    [notification] = Notification.objects.filter(receiver=cast.tanaka)
    assert notification.sentence.startswith("You accompany")
    assert told(cast.suzuki) == 1


def test_whoever_has_left_is_reminded_no_more(cast, on):
    make_visit(on(date(2026, 12, 7)), cast.tanaka, accompanied_by=cast.tanaka)
    cast.tanaka.valid_to = FRIDAY + timedelta(minutes=1)
    cast.tanaka.save(update_fields=["valid_to"])

    with time_machine.travel(FRIDAY + timedelta(minutes=2), tick=False):
        actions.remind()

    assert (told(cast.tanaka), told(cast.suzuki)) == (0, 1)

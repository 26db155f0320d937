"""A facility closes a day: its times are withdrawn, none is published on it, the offices of booked visits are told."""

from datetime import time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.audit.models import Entry
from apps.kernel.refusals import NotAllowed
from apps.notices.models import Notification
from apps.visits import actions
from apps.visits.models import ClosedDay, Slot
from apps.visits.refusals import DayClosed, DayClosedAlready, DayInThePast, DayNotClosed, ReasonMissing
from apps.visits.times import Plan, moment
from tests.facilities.makers import make_facility
from tests.visits.makers import make_slot, make_visit


@pytest.fixture
def facility(cast):
    """Of suzuki's organization."""
    return make_facility(cast.suzuki, organization=cast.aozora)


@pytest.fixture
def day():
    return timezone.localdate() + timedelta(days=21)


@pytest.fixture
def slot(cast, facility, day):
    """At ten on that day."""
    return make_slot(cast.suzuki, facility, starts_at=moment(day, time(10)))


def close(cast, facility, day, **about):
    return actions.close_day(facility=facility, day=day, **{"reason": "staff", "by": cast.suzuki, **about})


def test_a_closed_day_withdraws_its_times_and_no_other(cast, facility, day, slot):
    other = make_slot(cast.suzuki, facility, starts_at=moment(day + timedelta(days=1), time(10)))
    elsewhere = make_slot(cast.tanaka, make_facility(cast.tanaka), starts_at=moment(day, time(10)))

    close(cast, facility, day)

    assert list(Slot.objects.filter(withdrawn_at=None).order_by("starts_at")) == [elsewhere, other]
    assert Entry.objects.get(verb="visits.day_closed").detail == {"day": str(day), "reason": "staff", "booked": 0}


def test_the_office_of_each_family_is_told(cast, facility, day, slot):
    visit = make_visit(slot, cast.sato)

    [ended] = close(cast, facility, day)

    assert ended.pk == visit.pk
    assert Notification.objects.filter(receiver=cast.sato, about=visit.pk).count() == 1


def test_midnight_in_japan_parts_the_days(cast, facility, day):
    late = make_slot(
        cast.suzuki,
        facility,
        starts_at=moment(day, time(23)),
        ends_at=moment(day, time(23, 59)),
        closes_at=timezone.now(),
    )
    early = make_slot(cast.suzuki, facility, starts_at=moment(day + timedelta(days=1), time(0)))

    close(cast, facility, day)

    late.refresh_from_db()
    early.refresh_from_db()
    assert (late.is_withdrawn, early.is_withdrawn) == (True, False)


def test_nothing_is_published_on_a_closed_day_until_it_is_open_again(cast, facility, day):
    plan = Plan(day=day, starts=time(10), ends=time(11))
    close(cast, facility, day)

    with pytest.raises(DayClosed):
        actions.publish_slots(facility=facility, plan=plan, by=cast.suzuki)
    actions.open_day(facility=facility, day=day, by=cast.suzuki)
    assert len(actions.publish_slots(facility=facility, plan=plan, by=cast.suzuki)) == 1


def test_a_repetition_leaves_closed_days_out(cast, facility):
    first = timezone.localdate() + timedelta(days=14)
    close(cast, facility, first + timedelta(days=7))
    plan = Plan(day=first, starts=time(10), ends=time(11), weekly_until=first + timedelta(days=14))

    made = actions.publish_slots(facility=facility, plan=plan, by=cast.suzuki)

    assert first + timedelta(days=7) not in {timezone.localdate(slot.starts_at) for slot in made}


@pytest.mark.parametrize(
    ("said", "refusal"),
    [({"day": "yesterday"}, DayInThePast), ({"reason": ""}, ReasonMissing), ({"reason": "mood"}, ReasonMissing)],
)
def test_a_closing_that_makes_no_sense_changes_nothing(cast, facility, day, slot, said, refusal):
    if "day" in said:
        said = {"day": timezone.localdate() - timedelta(days=1)}

    with pytest.raises(refusal):
        close(cast, facility, **{"day": day, **said})

    slot.refresh_from_db()
    assert not slot.is_withdrawn and not ClosedDay.objects.exists()


def test_a_day_is_closed_and_opened_once(cast, facility, day):
    close(cast, facility, day)
    with pytest.raises(DayClosedAlready):
        close(cast, facility, day)

    actions.open_day(facility=facility, day=day, by=cast.suzuki)
    with pytest.raises(DayNotClosed):
        actions.open_day(facility=facility, day=day, by=cast.suzuki)


@pytest.mark.parametrize("person", ["sato", "takahashi", "ishii"])
def test_nobody_closes_anothers_facility(cast, facility, day, person):
    with pytest.raises(NotAllowed):
        close(cast, facility, day, by=cast[person])


def test_the_database_alone_keeps_times_off_a_closed_day(cast, facility, day, slot):
    closed = {"environment": cast.environment, "facility": facility, "reason": "staff", "closed_by": cast.suzuki}

    with pytest.raises(IntegrityError, match="a_closed_day_has_no_times"), transaction.atomic():
        ClosedDay.objects.create(day=day, **closed)
    ClosedDay.objects.create(day=day + timedelta(days=1), **closed)
    with pytest.raises(IntegrityError, match="a_closed_day_receives_nobody"), transaction.atomic():
        make_slot(cast.suzuki, facility, starts_at=moment(day + timedelta(days=1), time(10)))


# -- pages and programs


def test_before_a_day_is_closed_it_is_shown_whom_it_concerns(cast, facility, day, slot, browser_of):
    visit = make_visit(slot, cast.sato)
    browser, address = browser_of(cast.suzuki), f"/e/{cast.environment.slug}/facilities/{facility.pk}/visits/closed/"
    said = {"day": day.isoformat(), "reason": "illness"}

    shown = browser.post(address, said)
    assert str(visit.pk) in shown.content.decode() and not ClosedDay.objects.exists()
    closed = browser.post(address, {**said, "confirmed": "1"})

    assert closed.status_code == 302
    assert "1件" in browser.get(address).content.decode()
    assert ClosedDay.objects.get().reason == "illness"


def test_a_program_closes_lists_and_opens_a_day(cast, facility, day, browser_of):
    browser = browser_of(cast.suzuki)
    address = f"/api/v1/e/{cast.environment.slug}/facilities/{facility.pk}/closed-days/"

    def send(path, **body):
        return browser.post(path, body, content_type="application/json")

    assert send(address, day=str(day), reason="closed").status_code == 201
    assert browser.get(address).json() == [{"day": str(day), "reason": "closed"}]
    assert send(f"{address}opening/", day=str(day)).status_code == 200
    assert browser.get(address).json() == []

"""What was told of a client leaves the inbox and the badge of those who lose the client, however they lose them."""

from datetime import timedelta
from importlib import import_module
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from apps.clients import actions, tasks
from apps.notices.actions import notify, settle
from apps.notices.models import Notification
from apps.notices.queries import unread_count
from tests import makers
from tests.clients.addresses import address


def tell(cast, *people):
    """Each is told of hana."""
    path = address("client", cast, client_id=cast.hana.pk)
    notify(receivers=people, sentence="You have been admitted to a talk room.", path=path, about=cast.hana.pk)


def left_with(browser_of, member):
    """What the badge counts, and whether the inbox still says it."""
    english = {"Accept-Language": "en"}
    inbox = browser_of(member).get(f"/e/{member.environment.slug}/notices/", headers=english).content.decode()
    return unread_count(member), "You have been admitted" in inbox


def a_minute_later(moment):
    """The worker's next turn after a moment."""
    with time_machine.travel(moment + timedelta(seconds=50), tick=False):
        tasks.close_notices(timestamp=0)


def test_a_consent_that_ends_by_its_date(browser_of, cast):
    ends = timezone.now() + timedelta(days=2)
    cast.hana.consents.update(valid_to=ends)
    tell(cast, cast.suzuki, cast.tanaka)
    tasks.close_notices(timestamp=0)
    assert left_with(browser_of, cast.suzuki) == (1, True)

    a_minute_later(ends)

    assert left_with(browser_of, cast.suzuki) == (0, False)
    # The division sees the client by law, and keeps what it was told.
    assert left_with(browser_of, cast.tanaka) == (1, True)


def test_a_seat_that_ends_by_its_date(browser_of, cast):
    tell(cast, cast.suzuki, cast.sato)
    ends = timezone.now() + timedelta(days=2)
    actions.end_seat(seat=cast.hana.seats.get(organization=cast.aozora), ends_at=ends, by=cast.sato)
    assert left_with(browser_of, cast.suzuki) == (1, True)

    a_minute_later(ends)

    assert left_with(browser_of, cast.suzuki) == (0, False)
    assert left_with(browser_of, cast.sato) == (1, True)


def test_a_seat_that_is_ended_now(browser_of, cast):
    tell(cast, cast.suzuki, cast.sato)

    actions.end_seat(seat=cast.hana.seats.get(organization=cast.aozora), by=cast.sato)

    assert left_with(browser_of, cast.suzuki) == (0, False)
    assert left_with(browser_of, cast.sato) == (1, True)


@pytest.fixture
def helper(cast):
    """Of a covered organization without a seat; hana is opened to them by hand."""
    office = makers.make_organization(cast.environment, kind="home_help_office")
    makers.make_consent(cast.hana, by=cast.sato, organizations=[office])
    member = makers.make_member(office)
    until = timezone.now() + timedelta(days=3)
    actions.open_by_hand(client=cast.hana, member=member, reason="stands_in", expires_at=until, by=cast.sato)
    tell(cast, member)
    return member


def test_an_opening_that_is_closed_by_hand(cast, helper):
    assert unread_count(helper) > 0

    actions.close_by_hand(client=cast.hana, member=helper, by=cast.sato)

    assert unread_count(helper) == 0


def test_an_opening_that_ends_by_its_date(cast, helper):
    a_minute_later(timezone.now() + timedelta(days=2))
    assert unread_count(helper) > 0

    a_minute_later(timezone.now() + timedelta(days=3))

    assert unread_count(helper) == 0


def test_an_emergency_that_is_ended_before_its_time(cast):
    nurse = makers.make_member(makers.make_organization(cast.environment, kind="visiting_nurse_station"))
    exception = actions.break_glass(client=cast.hana, ground="life", purpose="応答がない", by=nurse)
    tell(cast, nurse)

    actions.end_exception(exception=exception, by=nurse)

    assert unread_count(nurse) == 0


def test_an_emergency_whose_hours_are_over(cast):
    nurse = makers.make_member(makers.make_organization(cast.environment, kind="visiting_nurse_station"))
    exception = actions.break_glass(client=cast.hana, ground="life", purpose="応答がない", by=nurse)
    tell(cast, nurse)

    a_minute_later(exception.closes_at)

    assert unread_count(nurse) == 0


def test_a_transfer_that_takes_effect_today(cast):
    other = makers.make_member(makers.make_organization(cast.environment, kind="city_division"), role="desk")
    tell(cast, cast.tanaka, cast.sato)

    actions.plan_transfer(clients=[cast.hana.pk], target=other.organization, on=timezone.localdate(), by=cast.tanaka)

    assert (unread_count(cast.tanaka), unread_count(cast.sato)) == (0, 1)


def test_whoever_sees_the_client_by_something_else_keeps_what_they_were_told(cast):
    makers.make_exception(cast.hana, by=cast.suzuki)
    tell(cast, cast.suzuki)

    actions.end_seat(seat=cast.hana.seats.get(organization=cast.aozora), by=cast.sato)

    assert unread_count(cast.suzuki) == 1


def test_what_a_worker_has_missed_for_days_is_found_by_night_and_once(cast):
    tell(cast, cast.suzuki)
    ends = timezone.now() + timedelta(hours=1)
    cast.hana.consents.update(valid_to=ends)

    with time_machine.travel(ends + timedelta(days=4), tick=False):
        tasks.close_notices(timestamp=0)
        assert unread_count(cast.suzuki) == 1
        tasks.close_all_notices(timestamp=0)
        assert unread_count(cast.suzuki) == 0
        assert actions.close_by_date() == 0


def test_an_old_notification_learns_from_its_path_whom_it_is_about(cast):
    paths = {
        address("consents", cast, client_id=cast.hana.pk): cast.hana.pk,
        f"/e/{cast.environment.slug}/clients/": None,
        f"/e/{cast.environment.slug}/clients/{uuid4()}/": None,
        f"/e/{cast.environment.slug}/members/{cast.hana.pk}/": None,
    }
    for path in paths:
        notify(receivers=[cast.sato], sentence="Hello.", path=path)
    migration = import_module("apps.clients.migrations.0042_notices_know_their_client")
    with connection.cursor() as cursor:
        cursor.execute(migration.KNOW)

    assert dict(Notification.objects.filter(sentence="Hello.").values_list("path", "about")) == paths


def test_settling_is_another_thing_and_hides_nothing(browser_of, cast):
    tell(cast, cast.suzuki)
    settle(about=[cast.hana.pk])
    assert left_with(browser_of, cast.suzuki) == (0, True)

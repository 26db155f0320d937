"""What is told of consents: that one is awaited, until it has come, and that one ends, once and in time."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from apps.clients import actions
from apps.clients.models import ConsentRecord, ConsentReminder, Seat
from apps.notices.models import Notification
from apps.notices.queries import unread_count
from tests import makers
from tests.clients.addresses import address
from tests.clients.test_consent import given


def awaited(cast) -> Seat:
    return actions.give_seat(client=cast.hana, organization=cast.takahashi.organization, by=cast.sato)


def told(cast) -> Notification:
    return Notification.objects.get(receiver=cast.takahashi, about__isnull=False)


# -- awaited


def test_what_was_told_of_an_awaited_consent_is_settled_when_it_comes(browser_of, cast):
    awaited(cast)
    assert (told(cast).settled_at, unread_count(cast.takahashi)) == (None, 1)

    actions.record_consent(client=cast.hana, given=given(organizations=(cast.takahashi.organization,)), by=cast.tanaka)

    assert told(cast).settled_at is not None
    assert unread_count(cast.takahashi) == 0
    assert "対応済み" in browser_of(cast.takahashi).get(f"/e/{cast.environment.slug}/notices/").text


@pytest.mark.parametrize(
    "fields",
    [{"kinds": ("clinic",)}, {"purposes": ("introduction",), "kinds": ("home_help_office",)}],
    ids=["for others", "for another purpose"],
)
def test_a_consent_that_opens_nothing_to_them_settles_nothing(cast, fields):
    awaited(cast)

    actions.record_consent(client=cast.hana, given=given(**fields), by=cast.tanaka)

    assert told(cast).settled_at is None


def test_it_is_settled_when_the_seat_ends(cast):
    actions.end_seat(seat=awaited(cast), by=cast.sato)

    assert told(cast).settled_at is not None


def test_a_seat_that_ends_on_a_day_to_come_settles_it_on_that_day_and_once(cast):
    actions.end_seat(seat=awaited(cast), ends_at=timezone.now() + timedelta(days=3), by=cast.sato)
    assert actions.settle_awaited() == 0

    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert actions.settle_awaited() == 1
        assert actions.settle_awaited() == 0


def test_a_consent_that_begins_on_a_day_to_come_settles_it_on_that_day(cast):
    awaited(cast)
    begins = timezone.now() + timedelta(days=3)
    more = {"organizations": (cast.takahashi.organization,), "valid_from": begins}
    actions.record_consent(client=cast.hana, given=given(**more), by=cast.tanaka)
    assert actions.settle_awaited() == 0

    with time_machine.travel(begins + timedelta(hours=1)):
        assert actions.settle_awaited() == 1


# -- ending


def ends(cast, *, days: int, **fields) -> ConsentRecord:
    """For an office that no other consent covers."""
    until = timezone.now() + timedelta(days=days)
    offices = [cast.takahashi.organization]
    return makers.make_consent(cast.hana, by=cast.sato, organizations=offices, valid_to=until, **fields)


@pytest.mark.parametrize(("days", "announced"), [(29, 1), (31, 0)])
def test_those_in_charge_are_told_thirty_days_ahead_and_once(cast, days, announced):
    ends(cast, days=days)
    seat = cast.hana.seats.get(organization=cast.hidamari)
    makers.make_responsibility(makers.make_team_member(seat, cast.sato, "care_manager"))

    assert (actions.remind_of_consents(), actions.remind_of_consents()) == (announced, 0)

    found = Notification.objects.filter(sentence__contains="consent ends within 30 days")
    assert {one.receiver_id for one in found} == ({cast.sato.pk, cast.tanaka.pk} if announced else set())
    assert len(found) == 2 * announced
    assert {one.path for one in found} <= {address("consents", cast, client_id=cast.hana.pk)}


@pytest.mark.parametrize("why", ["renewed", "withdrawn", "of the family"])
def test_of_a_consent_that_need_not_be_renewed_nothing_is_told(cast, why):
    of_family = {"covers_family": True, "signer": "family", "relation": "長女"} if why == "of the family" else {}
    ending = ends(cast, days=9, **of_family)
    if why == "renewed":
        makers.make_consent(cast.hana, by=cast.sato, organizations=[cast.takahashi.organization])
    elif why == "withdrawn":
        actions.withdraw_consent(consent=ending, by=cast.sato)

    assert actions.remind_of_consents() == 0
    assert not ConsentReminder.objects.exists()

"""The door behind the QR code of a slip: the family changes and cancels without an account, and sees nobody's data."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from apps.audit.models import Entry
from apps.notices.models import Notification
from apps.visits import actions
from apps.visits.models import FamilyKey, Visit
from tests.facilities.makers import make_facility
from tests.visits.makers import make_held, make_slot, make_visit


@pytest.fixture
def facility(cast):
    return make_facility(cast.takahashi, organization=cast.takahashi.organization, name="こどもの家 つくし")


@pytest.fixture
def visit(cast, facility):
    held = actions.hold_place(
        slot=make_slot(cast.takahashi, facility), age_group="adult", need="車いす", client=cast.hana, by=cast.tanaka
    )
    return actions.book_visit(visit=held, by=cast.tanaka)


@pytest.fixture
def address(visit):
    return f"/v/{FamilyKey.objects.get(visit=visit).code}/"


def test_the_key_shows_when_and_where_and_nothing_of_anybody(client, visit, address):
    answer = client.get(address)
    shown = answer.content.decode()

    assert answer.status_code == 200 and "こどもの家 つくし" in shown
    assert not any(word in shown for word in ("佐々木", "車いす", "ささき"))


def test_the_family_cancels_and_both_sides_are_told(cast, client, visit, address):
    assert client.post(address, {"cancel": "1"}).status_code == 302

    visit.refresh_from_db()
    told = Notification.objects.filter(path__contains=str(visit.pk)).values_list("receiver__name", flat=True)
    assert (visit.ended_reason, visit.ended_by) == ("self", None)
    assert {cast.tanaka.name, cast.takahashi.name} <= set(told)
    entry = Entry.objects.get(verb="visits.cancelled")
    assert (entry.member_id, entry.client_id) == (None, cast.hana.pk)


def test_a_key_that_was_used_to_cancel_says_so(client, visit, address):
    client.post(address, {"cancel": "1"})

    again, looked = client.post(address, {"cancel": "1"}), client.get(address)

    assert (again.status_code, looked.status_code) == (410, 410)
    assert "取り消されています" in looked.content.decode()


def test_the_family_chooses_another_time_and_the_slip_stays_good(cast, client, visit, facility, address):
    other = make_slot(cast.takahashi, facility)

    answer = client.post(address, {"slot": str(other.pk)})

    moved = Visit.objects.get(moved_from=visit)
    visit.refresh_from_db()
    assert (answer.status_code, moved.slot, visit.ended_reason) == (302, other, "changed")
    assert client.post(address, {"cancel": "1"}).status_code == 302
    moved.refresh_from_db()
    assert moved.ended_reason == "self"


def test_a_time_that_was_just_taken_leaves_the_family_its_own(cast, client, visit, facility, address):
    other = make_slot(cast.takahashi, facility)
    make_held(other, cast.sato)

    answer = client.post(address, {"slot": str(other.pk)})

    visit.refresh_from_db()
    assert answer.status_code == 409 and visit.is_booked


@pytest.mark.parametrize("said", ["", "x", "elsewhere"])
def test_a_time_that_is_not_in_the_list_changes_nothing(cast, client, visit, address, said):
    sent = str(make_slot(cast.tanaka, make_facility(cast.tanaka)).pk) if said == "elsewhere" else said

    answer = client.post(address, {"slot": sent})

    visit.refresh_from_db()
    assert answer.status_code == 422 and visit.is_booked


def test_after_the_visit_the_key_says_that_it_is_over(client, visit, address):
    with time_machine.travel(visit.slot.ends_at + timedelta(hours=1)):
        answer, late = client.get(address), client.post(address, {"cancel": "1"})

    visit.refresh_from_db()
    assert (answer.status_code, late.status_code) == (410, 410) and visit.is_booked
    assert "終わりました" in answer.content.decode()


def test_after_the_cut_off_the_family_cancels_but_changes_nothing(cast, client, visit, facility, address):
    other = make_slot(cast.takahashi, facility, starts_at=visit.slot.starts_at + timedelta(days=2, hours=1))
    with time_machine.travel(visit.slot.closes_at + timedelta(minutes=1)):
        assert client.post(address, {"slot": str(other.pk)}).status_code == 410
        assert client.post(address, {"cancel": "1"}).status_code == 302


@pytest.mark.parametrize("code", ["x", "a" * 32, "あ", "a" * 200])
def test_an_unknown_key_is_answered_kindly(db, client, code):
    answer = client.get(f"/v/{code}/")

    assert answer.status_code == 404 and "QRコード" in answer.content.decode()


def test_whoever_guesses_keys_waits(db, client):
    codes = [client.get(f"/v/{'a' * 30}{nth:02}/").status_code for nth in range(25)]

    assert codes[0] == 404 and codes[-1] == 429


def test_the_slip_bears_no_name_and_is_in_the_ledger(cast, visit, browser_of):
    address = f"/e/{cast.environment.slug}/visits/{visit.pk}/slip/"

    answers = [browser_of(cast.tanaka).get(address + more) for more in ("", "?size=a4")]

    assert [answer.content[:5] for answer in answers] == [b"%PDF-"] * 2
    assert Entry.objects.filter(verb="visits.slip_printed", client_id=cast.hana.pk).count() == 2


@pytest.mark.parametrize("kind", ["held", "cancelled"])
def test_what_is_not_booked_has_no_slip(cast, facility, browser_of, kind):
    slot = make_slot(cast.takahashi, facility)
    visit = make_held(slot, cast.tanaka) if kind == "held" else make_visit(slot, cast.tanaka)
    if kind == "cancelled":
        visit.ends(at=timezone.now(), reason="desk", by=cast.tanaka)

    assert browser_of(cast.tanaka).get(f"/e/{cast.environment.slug}/visits/{visit.pk}/slip/").status_code == 409

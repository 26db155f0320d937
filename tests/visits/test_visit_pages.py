"""The pages of visits: what is refused there is said there, and what was typed stays; the same for programs."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from apps.visits import queries
from apps.visits.models import Slot, Visit
from tests.facilities.makers import make_facility
from tests.visits.makers import make_held, make_run_out, make_slot, make_visit


@pytest.fixture
def facility(cast):
    """Of suzuki's organization."""
    return make_facility(cast.suzuki, organization=cast.aozora)


@pytest.fixture
def here(cast):
    return f"/e/{cast.environment.slug}/"


def asked(**more):
    day = timezone.localdate() + timedelta(days=14)
    return {"day": day.isoformat(), "starts": "10:00", "minutes": "60", "capacity": "2", **more}


# -- pages


def test_a_facility_publishes_an_hour_from_its_form(cast, facility, here, browser_of):
    answer = browser_of(cast.suzuki).post(f"{here}facilities/{facility.pk}/visits/new/", asked(bring="母子手帳"))

    slot = Slot.objects.get()
    assert answer.status_code == 302
    assert (slot.capacity, slot.bring, slot.ends_at - slot.starts_at) == (2, "母子手帳", timedelta(hours=1))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"day": "2020-01-06"}, "過ぎた日時"),
        ({"starts": "23:30"}, "同じ日の始まりより後"),
        ({"weekly_until": "2099-01-01"}, "半年以内"),
        ({"capacity": "-1"}, "1 以上"),
        ({"day": "2027-02-30"}, "日付"),
    ],
)
def test_a_time_that_cannot_be_published_is_said_beside_what_was_typed(
    cast, facility, here, browser_of, said, sentence
):
    answer = browser_of(cast.suzuki).post(
        f"{here}facilities/{facility.pk}/visits/new/", asked(bring="母子手帳", **said)
    )

    assert answer.status_code == 422
    assert sentence in answer.content.decode() and "母子手帳" in answer.content.decode()
    assert not Slot.objects.exists()


def test_whoever_comes_second_is_offered_other_times(cast, facility, here, browser_of):
    slot, other = make_slot(cast.suzuki, facility), make_slot(cast.suzuki, facility)
    make_held(slot, cast.tanaka)

    answer = browser_of(cast.sato).post(f"{here}visits/times/{slot.pk}/hold/", {"age_group": "preschool"})

    assert answer.status_code == 409
    assert "最後の枠が埋まりました" in answer.content.decode() and str(other.pk) in answer.content.decode()


def test_a_hold_that_ran_out_leads_back_to_its_time(cast, facility, here, browser_of):
    visit = make_run_out(make_slot(cast.suzuki, facility), cast.sato)
    browser = browser_of(cast.sato)

    answer = browser.post(f"{here}visits/{visit.pk}/booking/")

    assert answer.url == f"{here}visits/times/{visit.slot_id}/"
    assert "5分が過ぎた" in browser.get(answer.url).content.decode()


def test_a_number_of_the_individual_is_not_told_to_a_facility(cast, facility, here, browser_of):
    slot = make_slot(cast.suzuki, facility)

    said = {"age_group": "preschool", "need": "番号は 1234 5678 9018 です"}
    answer = browser_of(cast.sato).post(f"{here}visits/times/{slot.pk}/hold/", said)

    assert answer.status_code == 422
    assert not Visit.objects.exists()


def test_a_withdrawal_says_whom_it_told(cast, facility, here, browser_of):
    slot = make_slot(cast.suzuki, facility)
    make_visit(slot, cast.sato)
    browser = browser_of(cast.suzuki)

    answer = browser.post(f"{here}visits/times/{slot.pk}/withdrawal/", {"reason": "staff"})

    assert "予約1件の相手に知らせました" in browser.get(answer.url).content.decode()


def test_the_list_shows_ones_own_visits_and_those_of_ones_facility(cast, facility, here, browser_of):
    make_visit(make_slot(cast.suzuki, facility), cast.sato)
    make_visit(make_slot(cast.tanaka, make_facility(cast.tanaka, name="べつの家")), cast.tanaka)

    def named(person):
        shown = browser_of(person).get(f"{here}visits/").content.decode()
        return facility.name in shown, "べつの家" in shown

    assert [named(cast.sato), named(cast.suzuki), named(cast.takahashi), named(cast.tanaka)] == [
        (True, False),
        (True, False),
        (False, False),
        (True, True),
    ]


def test_a_visit_that_is_over_stands_in_the_other_list(cast, facility, here, browser_of):
    visit = make_visit(make_slot(cast.suzuki, facility), cast.sato)
    with time_machine.travel(visit.slot.ends_at + timedelta(minutes=1)):
        browser = browser_of(cast.sato)

        assert facility.name not in browser.get(f"{here}visits/").content.decode()
        assert facility.name in browser.get(f"{here}visits/past/").content.decode()


# -- programs


@pytest.fixture
def api(cast, browser_of):
    def send(person, method, path, body=None):
        browser = browser_of(person)
        ask = getattr(browser, method)
        more = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        return ask(f"/api/v1/e/{cast.environment.slug}/{path}", **more)

    return send


def test_a_program_publishes_finds_holds_books_moves_and_cancels(cast, facility, api):
    day = (timezone.localdate() + timedelta(days=14)).isoformat()
    for starts, ends in (("10:00", "11:00"), ("13:00", "14:00")):
        said = {"day": day, "starts": starts, "ends": ends}
        assert api(cast.suzuki, "post", f"facilities/{facility.pk}/visits/", said).status_code == 201
    [found] = api(cast.sato, "post", "visits/find/", {"age": "preschool"}).json()
    first, second = (slot["id"] for slot in found["slots"])

    held = api(cast.sato, "post", f"visits/times/{first}/holds/", {"age_group": "preschool"}).json()
    booked = api(cast.sato, "post", f"visits/{held['id']}/booking/", {}).json()
    moved = api(cast.sato, "post", f"visits/{held['id']}/move/", {"slot": second}).json()
    cancelled = api(cast.suzuki, "post", f"visits/{moved['id']}/cancellation/", {"reason": "full"}).json()

    assert [one["state"] for one in (held, booked, moved, cancelled)] == ["pending", "booked", "booked", "cancelled"]
    assert api(cast.sato, "get", "visits/").json() == []


def test_a_program_that_comes_second_is_told_so_with_409(cast, facility, api):
    slot = make_slot(cast.suzuki, facility)
    make_visit(slot, cast.tanaka)

    answer = api(cast.sato, "post", f"visits/times/{slot.pk}/holds/", {"age_group": "preschool"})

    assert (answer.status_code, answer.json()["code"]) == (409, "slot_taken")


def test_a_facilitys_times_stand_in_their_order_and_a_day_once(cast, facility):
    later, sooner = make_slot(cast.suzuki, facility), make_slot(cast.suzuki, facility)
    make_visit(later, cast.sato)
    first = make_slot(cast.suzuki, facility, starts_at=min(later.starts_at, sooner.starts_at) - timedelta(days=2))

    days = queries.days_of(cast.suzuki, facility)

    shown = [slot for day in days for slot in day.slots]
    assert shown == sorted([first, later, sooner], key=lambda one: one.starts_at)
    assert len({day.day for day in days}) == len(days)

"""The way to the start for programs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.facilities.makers import make_facility
from tests.inquiries.makers import make_introduction
from tests.referrals.makers import ALL_THE_WAY, make_referral, make_way

BASE = "/api/v1/e/sakuragawa-care/"


@pytest.fixture
def facility(cast):
    return make_facility(cast.sato, organization=cast.takahashi.organization)


def test_a_program_goes_the_way(cast, facility, browser_of):
    browser, today = browser_of(cast.sato), timezone.localdate().isoformat()
    about = {"facility": str(facility.pk), "consulted_on": today}
    made = browser.post(f"{BASE}clients/{cast.hana.pk}/referrals/", about, content_type="application/json").json()
    steps = f"{BASE}referrals/{made['id']}/steps/"

    told = browser.post(steps, {"kind": "introduced", "happened_on": today}, content_type="application/json").json()
    assert (told["state"], told["steps"][0]["kind"]) == ("introduced", "introduced")
    assert "visit_booked" in told["possible"]
    back = browser.post(f"{steps}1/correction/", {"words": "誤り"}, content_type="application/json").json()

    assert (back["state"], back["steps"][1]["corrects"]) == ("consulted", 1)


def test_what_does_not_follow_is_a_conflict(cast, facility, browser_of):
    referral = make_referral(cast.hana, by=cast.sato, facility=facility)
    about = {"kind": "started", "happened_on": timezone.localdate().isoformat()}

    answer = browser_of(cast.sato).post(f"{BASE}referrals/{referral.pk}/steps/", about, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (409, "step_not_possible")


@pytest.mark.parametrize(("named", "client"), [(False, None), (True, "hana")])
def test_a_facility_reads_the_name_by_consent_alone(cast, facility, browser_of, named, client):
    make_way(make_referral(cast.hana, by=cast.sato, facility=facility), "introduced", by=cast.sato)
    if named:
        make_introduction(cast.hana, by=cast.sato, to=[cast.takahashi.organization])

    [row] = browser_of(cast.takahashi).get(f"{BASE}referrals/").json()["results"]

    assert row["client"] == (str(cast.hana.pk) if client else None)


def test_what_is_over_is_told_when_asked_for(cast, facility, browser_of):
    make_way(make_referral(cast.hana, by=cast.sato, facility=facility), "withdrawn", by=cast.sato)
    browser = browser_of(cast.sato)

    assert browser.get(f"{BASE}referrals/").json()["count"] == 0
    assert browser.get(f"{BASE}referrals/?over=true").json()["count"] == 1


def test_the_days_are_the_same_as_on_the_page(cast, facility, browser_of):
    make_way(make_referral(cast.hana, by=cast.sato, facility=facility), *ALL_THE_WAY, by=cast.sato)

    city = browser_of(cast.tanaka).get(f"{BASE}referrals/days/").json()
    other = browser_of(cast.sato).get(f"{BASE}referrals/days/").json()

    assert (city["is_masked"], city["rows"][0]["median"], city["rows"][0]["operator"]) == (False, 60, "")
    assert (other["is_masked"], other["rows"][0]["count"]) == (True, None)


@pytest.mark.parametrize(
    ("about", "code"),
    [
        ({"facility": "00000000-0000-4000-8000-000000000000"}, "referral_facility_closed"),
        ({"consulted_on": (timezone.localdate() + timedelta(days=2)).isoformat()}, "step_in_the_future"),
    ],
)
def test_what_cannot_be_approached_is_said_so(cast, facility, browser_of, about, code):
    about = {"facility": str(facility.pk), "consulted_on": timezone.localdate().isoformat(), **about}

    answer = browser_of(cast.sato).post(
        f"{BASE}clients/{cast.hana.pk}/referrals/", about, content_type="application/json"
    )

    assert answer.json()["code"] == code

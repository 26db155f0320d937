"""Facilities and the board for programs: what pages show, and no more."""

import pytest
from django_scopes import scope

from tests.facilities.makers import make_answer, make_area, make_district, make_facility, make_kind

API = "/api/v1/e/sakuragawa-care/"
STATED = {"cells": {"mon.afternoon.preschool": 2, "tue.morning.preschool": "ask"}, "from": "2027-04-01"}


@pytest.fixture
def facility(cast):
    """Of takahashi's organization."""
    return make_facility(cast.tanaka, organization=cast.takahashi.organization, name="そよかぜ")


def post(browser, address, body):
    return browser.post(f"{API}{address}", body, content_type="application/json")


def test_a_facility_states_and_confirms_its_places(cast, browser_of, facility):
    browser = browser_of(cast.takahashi)

    stated = post(browser, f"facilities/{facility.pk}/answers/", STATED)
    assert stated.status_code == 201
    assert stated.json()["stated"]["cells"] == STATED["cells"]
    again = post(browser, f"facilities/{facility.pk}/confirmation/", {})

    assert again.json() | {"confirmed_at": 0} == {
        **stated.json(),
        "number": 2,
        "is_unchanged": True,
        "confirmed_at": 0,
    }
    listed = browser.get(f"{API}facilities/{facility.pk}/answers/").json()
    assert [one["number"] for one in listed] == [2, 1]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"cells": {}},
        {"cells": {"mon.noon.preschool": "free"}},
        {"cells": {"mon.morning.preschool": 100}},
        {"cells": {"mon.morning.preschool": True}},
        {"cells": []},
        {**STATED, "remarks": "あ" * 501},
        {**STATED, "from": "2027-02-30"},
        {**STATED, "districts": ["nowhere"]},
        {**STATED, "districts": ["00000000-0000-4000-8000-000000000000"]},
        {**STATED, "ages": ["old"]},
    ],
)
def test_an_answer_of_another_shape_is_refused_and_nothing_is_kept(cast, browser_of, facility, body):
    answer = post(browser_of(cast.takahashi), f"facilities/{facility.pk}/answers/", body)

    assert answer.status_code in (400, 422)
    assert answer.json()["sentence"]
    assert not facility.answers.exists()


def test_answers_are_told_to_those_who_see_them_on_the_board(cast, browser_of, facility):
    make_answer(facility, by=cast.takahashi)
    make_facility(cast.tanaka, organization=cast.suzuki.organization)
    address = f"{API}facilities/{facility.pk}/answers/"

    told = {person: browser_of(cast[person]).get(address).status_code for person in ("sato", "suzuki", "matsumoto")}

    assert told == {"sato": 200, "suzuki": 403, "matsumoto": 404}
    assert browser_of(cast.watanabe).get(address).status_code == 404


def test_the_board_finds_what_is_asked_for_and_says_why(cast, browser_of, facility):
    district = make_district(cast.ito, "本町", latitude=39.0, longitude=141.0)
    make_area(facility, district)
    make_answer(facility, by=cast.takahashi)
    asked = {"age": "preschool", "weekdays": ["mon", "tue"], "district": str(district.pk)}

    found = post(browser_of(cast.sato), "availability/", asked).json()

    assert found["found"] == 1
    [row] = found["rows"]
    assert (row["free_days"], row["fit"], row["districts"]) == (["mon"], "月に空きあり", ["本町"])
    assert post(browser_of(cast.sato), "availability/", {**asked, "weekdays": ["tue"]}).json()["full"] == 1
    assert post(browser_of(cast.sato), "availability/", {**asked, "weekdays": ["day"]}).status_code == 400


def test_the_desk_writes_a_facility_down(cast, browser_of):
    district = make_district(cast.ito)
    body = {"name": "ほたる", "kind": make_kind().pk, "age_groups": ["primary"], "districts": [str(district.pk)]}

    made = post(browser_of(cast.tanaka), "facilities/", body)

    assert made.status_code == 201
    assert [one["id"] for one in made.json()["districts"]] == [str(district.pk)]
    assert post(browser_of(cast.tanaka), "facilities/", body).status_code == 422
    assert post(browser_of(cast.sato), "facilities/", body).status_code == 403
    listed = browser_of(cast.sato).get(f"{API}facilities/").json()
    assert [one["name"] for one in listed] == ["ほたる"]


def test_an_organization_of_another_environment_owns_no_facility_here(cast, browser_of):
    with scope(environment=cast.elsewhere):
        theirs = cast.watanabe.organization_id
    body = {"name": "ほたる", "kind": make_kind().pk, "organization": str(theirs)}

    assert post(browser_of(cast.tanaka), "facilities/", body).status_code == 400
    assert post(browser_of(cast.tanaka), "facilities/", {**body, "organization": None}).status_code == 201


def test_the_list_of_school_districts_is_kept_by_a_program(cast, browser_of):
    browser, at = browser_of(cast.ito), f"{API}school-districts/"
    told = {"name": "中央小", "number": 2, "latitude": 38.7, "longitude": 141.2}

    made = post(browser, "school-districts/", told)
    assert (made.status_code, made.json()) == (201, told | {"id": made.json()["id"]})
    one = f"{at}{made.json()['id']}/"
    changed = browser.put(one, {**told, "name": "中央小学校"}, content_type="application/json")
    assert changed.json()["name"] == "中央小学校"
    assert [row["name"] for row in browser_of(cast.sato).get(at).json()] == ["中央小学校"]
    assert browser.delete(one).status_code == 204
    assert browser.get(at).json() == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": ""},
        {"name": "長" * 61},
        {"name": "a", "number": -1},
        {"name": "a", "latitude": 38.7},
        {"name": "a", "latitude": 0, "longitude": 0},
    ],
)
def test_a_school_district_of_another_shape_is_refused(cast, browser_of, body):
    answer = post(browser_of(cast.ito), "school-districts/", body)

    assert (answer.status_code, bool(answer.json()["sentence"])) == (400, True)
    assert browser_of(cast.ito).get(f"{API}school-districts/").json() == []


def test_two_school_districts_of_one_name_are_refused(cast, browser_of):
    make_district(cast.ito, "中央小")

    assert post(browser_of(cast.ito), "school-districts/", {"name": "中央小"}).json()["code"] == "district_known"


def test_a_program_says_to_whom_the_board_is_shown(cast, browser_of):
    browser, at = browser_of(cast.ito), f"{API}availability/publication/"

    assert browser.get(at).json() == {"shown_to": "partners"}
    assert browser.put(at, {"shown_to": "city"}, content_type="application/json").json() == {"shown_to": "city"}
    assert browser.put(at, {"shown_to": "mars"}, content_type="application/json").status_code == 400
    assert browser.get(at).json() == {"shown_to": "city"}
    assert browser_of(cast.sato).put(at, {"shown_to": "city"}, content_type="application/json").status_code == 403

"""The pages of facilities and of the board as plain requests."""

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.facilities.models import BoardPolicy, Facility, SchoolDistrict
from tests.facilities.makers import make_answer, make_area, make_district, make_facility, make_kind
from tests.facilities.test_facilities import make_service

BASE = "/e/sakuragawa-care/"


@pytest.fixture
def facility(cast):
    """Of takahashi's organization; it answered three days ago."""
    found = make_facility(cast.tanaka, organization=cast.takahashi.organization, name="そよかぜ")
    make_answer(found, by=cast.takahashi, days_ago=3, remarks="送迎は本町まで")
    return found


def board_of(browser, **asked):
    return browser.post(f"{BASE}availability/", asked).context["board"]


# -- adding


def test_many_services_are_ticked_and_added_at_once(cast, browser_of):
    here = cast.environment.municipality
    services = [make_service(f"03506{number:05}", municipality=here) for number in range(3)]
    elsewhere = make_service("0350700001", "22", municipality=here)
    browser = browser_of(cast.tanaka)

    offered = browser.get(f"{BASE}facilities/directory/").context["found"]
    assert set(offered) == set(services)
    answer = browser.post(f"{BASE}facilities/directory/", {"services": [one.pk for one in services[:2]]})

    assert answer["Location"] == f"{BASE}facilities/"
    assert Facility.objects.count() == 2
    assert browser.get(f"{BASE}facilities/directory/").context["found"] == services[2:]
    asked = browser.post(f"{BASE}facilities/directory/", {"find": "1", "kind": "022", "municipality": here.pk})
    assert asked.context["found"] == [elsewhere]


def test_whoever_ticks_nothing_is_told_so(cast, browser_of):
    answer = browser_of(cast.tanaka).post(f"{BASE}facilities/directory/", {"kind": "children"})

    assert answer.status_code == 422
    assert "施設を一つ以上選んでください。" in answer.content.decode()


def test_a_facility_with_only_a_fax_is_written_down_by_hand(cast, browser_of):
    district = make_district(cast.ito)
    sent = {
        "name": "ほたる",
        "kind": make_kind().pk,
        "fax": "0197000002",
        "postal_code": "024-0001",
        "age_groups": ["preschool", "primary"],
        "districts": [str(district.pk)],
        "picks_up": "on",
    }

    answer = browser_of(cast.tanaka).post(f"{BASE}facilities/new/", sent)

    made = Facility.objects.get()
    assert answer["Location"] == f"{BASE}facilities/{made.pk}/"
    assert (made.postal_code, made.has_account, list(made.districts.all())) == ("0240001", False, [district])
    assert made.age_groups == ["preschool", "primary"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name": ""}, "必須"),
        ({"postal_code": "123"}, "郵便番号は7桁で入力してください。"),
        ({"latitude": "39.3"}, "緯度と経度は、両方入力するか、両方とも空欄にしてください。"),
        ({"latitude": "1", "longitude": "140"}, "日本国内の位置ではありません。"),
        ({"capacity": "0"}, "1"),
        ({"districts": ["nowhere"]}, "nowhere"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(cast, browser_of, sent, said):
    make_district(cast.ito)
    whole = {"name": "ほたる", "kind": make_kind().pk, "age_groups": ["preschool"], **sent}

    answer = browser_of(cast.tanaka).post(f"{BASE}facilities/new/", whole)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Facility.objects.exists()


def test_the_same_facility_is_not_written_down_twice(cast, browser_of):
    make_facility(cast.tanaka, name="ほたる")

    answer = browser_of(cast.tanaka).post(f"{BASE}facilities/new/", {"name": "ほたる", "kind": make_kind().pk})

    assert answer.status_code == 422
    assert "この施設はすでに一覧にあります" in answer.content.decode()


def test_what_is_known_is_changed_and_a_closed_one_leaves_the_list(cast, browser_of, facility):
    browser = browser_of(cast.tanaka)
    form = browser.get(f"{BASE}facilities/{facility.pk}/change/").context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value()}

    browser.post(f"{BASE}facilities/{facility.pk}/change/", {**sent, "capacity": "12", "closed_on": "2026-01-01"})

    facility.refresh_from_db()
    assert (facility.capacity, facility.is_closed) == (12, True)
    assert facility.organization == cast.takahashi.organization
    assert browser.get(f"{BASE}facilities/").context["rows"] == []
    assert browser.post(f"{BASE}facilities/", {"closed": "on"}).context["rows"] == [facility]


@pytest.mark.parametrize("typed", ["ソヨカゼ", "そよ かぜ", "本町"])
def test_a_facility_is_found_by_name_and_address_in_any_width(cast, browser_of, typed):
    found = make_facility(cast.tanaka, name="そよかぜ", address="さくら川市本町1")
    make_facility(cast.tanaka, name="ほたる")

    assert browser_of(cast.sato).post(f"{BASE}facilities/", {"q": typed}).context["rows"] == [found]


# -- answering


def cell_of(mark, name="answer.mon.afternoon.preschool"):
    return {name: mark}


def test_a_facility_states_its_places_with_lists_alone(cast, browser_of, facility):
    sent = {**cell_of("3"), "answer.from_when": "2027-04-01", "answer.medical_care": "yes", "answer.remarks": "4月から"}

    answer = browser_of(cast.takahashi).post(f"{BASE}facilities/{facility.pk}/availability/", sent)

    assert answer["Location"] == f"{BASE}facilities/{facility.pk}/"
    newest = facility.answers.get(number=2)
    assert (newest.cells, newest.medical_care, str(newest.from_when)) == (
        {"mon.afternoon.preschool": 3},
        True,
        "2027-04-01",
    )


def test_the_form_begins_with_the_last_answer_and_one_button_says_it_again(cast, browser_of, facility):
    browser = browser_of(cast.takahashi)
    page = browser.get(f"{BASE}facilities/{facility.pk}/availability/").content.decode()
    assert 'name="answer.mon.afternoon.preschool" aria-label="月 午後 未就学" data-last="free"' in page

    browser.post(f"{BASE}facilities/{facility.pk}/availability/", {**cell_of("full"), "answer.same": "1"})

    assert facility.answers.get(number=2).stated == facility.answers.get(number=1).stated


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"x": "1"}, "まだ何も入力されていません"),
        (cell_of("many"), "空き状況を読み取れませんでした"),
        (cell_of("100"), "空き状況を読み取れませんでした"),
        ({**cell_of("free"), "answer.remarks": "あ" * 501}, "500"),
        ({**cell_of("free"), "answer.remarks": "123456789018"}, "個人番号"),
        ({**cell_of("free"), "answer.from_when": "soon"}, "日付"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_with_a_sentence(cast, browser_of, facility, sent, said):
    answer = browser_of(cast.takahashi).post(f"{BASE}facilities/{facility.pk}/availability/", sent)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert facility.answers.count() == 1


def test_one_press_confirms_and_others_are_forbidden_to(cast, browser_of, facility):
    address = f"{BASE}facilities/{facility.pk}/confirmation/"

    assert browser_of(cast.takahashi).post(address).status_code == 302
    assert browser_of(cast.tanaka).post(address).status_code == 302
    assert browser_of(cast.sato).post(address).status_code == 403
    assert list(facility.answers.values_list("source", "is_unchanged")) == [
        ("own", False),
        ("own", True),
        ("desk", True),
    ]


def test_a_facilitys_page_shows_its_answers_to_those_who_may_see_them(cast, browser_of, facility):
    make_facility(cast.tanaka, organization=cast.suzuki.organization)
    seen = {
        person: "送迎は本町まで" in browser_of(cast[person]).get(f"{BASE}facilities/{facility.pk}/").content.decode()
        for person in ("tanaka", "takahashi", "sato", "suzuki")
    }

    # suzuki's organization has a facility of its own: one competitor does not read the other.
    assert seen == {"tanaka": True, "takahashi": True, "sato": True, "suzuki": False}


# -- the board


def test_the_board_greys_after_14_days_and_hides_after_30(cast, browser_of):
    ages = {days: make_facility(cast.tanaka, name=f"{days}日") for days in (1, 15, 31)}
    for days, facility in ages.items():
        make_answer(facility, by=cast.tanaka, days_ago=days)
    browser = browser_of(cast.sato)

    board = board_of(browser)
    assert [(row.facility, row.is_old) for row in board.rows] == [(ages[1], False), (ages[15], True)]
    assert board.too_old == 1
    assert [row.facility for row in board_of(browser, old_too="on").rows] == [ages[1], ages[15], ages[31]]
    assert "15日前に確認" in browser.get(f"{BASE}availability/").content.decode()


def test_the_newest_answer_counts(cast, browser_of, facility):
    make_answer(facility, by=cast.takahashi, number=2, cells={"mon.afternoon.preschool": "full"})

    assert board_of(browser_of(cast.sato), weekdays=["mon"]).full == 1


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"weekdays": ["mon"]}, ["free", "ask"]),
        ({"weekdays": ["mon", "tue"]}, ["ask", "free"]),
        ({"weekdays": ["mon"], "bands": ["morning"]}, []),
        ({"weekdays": ["mon"], "full_too": "on"}, ["free", "ask", "full"]),
        ({"age": "primary"}, []),
        ({"age": "preschool", "bands": ["afternoon"]}, ["ask", "free"]),
    ],
)
def test_those_with_places_on_most_of_the_days_come_first(cast, browser_of, asked, found):
    said = {
        "free": {"mon.afternoon.preschool": 1},
        "ask": {"mon.afternoon.preschool": "ask", "tue.afternoon.preschool": "free", "wed.afternoon.preschool": "ask"},
        "full": {"mon.afternoon.preschool": "full"},
    }
    for name, cells in said.items():
        make_answer(make_facility(cast.tanaka, name=name), by=cast.tanaka, cells=cells)

    rows = board_of(browser_of(cast.sato), **asked).rows

    assert [row.facility.name for row in rows] == found


def test_needs_and_school_districts_narrow_the_board_as_they_were_said_last(cast, browser_of):
    here, there = make_district(cast.ito), make_district(cast.ito)
    known = make_facility(cast.tanaka, name="known", takes_medical_care=True, picks_up=True)
    make_area(known, here)
    make_answer(known, by=cast.tanaka)
    said = make_facility(cast.tanaka, name="said")
    make_area(said, here)
    make_answer(said, by=cast.tanaka, medical_care=True, districts=[there.pk])
    taken_back = make_facility(cast.tanaka, name="taken back", takes_medical_care=True)
    make_answer(taken_back, by=cast.tanaka, medical_care=False)
    browser = browser_of(cast.sato)

    def names(**asked):
        return {row.facility.name for row in board_of(browser, **asked).rows}

    assert names() == {"known", "said", "taken back"}
    assert names(needs_medical_care="on") == {"known", "said"}
    assert names(picked_up="on") == {"known"}
    assert names(district=str(here.pk)) == {"known"}
    assert names(district=str(there.pk)) == {"said"}


def test_of_equal_ones_the_nearest_comes_first_and_the_farthest_is_left_out(cast, browser_of):
    school = make_district(cast.ito, latitude=39.0, longitude=141.0)
    for name, latitude in (("far", 39.3), ("near", 39.01), ("middle", 39.05)):
        one = make_facility(cast.tanaka, name=name, latitude=latitude, longitude=141.0)
        make_answer(one, by=cast.tanaka)
    make_answer(make_facility(cast.tanaka, name="nowhere"), by=cast.tanaka)
    browser = browser_of(cast.sato)

    rows = board_of(browser, near=str(school.pk)).rows
    assert [row.facility.name for row in rows] == ["near", "middle", "far", "nowhere"]
    # One degree of latitude is 111.2 km.
    assert [round(row.distance_km, 1) for row in rows[:3]] == [1.1, 5.6, 33.4]
    near = board_of(browser, near=str(school.pk), within_km="10").rows
    assert [row.facility.name for row in near] == ["near", "middle"]


def test_whoever_has_never_answered_is_shown_where_nothing_is_asked(cast, browser_of):
    make_facility(cast.tanaka)
    browser = browser_of(cast.tanaka)

    assert board_of(browser).found == 1
    assert board_of(browser, age="preschool").unanswered == 1


def test_a_facilitys_own_people_see_their_own_until_the_board_is_published(cast, browser_of, facility):
    make_answer(make_facility(cast.tanaka), by=cast.tanaka)
    admin = browser_of(cast.ito)

    assert board_of(browser_of(cast.takahashi)).found == 1
    answer = admin.post(f"{BASE}availability/publication/", {"shown_to": "everybody"})
    assert answer["Location"] == f"{BASE}availability/"
    assert board_of(browser_of(cast.takahashi)).found == 2
    admin.post(f"{BASE}availability/publication/", {"shown_to": "city"})
    assert board_of(browser_of(cast.sato)).found == 0
    assert BoardPolicy.objects.count() == 1


def test_an_odd_question_is_answered_with_everything(cast, browser_of, facility):
    asked = {"age": "old", "weekdays": "mon", "district": "x", "near": "y", "within_km": "-1", "page": "z"}

    answer = browser_of(cast.tanaka).post(f"{BASE}availability/", asked)

    assert answer.status_code == 200
    assert answer.context["board"].found == 1


def test_the_board_asks_as_often_for_many_as_for_few(cast, browser_of, facility):
    browser, district = browser_of(cast.tanaka), make_district(cast.ito)
    asked = {"weekdays": ["mon"], "district": str(district.pk), "near": str(district.pk)}
    make_area(facility, district)

    def questions():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert board_of(browser, **asked).found
        return len(seen)

    questions()
    few = questions()
    for _ in range(12):
        one = make_facility(cast.tanaka, organization=cast.suzuki.organization)
        make_area(one, district)
        make_answer(one, by=cast.suzuki)

    assert questions() == few


def test_an_open_board_is_told_when_nothing_is_new_and_shown_what_is(cast, browser_of, facility):
    browser, here = browser_of(cast.tanaka), f"{BASE}availability/"
    asked = {"weekdays": ["mon"], "known": board_of(browser, weekdays=["mon"]).stamp}

    assert browser.post(here, asked, headers={"HX-Request": "true"}).status_code == 204
    make_answer(facility, by=cast.takahashi, number=2)
    answer = browser.post(here, asked, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.context["board"].stamp != asked["known"]) == (200, True)
    assert 'hx-trigger="every 10s"' in answer.content.decode()


def test_the_printed_board_holds_all_that_was_found(cast, browser_of):
    for number in range(40):
        make_answer(make_facility(cast.tanaka, name=f"施設{number:02}"), by=cast.tanaka)

    printed = browser_of(cast.tanaka).post(f"{BASE}availability/paper/", {"weekdays": ["mon"]})

    assert printed["Content-Type"] == "application/pdf"
    said = words_in(printed.content)
    assert all(f"施設{number:02}" in said for number in range(40))


def test_the_printed_board_says_how_old_each_answer_is(cast, browser_of):
    make_answer(make_facility(cast.tanaka, fax="0123-45-9999"), by=cast.tanaka, days_ago=16, remarks="看護師は月曜のみ")
    make_facility(cast.tanaka, name="まだ答えていない施設")

    said = words_in(browser_of(cast.tanaka).get(f"{BASE}availability/paper/").content)

    for word in ("16日前に確認", "再確認", "看護師は月曜のみ", "0123-45-9999", "まだ答えていない施設", "未回答"):
        assert word in said


def words_in(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


# -- school districts


def test_the_admin_keeps_the_school_districts(cast, browser_of):
    browser, sent = (
        browser_of(cast.ito),
        {"name": "本町小学校区", "number": "2", "latitude": "39.3", "longitude": "141"},
    )

    browser.post(f"{BASE}school-districts/", sent)
    made = SchoolDistrict.objects.get()
    assert browser.post(f"{BASE}school-districts/", sent).status_code == 422
    browser.post(f"{BASE}school-districts/{made.pk}/", {"name": "元町小学校区", "number": "1"})
    made.refresh_from_db()
    assert (made.name, made.number, made.is_located) == ("元町小学校区", 1, False)
    assert browser.post(f"{BASE}school-districts/", {**sent, "longitude": ""}).status_code == 422
    browser.post(f"{BASE}school-districts/{made.pk}/removal/")

    assert not SchoolDistrict.objects.exists()

"""The pages: finding an office and reading what the lists say of it, with a constant number of queries."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.directory.actions import import_file
from apps.directory.models import Office
from tests.directory import files
from tests.directory.files import NUMBERS, TARUMIZU

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def list_page(cast, browser_of):
    browser = browser_of(cast.sato)
    address = reverse("directory:offices", kwargs={"slug": cast.environment.slug})

    def get(query="", **headers):
        return browser.get(f"{address}{query}", **headers)

    return get


@pytest.fixture
def office_page(cast, browser_of):
    browser = browser_of(cast.sato)

    def get(office_id):
        slug = cast.environment.slug
        return browser.get(reverse("directory:office", kwargs={"slug": slug, "office_id": office_id}))

    return get


def text(response):
    return response.content.decode()


def many(folder, count, **values):
    rows = [{"事業所番号": f"03706{number:05}", "事業所名": f"さくら{number}番", **values} for number in range(count)]
    return import_file(path=files.kaigo(folder, *rows), edition_on=date(2025, 12, 31))


def queries(get):
    with CaptureQueriesContext(connection) as asked:
        assert get().status_code == 200
    return len(asked)


def test_the_page_opens_with_the_offices_of_the_environments_municipality(towns, tmp_path, list_page):
    import_file(path=files.kaigo(tmp_path, {}, TARUMIZU))

    shown = text(list_page())

    assert "さくらケアプランセンター" in shown
    assert "たるみずケアプラン" not in shown


def test_everywhere_is_everywhere(towns, tmp_path, list_page):
    import_file(path=files.kaigo(tmp_path, {}, TARUMIZU))

    shown = text(list_page("?q=&kind=&municipality="))

    assert "さくらケアプランセンター" in shown
    assert "たるみずケアプラン" in shown


def test_words_kind_and_municipality_narrow_the_page(towns, tmp_path, list_page):
    import_file(path=files.kaigo(tmp_path, {}, {"事業所番号": NUMBERS[1], "事業所名": "ひまわり", "事業所名カナ": ""}))

    shown = text(list_page("?q=ｻｸﾗ&kind=430&municipality=032069"))

    assert "さくらケアプランセンター" in shown
    assert "ひまわり" not in shown


def test_a_fragment_is_swapped_for_htmx_and_a_page_for_everybody_else(towns, tmp_path, list_page):
    many(tmp_path, 2)

    fragment, whole = text(list_page("?q=さくら", **HTMX)), text(list_page("?q=さくら"))

    assert "<html" not in fragment
    assert "<html" in whole
    assert "さくら1番" in fragment
    assert "さくら1番" in whole


def test_the_results_are_counted_and_paged(towns, tmp_path, list_page):
    many(tmp_path, 45)

    first, last = list_page("?q=さくら"), list_page("?q=さくら&page=3")

    assert "45" in text(first)
    assert [response.context["page"].number for response in (first, last)] == [1, 3]
    assert len(last.context["page"].object_list) == 5
    assert "page=2" in text(first)


@pytest.mark.parametrize("number", ["0", "999", "x", "-1"])
def test_a_page_that_does_not_exist_is_answered_with_one_that_does(towns, tmp_path, list_page, number):
    many(tmp_path, 2)

    assert list_page(f"?q=さくら&page={number}").status_code == 200


@pytest.mark.parametrize("query", ["?kind=999", "?municipality=999999", "?q=" + "あ" * 101, "?q=%00"])
def test_a_search_that_cannot_be_understood_comes_back_with_a_sentence(towns, list_page, query):
    plain, swapped = list_page(query), list_page(query, **HTMX)

    assert (plain.status_code, swapped.status_code) == (422, 422)
    assert 'class="trouble"' in text(plain)
    assert 'class="trouble"' in text(swapped)


def test_nothing_found_says_what_to_do_next(towns, tmp_path, list_page):
    many(tmp_path, 1)

    shown = text(list_page("?q=存在しない&municipality=032069"))

    assert 'class="empty"' in shown
    assert 'href="?q=%E5%AD%98%E5%9C%A8%E3%81%97%E3%81%AA%E3%81%84&amp;municipality="' in shown


def test_an_empty_directory_says_who_can_fill_it(towns, list_page):
    shown = list_page()

    assert shown.context["sources"] == []
    assert 'class="empty"' in text(shown)


def test_phones_can_be_called_and_texts_that_are_none_are_only_shown(towns, tmp_path, list_page):
    import_file(path=files.kaigo(tmp_path, {}, {"事業所番号": NUMBERS[1], "電話番号": "0197-00（代表）"}))

    shown = text(list_page("?q=さくら"))

    assert 'href="tel:0197000001"' in shown
    assert "0197-00（代表）" in shown
    assert shown.count("tel:") == 1


def test_the_pages_name_the_publisher_and_the_date_of_the_data(towns, tmp_path, list_page, office_page):
    many(tmp_path, 1)

    for shown in (text(list_page("?q=さくら")), text(office_page(Office.objects.get().pk))):
        assert "出典：厚生労働省 介護サービス情報公表システム（加工して作成）" in shown
        assert "2025年12月31日" in shown


def test_the_office_page_shows_every_service_and_what_is_its_own(towns, tmp_path, office_page):
    import_file(path=files.shogai(tmp_path, {}))
    import_file(
        path=files.shogai(
            tmp_path,
            {"サービス種別": "放課後等デイサービス", "事業所住所（番地以降）": "別の町9-9", "定員": ""},
            name="csvdownload065.csv",
        )
    )

    shown = text(office_page(Office.objects.get().pk))

    assert "児童発達支援" in shown
    assert "放課後等デイサービス" in shown
    assert "岩手県北上市架空町2-2" in shown
    assert "岩手県北上市別の町9-9" in shown
    assert "09:00-18:00" in shown
    assert "出典：独立行政法人福祉医療機構" in shown


def test_the_office_page_calls_faxes_and_points_without_asking_anybody_else(towns, tmp_path, office_page):
    import_file(path=files.kaigo(tmp_path, {}))

    shown = text(office_page(Office.objects.get().pk))

    assert 'href="tel:0197000001"' in shown
    assert 'href="tel:0197000002"' in shown
    assert 'href="geo:39.28600,141.11300?q=39.28600,141.11300"' in shown
    assert not re.search(r'(?:src|action|hx-get)="https?:', shown)


def test_an_office_without_a_location_has_no_link_to_a_map(towns, tmp_path, office_page):
    import_file(path=files.kaigo(tmp_path, {"緯度": "0.0", "経度": "0.0"}))

    assert "geo:" not in text(office_page(Office.objects.get().pk))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "準備中", 'https://x.example/"onclick="x'])
def test_only_web_addresses_become_links(towns, tmp_path, office_page, url):
    import_file(path=files.kaigo(tmp_path, {"URL": url}))

    assert "office-web" not in text(office_page(Office.objects.get().pk))


def test_written_out_line_breaks_are_shown_as_line_breaks_and_markup_is_not(towns, tmp_path, office_page):
    import_file(path=files.kaigo(tmp_path, {"利用可能曜日特記事項": "年末は休み（改行）<b>要相談</b>"}))

    assert "年末は休み<br>&lt;b&gt;要相談&lt;/b&gt;" in text(office_page(Office.objects.get().pk))


def test_a_closed_service_is_shown_with_its_last_day(towns, tmp_path, office_page):
    many(tmp_path, 2)
    closed = Office.objects.get(office_number="0370600001")
    many(tmp_path, 1)

    assert "data-closed" in text(office_page(closed.pk))
    assert "data-closed" not in text(office_page(Office.objects.get(office_number="0370600000").pk))


def test_an_office_that_does_not_exist_is_not_here(towns, office_page):
    assert office_page(uuid4()).status_code == 404


def test_the_list_asks_the_database_as_often_for_two_offices_as_for_twenty(towns, tmp_path, list_page):
    many(tmp_path, 2)
    list_page("?q=さくら")
    few = queries(lambda: list_page("?q=さくら"))
    many(tmp_path, 30)

    assert queries(lambda: list_page("?q=さくら")) == few


def test_the_office_page_asks_as_often_for_one_service_as_for_three(towns, tmp_path, office_page):
    import_file(path=files.shogai(tmp_path, {}))
    office = Office.objects.get()
    office_page(office.pk)
    few = queries(lambda: office_page(office.pk))
    for code in ("065", "067", "070"):
        import_file(path=files.shogai(tmp_path, {}, name=f"csvdownload{code}.csv"))

    assert queries(lambda: office_page(office.pk)) == few


# -- pickers


@pytest.fixture
def pick(cast, browser_of):
    browser = browser_of(cast.ito)

    def get(name, query="", **headers):
        return browser.get(reverse(f"directory:{name}", kwargs={"slug": cast.environment.slug}) + query, **headers)

    return get


def test_an_office_is_picked_by_one_of_radio_cards(towns, tmp_path, pick):
    import_file(path=files.kaigo(tmp_path, {}))

    shown = text(pick("pick_office", "?q=さくら", **HTMX))

    assert f'<input type="radio" name="office" value="{Office.objects.get().pk}">' in shown
    assert "居宅介護支援 岩手県北上市架空町1-1" in shown
    assert "<html" not in shown


def test_several_offices_are_picked_by_checkboxes_under_the_name_asked_for(towns, tmp_path, pick):
    import_file(path=files.kaigo(tmp_path, {}))

    assert '<input type="checkbox" name="partners" ' in text(pick("pick_office", "?q=さ&many=1&name=partners", **HTMX))


def test_a_municipality_is_picked_by_its_reading(towns, pick):
    assert '<input type="radio" name="municipality" value="462144">' in text(
        pick("pick_municipality", "?q=たるみず", **HTMX)
    )


def test_more_than_twenty_choices_ask_for_more_letters(towns, tmp_path, pick):
    many(tmp_path, 25)

    shown = text(pick("pick_office", "?q=さくら", **HTMX))

    assert shown.count('type="radio"') == 20
    assert "5" in shown.split('value="')[-1]


def test_a_picker_that_was_asked_nothing_offers_nothing(towns, tmp_path, pick):
    import_file(path=files.kaigo(tmp_path, {}))

    assert "<input" not in text(pick("pick_office", **HTMX))
    assert "<input" not in text(pick("pick_municipality", **HTMX))


def test_without_javascript_a_picker_is_a_page_that_leads_back_with_the_choice(towns, tmp_path, pick, cast):
    import_file(path=files.kaigo(tmp_path, {}))
    back = f"/e/{cast.environment.slug}/members/"

    shown = text(pick("pick_office", f"?q=さくら&back={back}"))

    assert "<html" in shown
    assert f'<form class="form" method="get" action="{back}">' in shown
    assert f'<input type="hidden" name="back" value="{back}">' in shown


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_a_picker_never_leads_to_another_site(towns, pick, back):
    assert f'action="{back}"' not in text(pick("pick_office", f"?q=さくら&back={back}"))


@pytest.mark.parametrize("query", ["?kind=999", "?name=a b", "?municipality=1", "?q=" + "あ" * 101])
def test_a_picker_that_cannot_be_understood_says_so(towns, pick, query):
    for shown in (pick("pick_office", query), pick("pick_office", query, **HTMX)):
        assert shown.status_code == 422
        assert '<input type="radio"' not in text(shown)


# -- the API


@pytest.fixture
def api(cast, browser_of):
    browser = browser_of(cast.sato)
    return lambda path: browser.get(f"/api/v1/directory/{path}")


def test_programs_find_offices_as_people_do(towns, tmp_path, api):
    import_file(path=files.kaigo(tmp_path, {}, TARUMIZU))

    found = api("offices/?q=ｻｸﾗ&kind=430&municipality=032069").json()

    assert found["count"] == 1
    assert found["results"][0]["office_number"] == NUMBERS[0]
    assert found["results"][0]["kinds"] == ["430"]


def test_a_program_reads_one_office_with_its_services(towns, tmp_path, api):
    import_file(path=files.kaigo(tmp_path, {"定員": "若干名"}))

    office = api(f"offices/{Office.objects.get().pk}/").json()

    assert office["name"] == "さくらケアプランセンター"
    assert office["services"][0]["kind"]["opendata_code"] == "430"
    assert office["services"][0]["as_written"] == {"定員": "若干名"}


def test_a_program_reads_municipalities_and_holidays(towns, tmp_path, api):
    import_file(path=files.holidays(tmp_path, ("2026/1/1", "元日"), ("2027/1/1", "元日")))

    assert [place["lg_code"] for place in api("municipalities/?q=きたかみ").json()["results"]] == ["032069"]
    assert api("holidays/?year=2026").json()["results"] == [{"date": "2026-01-01", "name": "元日"}]
    assert api("holidays/").json()["count"] == 2


@pytest.mark.parametrize(
    "path",
    ["offices/?kind=999", "offices/?municipality=1", "offices/?q=" + "あ" * 101, "municipalities/", "holidays/?year=x"],
)
def test_a_question_a_program_gets_wrong_is_answered_with_400(towns, api, path):
    assert api(path).status_code == 400


def test_an_office_that_does_not_exist_is_not_here_for_programs_either(towns, api):
    assert api(f"offices/{uuid4()}/").status_code == 404


@pytest.mark.parametrize(
    "path", ["offices/", "municipalities/?q=a", "holidays/", "offices/3f0c6b0e-3a5c-4b43-9a5e-4d2f6f1f8f11/"]
)
def test_nobody_reads_the_directory_without_signing_in(db, browser_of, path):
    assert browser_of().get(f"/api/v1/directory/{path}").status_code in {401, 403}


def test_the_api_asks_the_database_as_often_for_two_offices_as_for_thirty(towns, tmp_path, api):
    many(tmp_path, 2)
    api("offices/?q=さくら")
    few = queries(lambda: api("offices/?q=さくら"))
    many(tmp_path, 30)

    assert queries(lambda: api("offices/?q=さくら")) == few

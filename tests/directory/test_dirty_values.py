"""Dirty values: kept as published, never put right in silence, and named in the report with their line."""

import pytest

from apps.directory.actions import import_file
from apps.directory.models import Office, OfficeService
from tests.directory import files


def findings(run):
    return {(finding.line, finding.code, finding.column) for finding in run.warnings.all()}


def kaigo(folder, **values):
    return import_file(path=files.kaigo(folder, values)), OfficeService.objects.get()


def test_a_clean_row_is_not_remarked_upon(towns, tmp_path):
    run, _service = kaigo(tmp_path)

    assert findings(run) == set()


@pytest.mark.parametrize("written", ["", "0", " 0 ", "０"])
def test_an_empty_capacity_and_a_zero_are_unknown(towns, tmp_path, written):
    run, service = kaigo(tmp_path, 定員=written)

    assert service.capacity is None
    assert findings(run) == set()


@pytest.mark.parametrize("written", ["39", "39名", "３９人"])
def test_a_capacity_with_its_unit_is_a_number(towns, tmp_path, written):
    assert kaigo(tmp_path, 定員=written)[1].capacity == 39


def test_a_capacity_in_words_is_kept_beside_the_row_and_reported(towns, tmp_path):
    run, service = kaigo(tmp_path, 定員="若干名")

    assert (service.capacity, service.as_written) == (None, {"定員": "若干名"})
    assert findings(run) == {(2, "capacity", "定員")}


@pytest.mark.parametrize(("north", "east"), [("", ""), ("0.0", "0.0"), ("0", "0.000")])
def test_missing_and_zero_coordinates_are_no_location(towns, tmp_path, north, east):
    run, service = kaigo(tmp_path, 緯度=north, 経度=east)

    assert not service.is_located
    assert findings(run) == set()


@pytest.mark.parametrize(("north", "east"), [("141.1", "39.2"), ("39.2", ""), ("nan", "141.1"), ("北緯39", "141.1")])
def test_coordinates_that_are_no_place_in_japan_are_kept_as_written(towns, tmp_path, north, east):
    run, service = kaigo(tmp_path, 緯度=north, 経度=east)

    assert not service.is_located
    assert service.as_written == {"緯度": north, "経度": east}
    assert findings(run) == {(2, "coordinates", "緯度")}


@pytest.mark.parametrize("written", ["430003013343 ", "1020001136163", "不明"])
def test_an_invalid_corporate_number_is_kept_as_written_and_not_used(towns, tmp_path, written):
    run, service = kaigo(tmp_path, 法人番号=written)

    assert (service.corporate_number, service.as_written) == ("", {"法人番号": written})
    assert findings(run) == {(2, "corporate_number", "法人番号")}


def test_an_office_number_with_a_wrong_check_digit_is_accepted_with_a_warning(towns, tmp_path):
    run, service = kaigo(tmp_path, 事業所番号="0350690010")

    assert service.office.office_number == "0350690010"
    assert findings(run) == {(2, "check_digit", "事業所番号")}


def test_an_office_number_of_another_form_is_accepted_with_a_warning(towns, tmp_path):
    run, service = kaigo(tmp_path, 事業所番号="03-X")

    assert service.office.office_number == "03X"
    assert service.as_written == {"事業所番号": "03-X"}
    assert findings(run) == {(2, "number_form", "事業所番号")}


def test_a_full_width_office_number_is_the_same_number(towns, tmp_path):
    _run, service = kaigo(tmp_path, 事業所番号="０３７０６０００１７")

    assert service.office.office_number == "0370600017"


@pytest.mark.parametrize("column", ["電話番号", "FAX番号"])
def test_a_phone_that_nobody_can_dial_is_kept_and_reported(towns, tmp_path, column):
    run, service = kaigo(tmp_path, **{column: "0994-32-6163・"})

    assert "0994-32-6163・" in {service.phone, service.fax}
    assert findings(run) == {(2, "phone", column), (2, "trailing_mark", column)}


@pytest.mark.parametrize("mark", ["（改行）", "(改行)"])
def test_a_written_out_line_break_stays_in_the_text_and_is_reported(towns, tmp_path, mark):
    run, service = kaigo(tmp_path, 利用可能曜日特記事項=f"年末は休み{mark}要相談")

    assert service.remarks == f"年末は休み{mark}要相談"
    assert findings(run) == {(2, "line_break", "利用可能曜日特記事項")}


def test_free_text_among_the_weekdays_stays_and_is_reported(towns, tmp_path):
    run, service = kaigo(tmp_path, 利用可能曜日="平日 (24時間連絡可能)")

    assert service.weekdays == "平日 (24時間連絡可能)"
    assert findings(run) == {(2, "weekdays", "利用可能曜日")}


def test_published_characters_are_kept_byte_for_byte(towns, tmp_path):
    name = "（株）ｻｸﾗ　髙橋 ﾃﾞｲｻｰﾋﾞｽ①"

    _run, service = kaigo(tmp_path, 事業所名=name)

    assert service.name == service.office.name == name


def test_a_municipality_code_that_does_not_exist_falls_back_on_the_names(towns, tmp_path):
    run, service = kaigo(tmp_path, 都道府県コード又は市町村コード="032060")

    assert service.municipality == towns["北上市"]
    assert findings(run) == set()


def test_an_unknown_municipality_is_left_open_and_reported(towns, tmp_path):
    run, service = kaigo(tmp_path, 都道府県コード又は市町村コード="039999", 市区町村名="どこか市")

    assert service.municipality is None
    assert findings(run) == {(2, "municipality", "都道府県コード又は市町村コード")}


def test_a_row_without_a_number_or_a_name_is_left_out_and_reported(towns, tmp_path):
    run = import_file(path=files.kaigo(tmp_path, {}, {"事業所番号": " "}, {"事業所番号": "0370600025", "事業所名": ""}))

    assert (run.rows, run.new, run.left_out) == (3, 1, 2)
    assert findings(run) == {(3, "no_number", "事業所番号"), (4, "no_name", "事業所名")}


def test_a_row_of_an_unknown_kind_is_left_out_and_reported(towns, tmp_path):
    path = files.kaigo(tmp_path, {}, {"事業所番号": "0370600025", "サービスの種類": "空飛ぶ介護"}, name="x.csv")

    run = import_file(path=path)

    assert (run.new, run.left_out) == (1, 1)
    assert findings(run) == {(3, "unknown_kind", "サービスの種類")}


def test_a_kind_that_differs_from_the_name_in_the_row_is_reported_once(towns, tmp_path):
    rows = [{"事業所番号": number, "サービスの種類": "通所介護"} for number in files.NUMBERS]

    run = import_file(path=files.kaigo(tmp_path, *rows))

    assert findings(run) == {(2, "kind_name", "サービスの種類")}


def test_the_city_of_a_disability_list_comes_from_the_address_and_not_from_the_authority(towns, tmp_path):
    import_file(path=files.shogai(tmp_path, {"都道府県コード又は市区町村コード": "03201"}))

    service = OfficeService.objects.get()
    assert (service.municipality, service.authority_code) == (towns["北上市"], "03201")
    assert service.address == "岩手県北上市架空町2-2"


@pytest.mark.parametrize(
    ("city", "found"),
    [
        ("岩手県紫波郡矢巾町", "矢巾町"),
        ("北海道札幌市中央区", "札幌市 中央区"),
        ("岩手県 北上市", "北上市"),
    ],
)
def test_counties_wards_and_spaces_in_an_address_are_understood(towns, tmp_path, city, found):
    run = import_file(path=files.shogai(tmp_path, {"事業所住所（市区町村）": city}))

    assert OfficeService.objects.get().municipality == towns[found]
    assert findings(run) == set()


def test_a_ward_that_the_list_of_municipalities_does_not_know_gives_its_city_and_a_warning(towns, tmp_path):
    run = import_file(path=files.shogai(tmp_path, {"事業所住所（市区町村）": "静岡県浜松市浜名区"}))

    assert OfficeService.objects.get().municipality == towns["浜松市"]
    assert findings(run) == {(2, "parent_municipality", "事業所住所（市区町村）")}


def test_a_remark_inside_an_address_stays_and_is_reported(towns, tmp_path):
    run = import_file(path=files.shogai(tmp_path, {"事業所住所（番地以降）": "本石町1-2-10特記事項なし。"}))

    assert Office.objects.get().address.endswith("特記事項なし。")
    assert findings(run) == {(2, "remark_in_address", "事業所住所（番地以降）")}


def test_the_hours_of_a_disability_list_are_kept_where_they_are_stated(towns, tmp_path):
    import_file(path=files.shogai(tmp_path, {}))

    assert OfficeService.objects.get().hours == {"weekday": "09:00-18:00", "closed": "日曜日"}

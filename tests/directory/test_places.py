"""Municipalities, holidays and postal codes."""

from datetime import date

import pytest

from apps.directory.actions import import_file
from apps.directory.models import Holiday, Municipality, PostalArea
from apps.directory.queries import is_holiday, municipalities_found, municipality_by_code
from apps.directory.refusals import ColumnsMissing
from tests.directory import files

KITAKAMI = {
    "pref": "岩手県", "city": "北上市", "citykana": "きたかみし", "lat": "39.28", "lng": "141.11", "lgcode": "032069",
    "url": "https://city.example/",
}  # fmt: skip
SAPPORO = KITAKAMI | {"pref": "北海道", "city": "札幌市", "citykana": "さっぽろし", "lgcode": "011002"}
CHUO = SAPPORO | {"city": "札幌市 中央区", "citykana": "さっぽろし ちゅうおうく", "lgcode": "011011"}


def postal(folder, *rows):
    path = folder / "ken_all.csv"
    lines = [
        f'{lg},"020  ","{code}","ｲﾜﾃｹﾝ","ｷﾀｶﾐｼ","{kana}","岩手県","北上市","{town}",0,0,0,0,0,0'
        for lg, code, kana, town in rows
    ]
    path.write_bytes("\n".join([*lines, ""]).encode("cp932"))
    return path


# -- municipalities


def test_municipalities_come_with_their_code_reading_and_place(db, tmp_path):
    run = import_file(path=files.municipalities(tmp_path, KITAKAMI))

    town = Municipality.objects.get()
    assert (run.layout, run.new) == ("municipalities", 1)
    assert (town.lg_code, str(town), town.kana, town.latitude) == ("032069", "岩手県北上市", "きたかみし", 39.28)


def test_a_ward_knows_its_city(db, tmp_path):
    import_file(path=files.municipalities(tmp_path, CHUO, SAPPORO))

    assert Municipality.objects.get(pk="011011").parent_id == "011002"
    assert not Municipality.objects.get(pk="011002").is_ward


def test_the_same_municipalities_again_change_nothing_and_a_new_name_changes_one(db, tmp_path):
    import_file(path=files.municipalities(tmp_path, KITAKAMI, SAPPORO))
    again = import_file(path=files.municipalities(tmp_path, KITAKAMI, SAPPORO))
    renamed = import_file(path=files.municipalities(tmp_path, KITAKAMI | {"city": "新北上市"}, SAPPORO))

    assert (again.changes, renamed.changed, renamed.unchanged) == (0, 1, 1)
    assert Municipality.objects.get(pk="032069").name == "新北上市"


def test_a_municipality_that_left_the_list_stays(db, tmp_path):
    import_file(path=files.municipalities(tmp_path, KITAKAMI, SAPPORO))
    import_file(path=files.municipalities(tmp_path, SAPPORO))

    assert Municipality.objects.filter(pk="032069").exists()


def test_a_municipality_with_a_wrong_check_digit_is_left_out_and_reported(db, tmp_path):
    run = import_file(path=files.municipalities(tmp_path, KITAKAMI, KITAKAMI | {"lgcode": "032068"}))

    assert (run.new, run.left_out) == (1, 1)
    assert [(found.line, found.code) for found in run.warnings.all()] == [(3, "bad_row")]


@pytest.mark.parametrize("typed", ["きたかみ", "キタカミ", "ｷﾀｶﾐ", "北上", "岩手 北上", "岩手県北上市"])
def test_a_municipality_is_found_in_any_writing(towns, typed):
    assert list(municipalities_found(typed)) == [towns["北上市"]]


def test_no_words_find_no_municipality_and_a_code_finds_its_own(towns):
    assert not municipalities_found("  ").exists()
    assert municipality_by_code("０３２０６９") == towns["北上市"]
    assert municipality_by_code("000000") is None


# -- holidays


def test_holidays_are_read_without_leading_zeros_in_cp932(db, tmp_path):
    run = import_file(path=files.holidays(tmp_path, ("2026/1/1", "元日"), ("2026/11/23", "勤労感謝の日")))

    assert (run.layout, run.encoding, run.new) == ("holidays", "cp932", 2)
    assert Holiday.objects.get(pk=date(2026, 1, 1)).name == "元日"
    assert is_holiday(date(2026, 11, 23))
    assert not is_holiday(date(2026, 11, 24))


def test_a_holiday_that_was_moved_leaves_its_old_day(db, tmp_path):
    import_file(path=files.holidays(tmp_path, ("2020/1/1", "元日"), ("2020/7/20", "海の日"), ("2020/12/31", "大晦日")))
    run = import_file(
        path=files.holidays(tmp_path, ("2020/1/1", "元日"), ("2020/7/23", "海の日"), ("2020/12/31", "大晦日"))
    )

    assert (run.new, run.closed, run.unchanged) == (1, 1, 2)
    assert not is_holiday(date(2020, 7, 20))


def test_holidays_outside_the_years_of_a_list_stay(db, tmp_path):
    import_file(path=files.holidays(tmp_path, ("1955/1/1", "元日"), ("2026/1/1", "元日")))
    import_file(path=files.holidays(tmp_path, ("2026/1/1", "元日"), ("2027/1/1", "元日")))

    assert is_holiday(date(1955, 1, 1))


def test_a_day_that_is_none_is_left_out_and_removes_nothing(db, tmp_path):
    import_file(path=files.holidays(tmp_path, ("2026/1/1", "元日"), ("2026/1/12", "成人の日"), ("2026/2/11", "x")))
    run = import_file(path=files.holidays(tmp_path, ("2026/1/1", "元日"), ("2026/2/30", "?"), ("2026/2/11", "x")))

    assert (run.left_out, run.closed) == (1, 0)
    assert is_holiday(date(2026, 1, 12))


def test_holidays_without_names_are_refused(db, tmp_path):
    with pytest.raises(ColumnsMissing):
        import_file(path=files.holidays(tmp_path, ("2026/1/1", "元日"), without="国民の祝日・休日名称"))


# -- postal codes


def test_postal_codes_keep_the_printed_kana_and_gain_a_reading(towns, tmp_path):
    run = import_file(path=postal(tmp_path, ("03206", "0240001", "ｲｲﾄﾖ(ｵｸ)", "飯豊（奥）")))

    area = PostalArea.objects.get()
    assert (run.layout, run.encoding, run.new) == ("postal", "cp932", 1)
    assert (area.postal_code, area.municipality) == ("0240001", towns["北上市"])
    assert (area.town, area.kana) == ("飯豊（奥）", "ｲｲﾄﾖ(ｵｸ)")
    assert (area.town_name, area.reading) == ("飯豊", "イイトヨ")


def test_a_town_in_brackets_over_several_lines_is_one_town(towns, tmp_path):
    run = import_file(
        path=postal(
            tmp_path,
            ("03206", "0240001", "ﾊｷﾞｼｮｳ(ｱｶｲﾉｺ､", "萩荘（赤猪子、"),
            ("03206", "0240001", "ｱｼﾉｸﾁ､", "芦ノ口、"),
            ("03206", "0240001", "ﾔﾏﾉｻﾜ)", "山ノ沢）"),
            ("03206", "0240002", "ｱｵﾔﾏ", "青山"),
        )
    )

    town = PostalArea.objects.get(postal_code="0240001")
    assert (run.rows, PostalArea.objects.count()) == (2, 2)
    assert (town.town, town.kana) == ("萩荘（赤猪子、芦ノ口、山ノ沢）", "ﾊｷﾞｼｮｳ(ｱｶｲﾉｺ､ｱｼﾉｸﾁ､ﾔﾏﾉｻﾜ)")
    assert (town.town_name, town.reading) == ("萩荘", "ハギショウ")


def test_a_reading_that_every_line_repeats_is_kept_once(towns, tmp_path):
    import_file(
        path=postal(tmp_path, ("03206", "0240001", "ﾊｷﾞｼｮｳ", "萩荘（赤、"), ("03206", "0240001", "ﾊｷﾞｼｮｳ", "青）"))
    )

    assert PostalArea.objects.get().kana == "ﾊｷﾞｼｮｳ"


def test_the_rest_of_a_municipality_has_no_town_name(towns, tmp_path):
    import_file(path=postal(tmp_path, ("03206", "0240000", "ｲｶﾆｹｲｻｲｶﾞﾅｲﾊﾞｱｲ", "以下に掲載がない場合")))

    area = PostalArea.objects.get()
    assert (area.town, area.town_name, area.reading) == ("以下に掲載がない場合", "", "")


def test_the_same_postal_codes_again_change_nothing_and_old_ones_of_the_prefecture_go(towns, tmp_path):
    both = ("03206", "0240001", "ｱｵﾔﾏ", "青山"), ("46214", "8910001", "ｱｵﾔﾏ", "青山")
    import_file(path=postal(tmp_path, *both, ("03206", "0240002", "ﾐﾄﾞﾘ", "緑")))
    again = import_file(path=postal(tmp_path, *both, ("03206", "0240002", "ﾐﾄﾞﾘ", "緑")))
    fewer = import_file(path=postal(tmp_path, both[0]))

    assert (again.changes, fewer.closed, fewer.unchanged) == (0, 1, 1)
    assert set(PostalArea.objects.values_list("postal_code", flat=True)) == {"0240001", "8910001"}

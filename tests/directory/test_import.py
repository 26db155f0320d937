"""What an import changes: everything of a file or nothing, the same again nothing, who leaves is closed."""

from datetime import date

import pytest

from apps.directory.actions import import_file, import_once
from apps.directory.models import ImportRun, Office, OfficeService
from tests.directory import files
from tests.directory.files import NUMBERS, TARUMIZU


def service(number=NUMBERS[0], code="430"):
    return OfficeService.objects.get(office__office_number=number, kind__opendata_code=code)


def two(folder, **how):
    return files.kaigo(folder, {"事業所番号": NUMBERS[0]}, {"事業所番号": NUMBERS[1]}, **how)


def one(folder, **how):
    return files.kaigo(folder, {"事業所番号": NUMBERS[0]}, **how)


def test_new_offices_are_counted_and_reported(towns, tmp_path):
    run = import_file(path=two(tmp_path))

    assert (run.layout, run.rows, run.new, run.changes) == ("kaigo", 2, 2, 2)
    assert (run.file_name, run.encoding, run.kind_codes) == ("jigyosho_430.csv", "utf-8-sig", ["430"])
    assert len(run.digest) == 64


def test_the_same_file_again_changes_nothing(towns, tmp_path):
    import_file(path=two(tmp_path))
    before = list(OfficeService.objects.order_by("pk").values()), list(Office.objects.order_by("pk").values())

    again = import_file(path=tmp_path / "jigyosho_430.csv")

    assert (again.changes, again.unchanged) == (0, 2)
    assert (
        list(OfficeService.objects.order_by("pk").values()),
        list(Office.objects.order_by("pk").values()),
    ) == before


def test_a_changed_value_changes_its_service_and_its_office_only(towns, tmp_path):
    import_file(path=two(tmp_path))

    run = import_file(
        path=files.kaigo(tmp_path, {"事業所番号": NUMBERS[0], "電話番号": "0197-99-9999"}, {"事業所番号": NUMBERS[1]})
    )

    assert (run.new, run.changed, run.unchanged) == (0, 1, 1)
    assert service().phone == "0197-99-9999"
    assert Office.objects.get(office_number=NUMBERS[0]).phone == "0197-99-9999"
    assert Office.objects.get(office_number=NUMBERS[1]).phone == "0197-00-0001"


def test_a_service_that_leaves_the_list_is_closed_and_its_office_stays(towns, tmp_path):
    import_file(path=two(tmp_path), edition_on=date(2025, 6, 30))

    run = import_file(path=one(tmp_path), edition_on=date(2025, 12, 31))

    assert run.closed == 1
    assert service(NUMBERS[1]).valid_to == date(2025, 12, 31)
    assert service(NUMBERS[0]).is_open
    assert Office.objects.count() == 2
    assert [office.office_number for office in Office.objects.open()] == [NUMBERS[0]]


def test_a_closed_service_opens_again_when_it_returns(towns, tmp_path):
    import_file(path=two(tmp_path))
    closed = service(NUMBERS[1])
    import_file(path=one(tmp_path))

    run = import_file(path=two(tmp_path))

    assert (run.new, run.reopened, run.changed) == (0, 1, 0)
    assert service(NUMBERS[1]).pk == closed.pk
    assert service(NUMBERS[1]).is_open


def test_a_file_of_another_kind_closes_nothing(towns, tmp_path):
    import_file(path=two(tmp_path))

    run = import_file(
        path=files.kaigo(tmp_path, {"サービスの種類": "通所介護", "事業所番号": NUMBERS[2]}, name="jigyosho_150.csv")
    )

    assert run.closed == 0
    assert service(NUMBERS[1]).is_open


def test_a_file_of_one_prefecture_closes_nothing_in_another(towns, tmp_path):
    import_file(path=files.kaigo(tmp_path, {"事業所番号": NUMBERS[0]}, {"事業所番号": NUMBERS[1]}, TARUMIZU))

    run = import_file(path=one(tmp_path, name="iwate.csv", leading="430"))

    assert run.closed == 1
    assert service("4671400168").is_open
    assert not service(NUMBERS[1]).is_open


def test_the_publishers_own_file_covers_the_nation(towns, tmp_path):
    import_file(path=files.kaigo(tmp_path, {}, TARUMIZU))

    run = import_file(path=files.kaigo(tmp_path, {}))

    assert run.closed == 1
    assert not service("4671400168").is_open


def test_a_file_with_an_unreadable_row_closes_nothing(towns, tmp_path):
    import_file(path=two(tmp_path))
    path = one(tmp_path, encoding="utf-8")
    with path.open("ab") as file:
        file.write("032069,半分だけ\r\n".encode())

    run = import_file(path=path)

    assert (run.left_out, run.closed) == (1, 0)
    assert [(finding.line, finding.code) for finding in run.warnings.all()] == [(3, "wrong_length")]
    assert service(NUMBERS[1]).is_open


def test_a_number_in_both_systems_means_two_offices(towns, tmp_path):
    import_file(path=files.kaigo(tmp_path, {"事業所番号": "0310200142"}))
    run = import_file(path=files.shogai(tmp_path, {"事業所番号": "0310200142"}))

    assert (run.new, Office.objects.count()) == (1, 2)


def test_an_office_says_what_its_first_service_says_whatever_came_first(towns, tmp_path):
    old = files.kaigo(tmp_path, {"住所": "岩手県北上市一丁目"}, name="a.csv", leading="430")
    new = files.kaigo(
        tmp_path, {"住所": "岩手県北上市二丁目", "サービスの種類": "通所介護"}, name="b.csv", leading="150"
    )

    import_file(path=old)
    import_file(path=new)
    first = Office.objects.get().address
    again = import_file(path=old)

    assert first == Office.objects.get().address == "岩手県北上市二丁目"
    assert again.changes == 0
    assert [service(code=code).address for code in ("150", "430")] == ["岩手県北上市二丁目", "岩手県北上市一丁目"]


def test_an_office_is_found_by_the_names_of_all_its_services(towns, tmp_path):
    import_file(path=files.shogai(tmp_path, {"事業所の名称": "森の教室"}))
    import_file(
        path=files.shogai(
            tmp_path,
            {"事業所の名称": "川の教室", "サービス種別": "放課後等デイサービス"},
            name="csvdownload065.csv",
        )
    )

    assert Office.objects.get().search_text.splitlines() == [
        "0350600060", "森ノ教室", "コドモノモリ", "川ノ教室", "コドモノモリ"
    ]  # fmt: skip


def test_the_first_of_two_equal_rows_is_kept_and_the_other_reported(towns, tmp_path):
    run = import_file(path=files.kaigo(tmp_path, {"住所": "本店"}, {"住所": "出張所"}))

    assert (run.rows, run.new, run.repeated) == (2, 1, 1)
    assert Office.objects.get().address == "本店"
    assert [(finding.line, finding.code, finding.value) for finding in run.warnings.all()] == [
        (3, "repeated", NUMBERS[0])
    ]


def test_the_date_of_the_edition_comes_from_the_official_file_name(towns, tmp_path):
    run = import_file(path=one(tmp_path, name="jigyosho_430_all_20251231120000.csv"))

    assert run.edition_on == date(2025, 12, 31)
    assert service().valid_from == date(2025, 12, 31)


def test_a_service_never_ends_before_it_began_even_when_an_older_edition_follows(towns, tmp_path):
    import_file(path=two(tmp_path), edition_on=date(2025, 12, 31))

    import_file(path=one(tmp_path), edition_on=date(2025, 6, 30))

    assert service(NUMBERS[1]).valid_to == date(2025, 12, 31)


def test_a_file_known_by_its_bytes_is_not_read_again(towns, tmp_path):
    first = import_once(path=one(tmp_path))
    renamed = one(tmp_path).rename(tmp_path / "copy.csv")

    assert first is not None
    assert import_once(path=renamed) is None
    assert ImportRun.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "leading", "said", "code"),
    [
        ("jigyosho_430.csv", None, "居宅介護支援", "430"),
        ("jigyosho_331_all_20251231000000.csv", None, "", "331"),
        ("offices.csv", "334", "", "334"),
        ("offices.csv", None, "短期入所療養介護（介護医療院）", "551"),
        ("offices.csv", None, "特定施設入居者生活介護(軽費老人ホーム)", "332"),
    ],
)
def test_the_kind_comes_from_the_name_the_leading_column_or_the_row(towns, tmp_path, name, leading, said, code):
    import_file(path=files.kaigo(tmp_path, {"サービスの種類": said}, name=name, leading=leading))

    assert OfficeService.objects.get().kind.opendata_code == code


@pytest.mark.parametrize("asked", ["430", "43"])
def test_the_kind_may_be_named_by_the_person_who_imports(towns, tmp_path, asked):
    import_file(path=files.kaigo(tmp_path, {"サービスの種類": ""}, name="offices.csv"), kind=asked)

    assert OfficeService.objects.get().kind.code == "43"


@pytest.mark.parametrize(("name", "leading"), [("csvdownload063.csv", None), ("x.csv", "63"), ("x.csv", "063")])
def test_the_kind_of_a_disability_list_comes_in_two_or_three_digits(towns, tmp_path, name, leading):
    import_file(path=files.shogai(tmp_path, {}, name=name, leading=leading))

    kind = OfficeService.objects.get().kind
    assert (kind.system, kind.code, kind.name) == ("shogai", "63", "児童発達支援")


def test_the_progress_of_the_reading_ends_at_the_size_of_the_file(towns, tmp_path):
    heard = []
    path = one(tmp_path)

    import_file(path=path, on_bytes=heard.append)

    assert heard[-1] == path.stat().st_size

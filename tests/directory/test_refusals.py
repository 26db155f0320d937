"""Files that are refused: a sentence that says why, and nothing written."""

import pytest

from apps.directory.actions import import_file
from apps.directory.models import ImportRun, Office, OfficeService
from apps.directory.refusals import (
    ColumnsMissing,
    FileRefused,
    KindUnknown,
    LayoutUnknown,
    MunicipalitiesFirst,
    RowsMissing,
)
from tests.directory import files


@pytest.mark.parametrize("missing", ["事業所番号", "事業所名", "FAX番号", "定員"])
def test_a_missing_column_is_named_and_nothing_is_written(towns, tmp_path, missing):
    with pytest.raises(ColumnsMissing) as refused:
        import_file(path=files.kaigo(tmp_path, {}, without=missing))

    assert refused.value.words["columns"] == missing
    assert missing in refused.value.said
    assert not Office.objects.exists()
    assert not ImportRun.objects.exists()


def test_a_missing_column_leaves_what_was_imported_before(towns, tmp_path):
    import_file(path=files.kaigo(tmp_path, {"電話番号": "0197-00-0009"}))

    with pytest.raises(ColumnsMissing):
        import_file(path=files.kaigo(tmp_path, {"電話番号": "0197-00-0010"}, without="FAX番号"))

    assert OfficeService.objects.get().phone == "0197-00-0009"


def test_an_unknown_column_is_reported_and_passed_over(towns, tmp_path):
    run = import_file(path=files.kaigo(tmp_path, {}, extra="新しい列"))

    assert run.new == 1
    assert [(found.line, found.code, found.column) for found in run.warnings.all()] == [
        (1, "unknown_column", "新しい列")
    ]


def test_columns_may_stand_in_any_order_and_width(towns, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "KAIGO_HEADER", files.KAIGO_HEADER[::-1])
    path = files.kaigo(tmp_path, {}, encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace("FAX番号", "ＦＡＸ番号", 1), encoding="utf-8")

    run = import_file(path=path)

    assert Office.objects.get().fax == "0197-00-0002"
    assert not run.warnings.exists()


def test_a_file_of_no_known_layout_is_refused(towns, tmp_path):
    path = tmp_path / "jigyosho_430.csv"
    path.write_text("都道府県,保険者,第1号被保険者数,要支援1,合計\n岩手県,北上市,1,1,2\n", encoding="utf-8")

    with pytest.raises(LayoutUnknown):
        import_file(path=path)


def test_a_header_without_rows_is_refused_and_closes_nothing(towns, tmp_path):
    import_file(path=files.kaigo(tmp_path, {}))

    with pytest.raises(RowsMissing):
        import_file(path=files.kaigo(tmp_path))

    assert OfficeService.objects.get().is_open


def test_a_file_in_which_no_row_can_be_read_is_refused(towns, tmp_path):
    with pytest.raises(RowsMissing):
        import_file(path=files.kaigo(tmp_path, {"事業所番号": ""}))

    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(("name", "kind"), [("jigyosho_999.csv", None), ("offices.csv", "999"), ("offices.csv", "33")])
def test_a_kind_nobody_knows_is_refused_by_its_code(towns, tmp_path, name, kind):
    with pytest.raises(KindUnknown) as refused:
        import_file(path=files.kaigo(tmp_path, {}, name=name), kind=kind)

    assert (kind or "999") in refused.value.said


def test_offices_before_municipalities_are_refused(db, tmp_path):
    with pytest.raises(MunicipalitiesFirst):
        import_file(path=files.kaigo(tmp_path, {}))


def test_the_text_of_a_refusal_holds_no_path_and_no_value(towns, tmp_path):
    with pytest.raises(FileRefused) as refused:
        import_file(path=tmp_path / "secret name.csv")

    assert str(refused.value) == "file_missing"

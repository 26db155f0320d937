"""Every official file at hand is imported: the shipped ones, and those beside the checkout where there are any."""

from pathlib import Path

import pytest

from apps.directory.actions import import_file
from apps.directory.models import OfficeService
from apps.directory.refusals import LayoutUnknown
from apps.directory.shipped import FOLDER, shipped_files

MUNICIPALITIES = FOLDER / "localgovjp-utf8.csv"
BESIDE = FOLDER.parent.parent / "shared" / "data"
AT_HAND = sorted([*FOLDER.glob("*.csv"), *BESIDE.glob("*.csv")])
# A table of insured persons, not of offices: no layout of the directory.
NOT_OURS = {"mhlw_kaigo_nintei_hokensha_r5.csv"}


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@pytest.mark.parametrize("path", AT_HAND, ids=named)
def test_an_official_file_is_imported_whole_and_a_second_time_changes_nothing(db, path):
    import_file(path=MUNICIPALITIES)
    if path.name in NOT_OURS:
        with pytest.raises(LayoutUnknown):
            import_file(path=path)
        return

    first = import_file(path=path)
    again = import_file(path=path)

    assert first.left_out == 0
    assert first.new + first.unchanged + first.repeated == first.rows > 0
    assert (again.changes, again.unchanged) == (0, again.rows - again.repeated)


def test_the_manifest_names_every_shipped_file():
    assert sorted(shipped.path for shipped in shipped_files()) == sorted(FOLDER.glob("*.csv"))


def test_every_shipped_file_is_attributed():
    notice = (FOLDER / "README.md").read_text(encoding="utf-8")

    assert all(f"`{shipped.path.name}`" in notice for shipped in shipped_files())


def test_every_row_of_the_official_offices_finds_its_municipality(db):
    import_file(path=MUNICIPALITIES)
    runs = [import_file(path=path) for path in sorted(FOLDER.glob("mhlw_kaigo_*.csv"))]

    assert [run.rows for run in runs] == [879, 1_805]
    assert OfficeService.objects.exclude(municipality=None).count() == OfficeService.objects.count() == 2_684


def test_an_import_asks_the_database_by_batches_and_not_by_rows(db, django_assert_max_num_queries):
    import_file(path=MUNICIPALITIES)

    with django_assert_max_num_queries(60):
        import_file(path=max(FOLDER.glob("mhlw_kaigo_*.csv"), key=lambda path: path.stat().st_size))

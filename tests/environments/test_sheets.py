"""Every file somebody may upload is read as rows, or refused with a sentence."""

import io
import zipfile

import pytest

from apps.environments.refusals import (
    SheetColumnsMissing,
    SheetEmpty,
    SheetEncodingUnknown,
    SheetLocked,
    SheetRefused,
    SheetTooHeavy,
    SheetTooLong,
    SheetUnreadable,
)
from apps.environments.rosters import entries_of
from apps.environments.sheets import HEAVIEST, MOST_ROWS, OLE, UNPACKED, rows_of
from tests.environments.sheets import HEADER, KIMURA, YAMAMOTO, csv_of, excel_of, package_of


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_is_read_in_every_way_offices_write_it(encoding, end, delimiter):
    assert rows_of(csv_of(YAMAMOTO, encoding=encoding, end=end, delimiter=delimiter)) == [HEADER, YAMAMOTO]


def test_excel_is_read_like_csv():
    assert rows_of(excel_of(YAMAMOTO)) == [HEADER, YAMAMOTO]


def test_numbers_and_empty_cells_of_excel_become_text():
    assert rows_of(excel_of([12.0, None, 1.5, True, "  x ", 7]))[1] == ["12", "", "1.5", "TRUE", "x", "7"]


def test_a_formula_is_never_calculated():
    rows = rows_of(excel_of(['=HYPERLINK("http://example.com","x")', "やまもと ゆみ"]))
    assert rows[1][0] == ""


def test_rows_count_as_on_the_screen():
    entries = entries_of(rows_of(excel_of(YAMAMOTO, [], KIMURA)))
    assert [entry.line for entry in entries] == [2, 4]


def test_columns_may_stand_in_any_order_and_width():
    entry = entries_of([["ﾌﾘｶﾞﾅ", "所属", "氏 名"], ["やまもと", "ひだまり", "山本"]])[0]
    assert entry.cells == {"name": "山本", "kana": "やまもと", "organization": "ひだまり"}


def test_an_encoding_nobody_can_tell_from_another_ends_at_the_header():
    with pytest.raises(SheetColumnsMissing):
        entries_of(rows_of("氏名,ふりがな\n山本,やまもと".encode("euc_jp")))


def test_missing_columns_are_named():
    with pytest.raises(SheetColumnsMissing) as refusal:
        entries_of([["氏名", "電話"], ["山本", "0"]])
    assert "ふりがな" in refusal.value.said
    assert "所属" in refusal.value.said
    assert "職種" not in refusal.value.said


WRONG = {
    "nothing": (b"", SheetEmpty),
    "csv without rows": (csv_of(), SheetEmpty),
    "excel without rows": (excel_of(), SheetEmpty),
    "picture": (b"\x89PNG\r\n\x1a\n\xff\xff", SheetEncodingUnknown),
    "picture with zeros": (b"\x89PNG\r\n\x1a\n\x00\x00", SheetUnreadable),
    "utf-16": ("氏名,ふりがな\n山本,やまもと".encode("utf-16"), SheetRefused),
    "zero byte": (csv_of(["山\x00本"]), SheetUnreadable),
    "open quotation": (csv_of(['"山本']), SheetUnreadable),
    "old excel": (OLE + b"\x00" * 600, SheetLocked),
    "no package": (b"PK\x03\x04 and then nothing", SheetUnreadable),
    "word": (package_of(word__document="<a/>"), SheetUnreadable),
    "hollow package": (package_of(xl__workbook="<a/>"), SheetUnreadable),
    "declarations": (package_of(xl__workbook='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), SheetUnreadable),
    "cut off": (excel_of(YAMAMOTO)[:-300], SheetUnreadable),
    "too heavy": (csv_of(YAMAMOTO) + b" " * HEAVIEST, SheetTooHeavy),
}


@pytest.mark.parametrize(("content", "expected"), WRONG.values(), ids=WRONG)
def test_a_wrong_file_is_refused_with_a_sentence(content, expected):
    with pytest.raises(expected) as refusal:
        rows_of(content)
    assert "%(" not in refusal.value.said


def test_the_line_that_cannot_be_read_is_named():
    with pytest.raises(SheetEncodingUnknown) as refusal:
        rows_of(csv_of(YAMAMOTO) + b"\r\n\xff\xff")
    assert "3" in refusal.value.said


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = package_of(xl__workbook="<a/>", xl__worksheets__sheet1=b"0" * (UNPACKED + 1))
    assert len(bomb) < HEAVIEST
    with pytest.raises(SheetTooHeavy):
        rows_of(bomb)


def test_a_package_of_a_thousand_parts_is_refused():
    with pytest.raises(SheetTooHeavy):
        rows_of(package_of(**{f"part{number}": "" for number in range(1000)}))


def test_an_encrypted_part_is_refused():
    kept = io.BytesIO(excel_of(YAMAMOTO))
    with zipfile.ZipFile(kept) as package:
        place = package.infolist()[0].header_offset
    content = bytearray(kept.getvalue())
    central = content.rindex(b"PK\x01\x02")
    content[place + 6] |= 1
    content[central + 8] |= 1
    with pytest.raises(SheetLocked):
        rows_of(bytes(content))


@pytest.mark.parametrize("make", [csv_of, excel_of])
def test_a_thousand_people_fit_and_one_more_does_not(make):
    people = [YAMAMOTO] * MOST_ROWS
    assert len(rows_of(make(*people))) == MOST_ROWS + 1
    with pytest.raises(SheetTooLong):
        rows_of(make(*people, YAMAMOTO))


def test_empty_rows_below_the_list_do_not_count():
    rows = rows_of(csv_of(YAMAMOTO, *[[""]] * 5000))
    assert rows == [HEADER, YAMAMOTO]

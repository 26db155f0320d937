"""Files as rows: encodings, line numbers, and rubbish refused before it fills the memory."""

import tracemalloc

import pytest

from apps.directory.actions import import_file
from apps.directory.models import ImportRun, Office
from apps.directory.reading import SourceFile
from apps.directory.refusals import EncodingUnknown, FileEmpty, FileMissing, LayoutUnknown, LineTooLong
from tests.directory import files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_every_encoding_of_the_publishers_gives_the_same_names(towns, tmp_path, encoding):
    import_file(path=files.kaigo(tmp_path, {"事業所名": "髙橋ケアプラン"}, encoding=encoding))

    assert Office.objects.get().name == "髙橋ケアプラン"


def test_a_byte_order_mark_is_no_part_of_the_first_column(towns, tmp_path):
    import_file(path=files.kaigo(tmp_path, {}, encoding="utf-8-sig"))

    assert Office.objects.get().municipality == towns["北上市"]


def test_a_line_in_another_encoding_is_named_and_nothing_is_written(towns, tmp_path):
    path = files.kaigo(tmp_path, *({"事業所番号": number} for number in files.NUMBERS), encoding="utf-8")
    lines = path.read_bytes().split(b"\r\n")
    lines[3] = lines[3].replace("北上市".encode(), "北上市".encode("euc-jp"))
    path.write_bytes(b"\r\n".join(lines))

    with pytest.raises(EncodingUnknown) as refused:
        import_file(path=path)

    assert refused.value.words == {"line": 4}
    assert not Office.objects.exists()
    assert not ImportRun.objects.exists()


def test_a_broken_line_far_into_a_large_file_is_counted_right(tmp_path):
    path = tmp_path / "large.csv"
    good = "国民の祝日・休日月日,国民の祝日・休日名称\r\n".encode()
    path.write_bytes(good * 40_000 + b"2026/1/1,\xff\xff\r\n" + good)

    with pytest.raises(EncodingUnknown) as refused:
        SourceFile(path).check_encoding()

    assert refused.value.words == {"line": 40_001}


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_a_character_across_two_chunks_is_one_character(tmp_path, encoding, monkeypatch):
    monkeypatch.setattr("apps.directory.reading.CHUNK", 7)
    path = files.holidays(tmp_path, ("2026/1/1", "元日"), encoding=encoding)
    source = SourceFile(path)

    source.check_encoding()

    assert [row.fields for row in source.rows()][1] == ["2026/1/1", "元日"]


def test_a_quoted_line_break_keeps_the_count_of_lines(tmp_path):
    path = tmp_path / "quoted.csv"
    path.write_text('a,b\n"one\ntwo",x\n3,4\n', encoding="utf-8")

    assert [row.line for row in SourceFile(path).rows()] == [1, 2, 4]


def test_an_empty_file_is_refused_with_a_sentence(tmp_path):
    path = tmp_path / "empty.csv"
    path.write_bytes(b"\xef\xbb\xbf"[:0])

    with pytest.raises(FileEmpty):
        SourceFile(path)


def test_a_file_that_is_not_there_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(FileMissing):
        SourceFile(tmp_path / "nowhere.csv")


def test_two_hundred_megabytes_in_one_line_are_refused_without_being_read(db, tmp_path):
    path = tmp_path / "garbage.csv"
    with path.open("wb") as file:
        file.seek(200 * 1024 * 1024)
        file.write(b"\n")
    tracemalloc.start()

    with pytest.raises(LineTooLong):
        import_file(path=path)

    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20 * 1024 * 1024


def test_a_line_without_end_in_the_middle_is_refused_with_its_number(towns, tmp_path):
    path = files.kaigo(tmp_path, {}, {"事業所番号": files.NUMBERS[1]}, encoding="utf-8")
    with path.open("ab") as file:
        file.write(b"x" * 200_000)

    with pytest.raises(LineTooLong) as refused:
        import_file(path=path)

    assert refused.value.words == {"line": 4}
    assert not Office.objects.exists()


def test_a_quote_that_never_closes_is_refused_and_does_not_swallow_the_file(towns, tmp_path):
    path = files.kaigo(tmp_path, {}, encoding="utf-8")
    with path.open("ab") as file:
        file.write(b'"' + b"many lines\r\n" * 50_000)

    with pytest.raises(LineTooLong) as refused:
        import_file(path=path)

    assert refused.value.words == {"line": 3}


def test_binary_rubbish_inside_a_text_file_is_refused_with_its_line(towns, tmp_path):
    path = files.kaigo(tmp_path, {"事業所名": "さくら\0"}, encoding="utf-8")

    with pytest.raises(EncodingUnknown) as refused:
        import_file(path=path)

    assert refused.value.words == {"line": 2}


@pytest.mark.parametrize(
    "beginning", [b"\x89PNG\r\n\x1a\n", b"PK\x03\x04\x14\x00", b"%PDF-1.7\n", b"id,name\n1,a\n", b"{}\n", b"<html>\n"]
)
def test_another_kind_of_file_is_refused(db, tmp_path, beginning):
    path = tmp_path / "jigyosho_430.csv"
    path.write_bytes(beginning)

    with pytest.raises((LayoutUnknown, EncodingUnknown)):
        import_file(path=path)

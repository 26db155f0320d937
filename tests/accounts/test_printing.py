"""The slip on paper: one sheet, its own fonts, no name where a file is described."""

import re
import struct
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.utils import translation

from apps.accounts.printing import sheet, slip_pdf, slips_pdf
from apps.kernel.print import FONTS

WORDS = {
    "environment_name": "さくら川市 介護連携",
    "organization_name": "みどりホームヘルプ",
    "member_name": "髙𣘺 みどり",
    "member_kana": "たかはし みどり",
    "login_id": "takahashi.m",
    "code": "K7QX-P2MD-9WFA",
    "expires_at": datetime(2026, 11, 24, 5, 30, tzinfo=UTC),
    "join_url": "https://carenet.example/join/",
}


@pytest.fixture(scope="module")
def printed():
    with translation.override("ja"):
        return slip_pdf(**WORDS)


def streams(pdf: bytes) -> bytes:
    """Everything in the file, with its compressed parts unpacked."""
    found = [pdf]
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompressobj().decompress(packed))
        except zlib.error:
            continue
    return b"\n".join(found)


def test_it_is_one_a4_sheet_of_reasonable_size(printed):
    assert printed.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", streams(printed))) == 1
    assert re.search(rb"/MediaBox\s*\[0 0 595\.27\d* 841\.8", streams(printed))
    assert len(printed) < 200_000


def test_the_same_values_print_the_same_bytes():
    assert slip_pdf(**WORDS) == slip_pdf(**WORDS)


def test_a_stack_has_a_sheet_for_everybody():
    printed = slips_pdf([WORDS, WORDS, WORDS])

    assert len(re.findall(rb"/Type\s*/Page\b", streams(printed))) == 3


def test_what_describes_the_file_names_nobody(printed):
    described = b"".join(re.findall(rb"<x:xmpmeta.*?</x:xmpmeta>|/Info.*?endobj", streams(printed), re.DOTALL))

    assert b"Typst" in streams(printed)
    for secret in ("髙𣘺", "たかはし", "takahashi", "K7QX", "みどり"):
        assert secret.encode() not in described
        assert secret.encode("utf-16-be") not in described


def test_the_fonts_travel_with_it(printed):
    assert set(re.findall(rb"NotoSansCJKjp-(\w+)", streams(printed))) == {b"Regular", b"Bold"}


def characters_of(font: Path) -> set[int]:
    """The code points a font can write, read from its character map (format 12)."""
    data = font.read_bytes()
    tables = {
        data[at : at + 4]: struct.unpack(">L", data[at + 8 : at + 12])[0]
        for at in range(12, 12 + 16 * struct.unpack(">H", data[4:6])[0], 16)
    }
    start = tables[b"cmap"]
    for number in range(struct.unpack(">H", data[start + 2 : start + 4])[0]):
        offset = start + struct.unpack(">L", data[start + 8 + 8 * number : start + 12 + 8 * number])[0]
        if struct.unpack(">H", data[offset : offset + 2])[0] == 12:
            groups = struct.unpack(">L", data[offset + 12 : offset + 16])[0]
            read = struct.iter_unpack(">LLL", data[offset + 16 : offset + 16 + 12 * groups])
            return {point for first, last, _ in read for point in range(first, last + 1)}
    raise AssertionError("The font has no full character map.")


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_names_print_as_they_are_written(weight):
    written = characters_of(FONTS / f"NotoSansCJKjp-{weight}.otf")

    for kanji in "髙𣘺﨑邉邊𠮷濵齋齊德瀨令和㍿①〒":
        assert ord(kanji) in written, kanji
    # The whole of JIS X 0213 that has a character of its own.
    jis = {chr(point) for point in range(0x4E00, 0xA000) if in_jis(chr(point))}
    assert not {kanji for kanji in jis if ord(kanji) not in written}


def in_jis(character: str) -> bool:
    try:
        character.encode("shift_jis_2004")
    except UnicodeEncodeError:
        return False
    return True


def test_the_licence_stands_beside_the_fonts():
    licence = (FONTS / "OFL.txt").read_text()

    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Adobe" in licence


def test_the_sheet_says_everything_a_person_needs():
    with translation.override("ja"):
        said = sheet(**WORDS)

    assert said["until"].startswith("令和8年11月24日(火)")
    assert "14:30" in said["until"]
    assert {said[key] for key in ("environment", "organization", "kana", "login_id", "code", "address")} == {
        WORDS[key] for key in ("environment_name", "organization_name", "member_kana", "login_id", "code", "join_url")
    }
    assert "髙𣘺 みどり" in said["name"]
    assert len(said["steps"]) == 3


def test_everything_that_is_said_stands_in_the_template():
    template = (Path(apps.get_app_config("accounts").path) / "print" / "slip.typ").read_text()

    assert [key for key in sheet(**WORDS) if f".{key}" not in template] == []


def test_the_code_stands_behind_the_hash_where_no_server_sees_it():
    import segno

    drawn = sheet(**WORDS)["qr"]

    assert drawn == segno.make("https://carenet.example/join/#K7QX-P2MD-9WFA", error="q").svg_inline(
        border=0, dark="#1a1a1a"
    )


def test_long_names_still_fit_on_one_sheet():
    long = {
        "environment_name": "さくら川市・となり町広域連合 介護事業所連携（高齢・障害・こども）",
        "organization_name": "社会福祉法人さくら川福祉会 特別養護老人ホームひだまり 指定居宅介護支援事業所",
        "member_name": "髙𣘺・ウィリアムズ アレクサンドラ みどり",
        "member_kana": "たかはし・うぃりあむず あれくさんどら みどり",
        "login_id": "takahashi-williams.alexandra.midori",
        "join_url": "https://carenet.kaigo-jigyosho-renkei.city.sakuragawa.example.lg.jp/join/",
    }

    assert len(re.findall(rb"/Type\s*/Page\b", streams(slip_pdf(**{**WORDS, **long})))) == 1

"""A file is what its bytes are: what acts, hides, explodes or deceives is refused in a sentence."""

import io
import os

import pytest
from PIL import Image
from pypdf.generic import NameObject

from apps.clients.refusals import PaperTooHeavy, PaperUnknown
from apps.clients.scans import HEAVIEST, PREVIEW, examined
from apps.files.refusals import (
    FileActs,
    FileEmpty,
    FileIsSomethingElse,
    FileLocked,
    FileRefused,
    FileTooFine,
    FileTooLong,
    FileUnreadable,
)
from apps.files.scans.pdfs import MOST_PAGES
from tests.clients import scans


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(
    ("content", "name", "found"),
    [
        (scans.pdf(), "同意書.pdf", "application/pdf"),
        (scans.photo(), "IMG_0001.JPG", "image/jpeg"),
        (scans.png(), "scan.png", "image/png"),
        (scans.photo(), "", "image/jpeg"),
    ],
    ids=["pdf", "jpeg", "png", "without a name"],
)
def test_pdfs_and_photos_are_kept_as_what_they_are(content, name, found):
    scan = examined(content, name)

    assert scan.content_type == found
    assert scan.original_name == name
    assert bool(scan.preview) == (found != "application/pdf")


def test_a_photo_tells_neither_its_place_nor_its_hour_nor_its_camera():
    before = scans.photo()
    assert b"Pocket Camera" in before
    assert opened(before).getexif().get_ifd(0x8825)

    scan = examined(before, "IMG.jpg")

    for kept in (scan.content, scan.preview):
        assert not opened(kept).getexif()
        assert b"Pocket Camera" not in kept
        assert b"Exif" not in kept


def test_a_photo_taken_sideways_stands_upright():
    assert opened(examined(scans.photo(turned=6), "a.jpg").content).size == (80, 60)


def test_a_preview_is_small_and_transparent_paper_is_white():
    scan = examined(scans.png((PREVIEW * 2, PREVIEW)), "a.png")

    assert opened(scan.preview).size == (PREVIEW, PREVIEW // 2)
    assert opened(scan.content).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (scans.photo(), "同意書.pdf", FileIsSomethingElse),
        (scans.pdf(), "scan.jpg", FileIsSomethingElse),
        (scans.pdf(), "scan.pdf.exe", FileIsSomethingElse),
        (b"MZ\x90\x00" + os.urandom(99), "同意書.pdf", PaperUnknown),
        (b"<html><script>alert(1)</script>", "scan.png", PaperUnknown),
        (b"PK\x03\x04" + os.urandom(99), "scan.pdf", PaperUnknown),
        (b"", "scan.pdf", FileEmpty),
        (b"%PDF-1.7\nnothing", "scan.pdf", FileUnreadable),
        (scans.pdf()[:300], "scan.pdf", FileUnreadable),
        (scans.photo()[:200], "scan.jpg", FileUnreadable),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "scan.png", FileUnreadable),
        (scans.bomb(), "scan.png", FileTooFine),
        (b"%PDF-" + b"0" * HEAVIEST, "scan.pdf", PaperTooHeavy),
        (scans.pdf(pages=MOST_PAGES + 1), "scan.pdf", FileTooLong),
        (scans.pdf(password="sakura"), "scan.pdf", FileLocked),
        (scans.pdf(action=scans.script()), "scan.pdf", FileActs),
        (scans.pdf(action=scans.script("/Launch")), "scan.pdf", FileActs),
        (scans.pdf(action={"/S": NameObject("/SubmitForm")}), "scan.pdf", FileActs),
        (scans.pdf(attached=b"MZ"), "scan.pdf", FileActs),
        (scans.pdf() + b"\n9 0 obj <</S /Java#53cript /JS (x)>> endobj", "scan.pdf", FileActs),
    ],
    ids=[
        *("a photo named pdf", "a pdf named jpg", "two endings", "a program", "a page", "an archive", "nothing"),
        *("half a pdf", "a cut pdf", "a cut photo", "an empty picture", "a bomb", "too heavy", "too long", "locked"),
        *("a script", "a launch", "a form that sends", "a file inside", "a hidden script"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_a_sentence(content, name, refusal):
    with pytest.raises(refusal) as refused:
        examined(content, name)
    assert isinstance(refused.value, FileRefused)
    assert "%" not in refused.value.said


def test_a_pdf_that_opens_at_its_first_page_acts_on_nothing():
    assert examined(scans.pdf(action={"/S": NameObject("/GoTo")}), "a.pdf").content_type == "application/pdf"


@pytest.mark.parametrize(
    ("name", "kept"),
    [("C:\\fakepath\\同意書.pdf", "同意書.pdf"), ("../../etc/a.pdf", "a.pdf"), ("a\x00\x1b\u202e.pdf", "a.pdf")],
    ids=["windows", "a way up", "unseen signs"],
)
def test_of_a_name_only_the_last_part_is_kept(name, kept):
    assert examined(scans.pdf(), name).original_name == kept

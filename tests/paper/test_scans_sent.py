"""Files of scans that somebody sends: each becomes pages that were drawn anew, or a sentence."""

import io
import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfReader, PdfWriter

from apps.files.refusals import FileEmpty, FileLocked, FileUnreadable
from apps.paper.codes import new_code
from apps.paper.drawing import HEAVIEST, MOST_PAGES, drawn
from apps.paper.forms import MOST_FILES, ScansForm
from apps.paper.printing import draw
from apps.paper.reading import ready, seen_on
from apps.paper.refusals import ScanTooHeavy, ScanTooLong, ScanUnknown
from tests.paper.blocks import QUESTIONS, words_for
from tests.paper.makers import as_file, as_png, white
from tests.paper.scans import FAX_LINES, faxed, rendered


def opened(page):
    return Image.open(io.BytesIO(page))


@pytest.fixture(scope="module")
def pdf():
    return draw([words_for(new_code()), words_for(new_code())], QUESTIONS).content


def test_each_page_of_a_pdf_is_drawn(pdf):
    pages = drawn(pdf)

    assert len(pages) == 2
    assert all(seen_on(ready(opened(page)))[0].lies for page in pages)


def test_each_page_of_a_fax_is_drawn_with_square_pixels(pdf):
    pages = [faxed(page, random.Random(1), FAX_LINES).convert("1") for page in rendered(pdf)]
    file = as_file(pages[0], "TIFF", compression="group4", dpi=(204, 98), save_all=True, append_images=pages[1:])

    found = [opened(page) for page in drawn(file)]

    assert len(found) == 2
    assert all(1.3 < page.height / page.width < 1.5 for page in found)
    assert all(seen_on(page)[0].lies for page in found)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF"])
def test_a_photo_is_drawn(form):
    [page] = drawn(as_file(white(), form))

    assert opened(page).size == (827, 1169)


def test_nothing_but_the_picture_is_kept():
    exif = Image.Exif()
    exif[0x010E] = "12 Sakura Street"
    [page] = drawn(as_file(white(), "JPEG", exif=exif))

    assert b"Sakura" not in page
    assert not opened(page).getexif()


def locked(pdf):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.encrypt("secret")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def long(pdf):
    writer = PdfWriter()
    page = PdfReader(io.BytesIO(pdf)).pages[0]
    for _ in range(MOST_PAGES + 1):
        writer.add_page(page)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_what_is_no_scan_is_told_so(pdf):
    wrong = [
        (b"", FileEmpty),
        (b"PK\x03\x04 something else", ScanUnknown),
        (b"GIF89a....", ScanUnknown),
        (b"%PDF-1.7 and nothing after it", FileUnreadable),
        (as_png(white())[:200], FileUnreadable),
        (b"II*\x00broken", FileUnreadable),
        (locked(pdf), FileLocked),
        (long(pdf), ScanTooLong),
        (b"%PDF-" + bytes(HEAVIEST), ScanTooHeavy),
    ]
    for content, refusal in wrong:
        with pytest.raises(refusal):
            drawn(content)


def files(*named):
    class Files(dict):
        def getlist(self, name):
            return [SimpleUploadedFile(*one) for one in named]

    return ScansForm({}, Files())


def test_a_form_names_the_file_that_is_no_scan_and_keeps_none():
    form = files(("a.png", as_png(white())), ("b.zip", b"PK\x03\x04"))

    assert not form.is_valid()
    assert "b.zip" in form.errors["scans"][0]
    assert "scans" not in form.cleaned_data


def test_a_form_takes_several_files_but_not_too_many():
    good = ("a.png", as_png(white()))

    two = files(good, good)

    assert two.is_valid()
    assert [len(file.pages) for file in two.cleaned_data["scans"]] == [1, 1]
    assert files(*[good] * (MOST_FILES + 1)).has_error("scans", "too_many_scans")
    assert files().has_error("scans", "required")

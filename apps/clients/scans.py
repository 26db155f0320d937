"""What somebody uploads as a paper, looked at before it is kept: what it is, and that nothing in it acts or is hidden.

Nothing is believed of a file but its bytes. A picture is drawn anew, so that neither the place nor the hour nor the
camera of a photo travels along (ASVS 14.2.8); a PDF that holds programs, or others' files, is refused.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from apps.clients.models import ContentType
from apps.clients.refusals import (
    PaperActs,
    PaperEmpty,
    PaperIsSomethingElse,
    PaperLocked,
    PaperTooFine,
    PaperTooHeavy,
    PaperTooLong,
    PaperUnknown,
    PaperUnreadable,
)

MEGABYTE = 1024 * 1024
HEAVIEST = 10 * MEGABYTE
# A photo of a telephone has 12 to 24 million pixels; a bomb unpacks to thousands of millions.
MOST_PIXELS = 40_000_000
MOST_PAGES = 200
MOST_OBJECTS = 50_000
# The longer side of a preview, in pixels: a card on a telephone of double density.
PREVIEW = 640

BEGINNINGS = {
    b"%PDF-": ContentType.PDF,
    b"\xff\xd8\xff": ContentType.JPEG,
    b"\x89PNG\r\n\x1a\n": ContentType.PNG,
}
ENDINGS = {
    ContentType.PDF: {".pdf"},
    ContentType.JPEG: {".jpg", ".jpeg", ".jpe", ".jfif"},
    ContentType.PNG: {".png"},
}
# What makes a PDF do something when it is opened, or carry what is not looked at here.
ACTING = {
    "/JavaScript",
    "/JS",
    "/Launch",
    "/EmbeddedFile",
    "/EmbeddedFiles",
    "/RichMedia",
    "/Movie",
    "/Rendition",
    "/XFA",
    "/SubmitForm",
    "/ImportData",
    "/GoToR",
    "/GoToE",
}
# The same where an object is hidden from the reader but not from a lenient viewer; `#4a` is a J in a name.
ACTING_RAW = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFile|RichMedia|SubmitForm|ImportData)\b")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


@dataclass(frozen=True)
class Scan:
    """A file as it is kept: what it is, its bytes, a small picture of it (none of a PDF), and what it was called."""

    content_type: str
    content: bytes
    preview: bytes
    original_name: str


def check_weight(size: int) -> None:
    if size > HEAVIEST:
        raise PaperTooHeavy(limit=HEAVIEST // MEGABYTE)


def examined(content: bytes, name: str) -> Scan:
    """The file as it may be kept, or a `PaperRefused` with the sentence that says why not."""
    check_weight(len(content))
    if not content:
        raise PaperEmpty
    content_type = type_of(content)
    check_claim(content_type, name)
    if content_type == ContentType.PDF:
        check_pdf(content)
        return Scan(content_type, content, b"", plain_file_name(name))
    drawn = picture_in(content, content_type)
    return Scan(content_type, written(drawn, content_type), preview_of(drawn), plain_file_name(name))


def type_of(content: bytes) -> ContentType:
    for beginning, content_type in BEGINNINGS.items():
        if content.startswith(beginning):
            return content_type
    raise PaperUnknown


def check_claim(content_type: ContentType, name: str) -> None:
    """A name that says one thing around bytes that are another is a mistake, or meant to deceive."""
    ending = PurePosixPath(name).suffix.lower()
    if ending and ending not in ENDINGS[content_type]:
        raise PaperIsSomethingElse(found=content_type.label)


def plain_file_name(name: str) -> str:
    """The last part of a name, without signs that cannot be shown."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable())[-120:].strip()


# -- pictures


def picture_in(content: bytes, content_type: ContentType) -> Image.Image:
    """The picture upright, as plain colours: its notes, profiles, thumbnails and further frames are left behind."""
    try:
        with Image.open(io.BytesIO(content), formats=[content_type.label]) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise PaperTooFine(limit=MOST_PIXELS // 1_000_000)
            return plain(ImageOps.exif_transpose(opened))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PaperTooFine(limit=MOST_PIXELS // 1_000_000) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        # Pillow meets broken files with whatever went wrong first.
        raise PaperUnreadable from error


def plain(picture: Image.Image) -> Image.Image:
    """Grey stays grey; everything else becomes red, green and blue on white."""
    if picture.mode in {"1", "L"}:
        return bare(picture.convert("L"))
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        white = Image.new("RGBA", seen.size, "white")
        return bare(Image.alpha_composite(white, seen).convert("RGB"))
    return bare(picture.convert("RGB"))


def bare(picture: Image.Image) -> Image.Image:
    picture.info = {}
    return picture


def written(picture: Image.Image, content_type: ContentType) -> bytes:
    buffer = io.BytesIO()
    if content_type == ContentType.JPEG:
        picture.save(buffer, "JPEG", quality=88, optimize=True)
    else:
        picture.save(buffer, "PNG", optimize=False)
    return buffer.getvalue()


def preview_of(picture: Image.Image) -> bytes:
    small = picture.copy()
    small.thumbnail((PREVIEW, PREVIEW))
    return written(small, ContentType.JPEG)


# -- PDFs


def check_pdf(content: bytes) -> None:
    """Readable, without a lock, of a bounded length, and without anything that acts."""
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise PaperLocked
        if len(reader.pages) > MOST_PAGES:
            raise PaperTooLong(limit=MOST_PAGES)
        acts = any(name in ACTING for name in names_in(reader)) or acts_raw(content)
    except (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, OSError, RecursionError) as error:
        # pypdf meets broken files with whatever went wrong first.
        raise PaperUnreadable from error
    if acts:
        raise PaperActs
    if not reader.pages:
        raise PaperEmpty


def acts_raw(content: bytes) -> bool:
    unescaped = ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)
    return bool(ACTING_RAW.search(unescaped))


def names_in(reader: PdfReader) -> Iterator[str]:
    """Every name in every object of the file, also in those that no page leads to."""
    ids = {(number, generation) for generation, table in reader.xref.items() for number in table}
    ids |= {(number, 0) for number in reader.xref_objStm}
    if len(ids) > MOST_OBJECTS:
        raise PaperTooLong(limit=MOST_PAGES)
    waiting: list[Any] = [reader.trailer]
    waiting += [reader.get_object(IndirectObject(number, generation, reader)) for number, generation in sorted(ids)]
    while waiting:
        thing = waiting.pop()
        # What is pointed at stands among the objects themselves.
        if isinstance(thing, NameObject):
            yield str(thing)
        elif isinstance(thing, DictionaryObject | StreamObject):
            waiting += [*thing.keys(), *(value for value in dict.values(thing))]
        elif isinstance(thing, ArrayObject):
            waiting += list(list.__iter__(thing))

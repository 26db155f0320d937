"""What somebody uploads as a paper, looked at before it is kept: a PDF or a photo, and that nothing in it acts or is hidden.

How a picture is drawn anew and a PDF searched is the house's (apps/files/scans); a paper is small enough to be looked at
while its sender waits.
"""

import io
from dataclasses import dataclass

from apps.clients.models import ContentType
from apps.clients.refusals import PaperTooHeavy, PaperUnknown
from apps.files.kinds import FORMAT_OF
from apps.files.refusals import FileEmpty
from apps.files.scans import pdfs, pictures
from apps.files.scans.names import name_as, plain_name

MEGABYTE = 1024 * 1024
HEAVIEST = 10 * MEGABYTE
MOST_PIXELS = 40_000_000
# The longer side of a preview, in pixels: a card on a telephone of double density.
PREVIEW = 640

BEGINNINGS = {
    b"%PDF-": ContentType.PDF,
    b"\xff\xd8\xff": ContentType.JPEG,
    b"\x89PNG\r\n\x1a\n": ContentType.PNG,
}


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
    """The file as it may be kept, or a `FileRefused` with the sentence that says why not."""
    check_weight(len(content))
    if not content:
        raise FileEmpty
    content_type = type_of(content)
    shown = plain_name(name)
    # A name that says one thing around bytes that are another is a mistake, or meant to deceive.
    name_as(shown, FORMAT_OF[content_type])
    if content_type == ContentType.PDF:
        pdfs.pages_of(io.BytesIO(content))
        return Scan(content_type, content, b"", shown)
    drawn = pictures.drawn(io.BytesIO(content), content_type.label, most=MOST_PIXELS)
    preview = pictures.written(pictures.smaller(drawn, PREVIEW), "JPEG")
    return Scan(content_type, pictures.written(drawn, content_type.label), preview, shown)


def type_of(content: bytes) -> ContentType:
    for beginning, content_type in BEGINNINGS.items():
        if content.startswith(beginning):
            return content_type
    raise PaperUnknown

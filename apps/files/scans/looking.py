"""Looks at one file: what it is, whether it may be kept, as which bytes, and how it looks on a screen.

`python -m apps.files.scans.looking FILE NAME FOLDER` writes what was found to its standard output as JSON. It runs as a
process of its own (`apart`), because it hands strangers' bytes to libraries that read many formats.
"""

import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

import pypdfium2
from PIL import Image
from pillow_heif import register_heif_opener

from apps.files import kinds
from apps.files.kinds import FileKind, Format
from apps.files.refusals import FileEmpty, FileIsOld, FileLocked, FileRefused, FileTooFine, FileUnknown, FileUnreadable
from apps.files.scans import archives, films, pdfs, pictures, texts
from apps.files.scans.names import name_as

BEGINNINGS = (
    (b"%PDF-", kinds.PDF),
    (b"\xff\xd8\xff", kinds.JPEG),
    (b"\x89PNG\r\n\x1a\n", kinds.PNG),
    (b"GIF87a", kinds.GIF),
    (b"GIF89a", kinds.GIF),
    (b"PK\x03\x04", kinds.ZIP),
    (b"PK\x05\x06", kinds.ZIP),
    (b"ID3", kinds.MP3),
)
READERS = {kinds.JPEG: "JPEG", kinds.PNG: "PNG", kinds.GIF: "GIF", kinds.WEBP: "WEBP", kinds.HEIC: "HEIF"}
# What a picture becomes: photos JPEG, drawings PNG, so that every browser of every office shows them.
BECOMES = {kinds.HEIC: kinds.JPEG, kinds.WEBP: kinds.JPEG, kinds.GIF: kinds.PNG}
# The container of old Office files, and of new ones with a password.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WITH_A_PASSWORD = "EncryptedPackage".encode("utf-16-le")

MOST_PAGES = 1_000
MOST_OBJECTS = 500_000
# Pages beyond are kept and downloaded, and not drawn.
MOST_PAGES_DRAWN = 100
# The longer side in pixels: on a card, and as large as a screen shows.
THUMBNAIL = 480
PREVIEW = 1600
MOST_PIXELS_OF_A_PAGE = 40_000_000


@dataclass(frozen=True)
class Drawing:
    """A picture of the file for the screen, in a file of the folder; pages are numbered from 1."""

    role: str
    number: int
    file: str
    width: int
    height: int


@dataclass(frozen=True)
class Found:
    """What a file is. `kept` names a file of the folder where other bytes are kept than came, and is empty otherwise."""

    content_type: str
    name: str
    kept: str = ""
    pages: int = 0
    drawings: list[Drawing] = field(default_factory=list)


def look(source: Path, name: str, folder: Path) -> Found:
    """What was found, with its drawings in `folder`; or a FileRefused."""
    with source.open("rb") as file:
        found = checked(file, name)
        named = name_as(name, found, becomes=BECOMES.get(found))
        if found.kind == FileKind.PICTURE:
            return picture_found(file, found, named, folder)
        if found is kinds.PDF:
            return pdf_found(source, file, named, folder)
    if found in (kinds.MP4, kinds.MOV, kinds.M4A):
        return film_found(source, found, named, folder)
    return Found(found.content_type, named)


def checked(file: IO[bytes], name: str) -> Format:
    """What the bytes are, after everything that is refused was refused; pictures are read when they are drawn."""
    found = format_of(file, name)
    file.seek(0)
    if found is kinds.ZIP:
        with archives.opened(file) as archive:
            found = archives.format_in(archive)
            if found is kinds.ZIP:
                archives.check_parts(archive, checked_inside)
    elif found.kind == FileKind.TEXT:
        texts.check_text(file, texts.encoding_of(file))
    return found


def checked_inside(file: IO[bytes], name: str) -> Format:
    """A file inside an archive, looked at like any other; its bytes stay as they are."""
    found = format_of(file, name)
    file.seek(0)
    if found is kinds.PDF:
        pdfs.pages_of(file, most=MOST_PAGES, most_objects=MOST_OBJECTS)
    elif found is kinds.ZIP:
        with archives.opened(file) as archive:
            found = archives.format_in(archive)
    elif found.kind == FileKind.TEXT:
        texts.check_text(file, texts.encoding_of(file))
    name_as(name, found)
    return found


def format_of(file: IO[bytes], name: str) -> Format:
    file.seek(0)
    beginning = file.read(64)
    if not beginning:
        raise FileEmpty
    if beginning.startswith(OLE):
        raise FileLocked if has(file, WITH_A_PASSWORD) else FileIsOld
    found = next((one for mark, one in BEGINNINGS if beginning.startswith(mark)), None) or films.format_of(beginning)
    if found is None and beginning[:4] == b"RIFF":
        found = {b"WEBP": kinds.WEBP, b"WAVE": kinds.WAV}.get(beginning[8:12])
    if found is None and beginning[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"):
        found = kinds.MP3
    return found or text_of(file, name)


def text_of(file: IO[bytes], name: str) -> Format:
    if beginning_of_mp4(file):
        raise FileUnknown
    texts.encoding_of(file)
    return kinds.CSV if PurePosixPath(name).suffix.lower() == ".csv" else kinds.TEXT


def beginning_of_mp4(file: IO[bytes]) -> bool:
    file.seek(4)
    return file.read(4) == b"ftyp"


def has(file: IO[bytes], words: bytes) -> bool:
    file.seek(0)
    before = b""
    while part := file.read(1024 * 1024):
        if words in before + part:
            return True
        before = part[-len(words) :]
    return False


# -- what is drawn


def picture_found(file: IO[bytes], found: Format, name: str, folder: Path) -> Found:
    file.seek(0)
    picture = pictures.drawn(file, READERS[found])
    kept = BECOMES.get(found, found)
    (folder / "kept").write_bytes(pictures.written(picture, READERS[kept]))
    return Found(kept.content_type, name, kept="kept", drawings=list(seen(picture, folder)))


def seen(picture: Image.Image, folder: Path) -> Iterator[Drawing]:
    """As a card shows it, and as a screen does."""
    for role, longer_side in (("thumbnail", THUMBNAIL), ("preview", PREVIEW)):
        yield saved(pictures.smaller(picture, longer_side), role, 0, folder)


def saved(picture: Image.Image, role: str, number: int, folder: Path) -> Drawing:
    name = f"{role}-{number}.jpg"
    (folder / name).write_bytes(pictures.written(picture, "JPEG"))
    return Drawing(role, number, name, picture.width, picture.height)


def pdf_found(source: Path, file: IO[bytes], name: str, folder: Path) -> Found:
    file.seek(0)
    pages = pdfs.pages_of(file, most=MOST_PAGES, most_objects=MOST_OBJECTS)
    return Found(kinds.PDF.content_type, name, pages=pages, drawings=list(drawn_pages(source, folder)))


def drawn_pages(source: Path, folder: Path) -> Iterator[Drawing]:
    try:
        document = pypdfium2.PdfDocument(source)
        for number in range(1, min(len(document), MOST_PAGES_DRAWN) + 1):
            page = pictures.plain(drawn_page(document[number - 1]))
            if number == 1:
                yield saved(pictures.smaller(page, THUMBNAIL), "thumbnail", 0, folder)
            yield saved(page, "page", number, folder)
    except (pypdfium2.PdfiumError, OSError, ValueError) as error:
        raise FileUnreadable from error


def drawn_page(page: Any) -> Image.Image:
    width, height = page.get_size()
    longer = max(width, height)
    if not 0 < longer < 1_000_000 or min(width, height) <= 0:
        raise FileUnreadable
    scale = PREVIEW / longer
    if width * height * scale * scale > MOST_PIXELS_OF_A_PAGE:
        raise FileTooFine(limit=MOST_PIXELS_OF_A_PAGE // 1_000_000)
    picture: Image.Image = page.render(scale=scale).to_pil()
    return picture


def film_found(source: Path, found: Format, name: str, folder: Path) -> Found:
    kept = folder / "kept"
    shutil.copyfile(source, kept)
    with kept.open("r+b") as copy:
        films.silence(copy)
    return Found(found.content_type, name, kept="kept")


def main(words: list[str]) -> int:
    source, name, folder = Path(words[0]), words[1], Path(words[2])
    register_heif_opener(thumbnails=False)
    try:
        answer: dict[str, Any] = asdict(look(source, name, folder))
    except FileRefused as refusal:
        answer = {"refused": refusal.code, "words": refusal.words}
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

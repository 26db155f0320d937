"""ZIP archives and the Office files made of them: nothing locked, nothing that acts, nothing that unpacks too far."""

import re
import tempfile
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import IO
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from apps.files.kinds import EXCEL, MEGABYTE, SLIDES, WORD, ZIP, Format
from apps.files.refusals import FileActs, FileEmpty, FileHoldsArchive, FileLocked, FileUnpacksTooFar, FileUnreadable

# Real files stay far below; a bomb goes far beyond.
MOST_PARTS = 5_000
UNPACKED = 2_048 * MEGABYTE
LONGEST_PART_NAME = 1_000
# More than this cannot be held by a list of contents or of relations.
LIST = 8 * MEGABYTE
IN_MEMORY = 8 * MEGABYTE

MAIN_PARTS = {
    b"wordprocessingml.document.main+xml": WORD,
    b"spreadsheetml.sheet.main+xml": EXCEL,
    b"presentationml.presentation.main+xml": SLIDES,
}
# Macros, controls and embedded objects by the names that Office gives them.
ACTING_PART = re.compile(
    r"vbaproject|vbadata|/activex/|oleobject\d*\.bin$|/macrosheets/|\.(?:exe|dll|js|vbs)$", re.IGNORECASE
)
ACTING_TYPE = re.compile(rb"macroEnabled|vbaProject|activeX|ms-office\.active|oleObject", re.IGNORECASE)
# What is fetched from elsewhere when the file is opened; a link that somebody must press is none.
RELATION = re.compile(rb"<Relationship\b[^>]*>", re.IGNORECASE)
OUTSIDE = re.compile(rb"""TargetMode\s*=\s*["']External["']""", re.IGNORECASE)
HARMLESS_OUTSIDE = re.compile(rb"""Type\s*=\s*["'][^"']*/hyperlink["']""", re.IGNORECASE)


def opened(source: IO[bytes]) -> ZipFile:
    """The archive with its list of contents bounded; no part of it has been unpacked."""
    try:
        archive = ZipFile(source)
        parts = archive.infolist()
    except (BadZipFile, LargeZipFile, OSError, ValueError, RuntimeError, NotImplementedError, UnicodeError) as error:
        raise FileUnreadable from error
    if any(part.flag_bits & 0x1 for part in parts):
        raise FileLocked
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise FileUnpacksTooFar
    if any(len(part.filename) > LONGEST_PART_NAME for part in parts):
        raise FileUnreadable
    return archive


def format_in(archive: ZipFile) -> Format:
    """Word, Excel, PowerPoint, or a plain archive; refused is Office with anything that acts."""
    names = {part.filename for part in archive.infolist()}
    if "[Content_Types].xml" not in names:
        return ZIP
    types = unpacked(archive, "[Content_Types].xml")
    if ACTING_TYPE.search(types) or any(ACTING_PART.search(name) for name in names):
        raise FileActs
    for name in names:
        if name.endswith(".rels") and fetches(unpacked(archive, name)):
            raise FileActs
    return next((found for main, found in MAIN_PARTS.items() if main in types), ZIP)


def fetches(relations: bytes) -> bool:
    """Whether something outside is loaded without anybody pressing anything: a template, an object, a picture."""
    return any(OUTSIDE.search(one) and not HARMLESS_OUTSIDE.search(one) for one in RELATION.findall(relations))


def unpacked(archive: ZipFile, name: str, *, most: int = LIST) -> bytes:
    try:
        with archive.open(name) as part:
            content = part.read(most + 1)
    except (BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError) as error:
        raise FileUnreadable from error
    if len(content) > most:
        raise FileUnpacksTooFar
    return content


def check_parts(archive: ZipFile, check: Callable[[IO[bytes], str], Format]) -> None:
    """Look at every file of a plain archive by `check`, as if it had been sent by itself."""
    parts = [part for part in archive.infolist() if not part.is_dir()]
    if not parts:
        raise FileEmpty
    for part in parts:
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as copy:
            copied(archive, part, copy)
            found = check(copy, PurePosixPath(part.filename.replace("\\", "/")).name)
        if found is ZIP:
            raise FileHoldsArchive


def copied(archive: ZipFile, part: ZipInfo, target: IO[bytes]) -> None:
    """Unpack what the list announced and no more: the list may lie."""
    left = part.file_size
    try:
        with archive.open(part) as content:
            while piece := content.read(MEGABYTE):
                left -= len(piece)
                if left < 0:
                    raise FileUnpacksTooFar
                target.write(piece)
    except (BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError) as error:
        raise FileUnreadable from error
    target.seek(0)

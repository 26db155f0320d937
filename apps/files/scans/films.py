"""Films and sounds in the MPEG-4 and QuickTime container: recognised, and freed of the place where they were taken.

A film is a row of boxes, some of them full of boxes: four bytes of length, four letters, content. What tells place,
hour and camera stands in boxes of its own (ISO 14496-12 `udta` and `meta`, QuickTime's too). They are renamed to `free`,
which every player skips, and emptied: no other byte moves, so nothing needs to be encoded anew.
"""

import struct
from collections.abc import Iterator
from typing import IO

from apps.files.kinds import HEIC, M4A, MOV, MP4, Format
from apps.files.refusals import FileUnreadable

BRANDS: dict[bytes, Format] = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), HEIC),
    **dict.fromkeys((b"M4A ", b"M4B "), M4A),
    **dict.fromkeys(
        (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"3gp4", b"3gp5"), MP4
    ),
    b"qt  ": MOV,
}
TELLING = {b"udta", b"meta", b"uuid"}
FULL_OF_BOXES = {b"moov", b"trak", b"mdia", b"minf"}
MOST_BOXES = 10_000
A_WRITE = 1024 * 1024


def format_of(beginning: bytes) -> Format | None:
    """What the brand of an `ftyp` box says; None where there is none that is known."""
    if beginning[4:8] != b"ftyp":
        return None
    return BRANDS.get(beginning[8:12])


def silence(file: IO[bytes]) -> None:
    """Empty, in place, every box that tells more than picture and sound."""
    end = file.seek(0, 2)
    try:
        telling = list(telling_boxes(file, 0, end, depth=0))
    except struct.error as error:
        raise FileUnreadable from error
    for start, head, stop in telling:
        file.seek(start + 4)
        file.write(b"free")
        file.seek(start + head)
        left = stop - start - head
        while left > 0:
            left -= file.write(bytes(min(left, A_WRITE)))


def telling_boxes(file: IO[bytes], start: int, end: int, depth: int) -> Iterator[tuple[int, int, int]]:
    """Where each box of that kind starts, how long its head is, and where it ends."""
    seen = 0
    while start + 8 <= end:
        seen += 1
        file.seek(start)
        size, kind = struct.unpack(">I4s", file.read(8))
        head = 8
        if size == 1:
            (size,), head = struct.unpack(">Q", file.read(8)), 16
        stop = end if size == 0 else start + size
        if stop > end or stop < start + head or seen > MOST_BOXES:
            raise FileUnreadable
        if kind in TELLING:
            yield start, head, stop
        elif kind in FULL_OF_BOXES and depth < len(FULL_OF_BOXES):
            yield from telling_boxes(file, start + head, stop, depth + 1)
        start = stop

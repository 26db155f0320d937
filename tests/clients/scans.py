"""Files as people send them: photos with their notes, PDFs good and bad, and what only claims to be one."""

import io
import struct
import zlib
from typing import Any

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

# Where a photo was taken: 39°17' N.
LATITUDE = (39.0, 17.0, 4.0)


def photo(*, colour: tuple[int, int, int] = (200, 210, 220), size: tuple[int, int] = (60, 80), **notes: Any) -> bytes:
    """A JPEG as a telephone makes it, with the place and the hour inside unless `bare`."""
    picture, exif = Image.new("RGB", size, colour), Image.Exif()
    if not notes.get("bare"):
        exif[0x0110] = "Pocket Camera 9"
        exif[0x0132] = "2026:11:21 10:15:00"
        exif.get_ifd(0x8825).update({1: "N", 2: LATITUDE})
    if "turned" in notes:
        exif[0x0112] = notes["turned"]
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def png(size: tuple[int, int] = (40, 40)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGBA", size, (0, 0, 0, 0)).save(buffer, "PNG")
    return buffer.getvalue()


def bomb() -> bytes:
    """A PNG of a few bytes that claims to unpack to ten thousand million pixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", 100_000, 100_000, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


def pdf(*, pages: int = 1, password: str = "", action: dict[str, Any] | None = None, **more: Any) -> bytes:
    """A PDF of empty pages; with a password, with something that happens on opening, or with a file inside."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if action is not None:
        opening = DictionaryObject({NameObject(key): value for key, value in action.items()})
        writer.root_object[NameObject("/OpenAction")] = opening
    if "attached" in more:
        writer.add_attachment("list.txt", more["attached"])
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def script(kind: str = "/JavaScript") -> dict[str, Any]:
    return {"/S": NameObject(kind), "/JS": TextStringObject("app.alert(1)"), "/F": TextStringObject("cmd.exe")}

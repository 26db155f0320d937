"""Files as people send them, by the tus protocol and as a worker finds them."""

import base64
import io
import zipfile
from typing import Any
from uuid import UUID

from PIL import Image
from pillow_heif import from_pillow

from apps.files import actions
from apps.files.models import StoredFile
from tests.clients import scans

UPLOADS = "/e/sakuragawa-care/uploads/"
TUS = {"Tus-Resumable": "1.0.0"}
A_PIECE = "application/offset+octet-stream"
TYPES = "[Content_Types].xml"


def metadata(name: str) -> str:
    return f"filename {base64.b64encode(name.encode()).decode()}"


def begin(browser: Any, size: int, name: str = "memo.txt", at: str = UPLOADS) -> Any:
    heads = {**TUS, "Upload-Length": str(size), "Upload-Metadata": metadata(name)}
    return browser.post(at, content_type="application/octet-stream", headers=heads)


def send_piece(browser: Any, where: str, offset: int, content: bytes, **heads: str) -> Any:
    said = {**TUS, "Upload-Offset": str(offset), **{name.replace("_", "-"): value for name, value in heads.items()}}
    return browser.patch(where, data=content, content_type=A_PIECE, headers=said)


def send(browser: Any, content: bytes, name: str = "memo.txt") -> UUID:
    """As a whole, and not yet looked at."""
    where = begin(browser, len(content), name)["Location"]
    assert send_piece(browser, where, 0, content).status_code == 204
    return UUID(where.rstrip("/").rpartition("/")[2])


def sent(content: bytes, name: str, *, by: Any) -> StoredFile:
    """Taken in and looked at, as the worker does it."""
    file = actions.take_file(name=name, content=io.BytesIO(content), size=len(content), by=by)
    actions.look_at(file_id=file.pk)
    file.refresh_from_db()
    return file


def zipped(**parts: bytes | str) -> bytes:
    """An archive of the parts; a double underscore in a name is a point, so that a name can be a word."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "."), content)
    return buffer.getvalue()


def parts(**more: bytes | str) -> dict[str, bytes | str]:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    return {TYPES: types, "word/document.xml": "<w:document/>", **more}


def word(**more: bytes | str) -> bytes:
    return zipped(**parts(**more))


def heic(size: tuple[int, int] = (64, 48)) -> bytes:
    """A photo of a telephone, with the place inside."""
    exif = Image.Exif()
    exif[0x0110] = "Pocket Camera 9"
    exif.get_ifd(0x8825).update({1: "N", 2: scans.LATITUDE})
    buffer = io.BytesIO()
    from_pillow(Image.new("RGB", size, (200, 40, 40))).save(buffer, exif=exif.tobytes(), quality=50)
    return buffer.getvalue()


def locked_zip() -> bytes:
    """The flag that says a part is encrypted stands in the list of contents and before the part."""
    content = bytearray(zipped(memo__txt="ひみつ"))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    return bytes(content)


def box(kind: bytes, *inside: bytes) -> bytes:
    content = b"".join(inside)
    return (len(content) + 8).to_bytes(4, "big") + kind + content


def film() -> bytes:
    """The boxes of a film, with the place in its user data."""
    place = box(b"udta", box(b"\xa9xyz", b"\x00\x12\x15\xc7+39.2844+141.1130/"))
    moov = box(b"moov", box(b"mvhd", bytes(100)), box(b"trak", box(b"tkhd", bytes(84)), place), place)
    return box(b"ftyp", b"mp42", bytes(4), b"mp42isom") + moov + box(b"mdat", b"moving pictures")

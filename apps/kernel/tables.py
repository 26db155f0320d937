"""A table as bytes: for spreadsheets that know UTF-8, and for programs that read nothing but CP932."""

import csv
import io
from collections.abc import Iterable

# What stands for a character that CP932 does not have: the printers' sign for a missing one.
MISSING = "〓"


def written(rows: Iterable[Iterable[object]]) -> str:
    """Lines that end as spreadsheets want them, and no text among them that one would take for a formula."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([harmless(str(cell)) for cell in row] for row in rows)
    return text.getvalue()


def harmless(text: str) -> str:
    """A text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def in_utf8(text: str) -> bytes:
    """With the mark by which spreadsheets know UTF-8."""
    return text.encode("utf-8-sig")


def in_cp932(text: str) -> bytes:
    missing = unwritable_in(text)
    return "".join(MISSING if one in missing else one for one in text).encode("cp932")


def unwritable_in(text: str) -> list[str]:
    """The characters that CP932 does not have, each once, in the order in which they stand."""
    return [one for one in dict.fromkeys(text) if not is_writable(one)]


def is_writable(character: str) -> bool:
    try:
        character.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True

"""Texts and tables of text: readable signs in UTF-8, UTF-16 or Shift_JIS, and no individual number in them."""

import codecs
from typing import IO

from apps.files.refusals import FileHoldsNumber, FileUnknown
from apps.kernel.my_number import holds_individual_number

A_READ = 1024 * 1024
# A number may stand across the end of a read.
OVERLAP = 40
MARKED = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
ORDINARY = frozenset("\t\r\n\f\x1a")


def encoding_of(source: IO[bytes]) -> str:
    """The encoding in which the whole file reads; what reads in none, or holds signs of control, is no text."""
    source.seek(0)
    beginning = source.read(4)
    marked = [name for mark, name in MARKED if beginning.startswith(mark)]
    for encoding in marked or ["utf-8", "cp932"]:
        if reads_as(source, encoding):
            return encoding
    raise FileUnknown


def reads_as(source: IO[bytes], encoding: str) -> bool:
    source.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while part := source.read(A_READ):
            if not is_text(decoder.decode(part)):
                return False
        return is_text(decoder.decode(b"", final=True))
    except UnicodeError:
        return False


def is_text(words: str) -> bool:
    return all(sign >= " " or sign in ORDINARY for sign in set(words))


def check_text(source: IO[bytes], encoding: str) -> None:
    """Refuses a text in which an individual number stands (domain rule L6)."""
    source.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    before = ""
    while part := source.read(A_READ):
        words = before + decoder.decode(part)
        if holds_individual_number(words):
            raise FileHoldsNumber
        before = words[-OVERLAP:]

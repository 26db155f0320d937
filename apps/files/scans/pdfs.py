"""PDFs: readable, without a lock, of a bounded length, and without anything that acts."""

import re
from collections.abc import Iterator
from typing import IO, Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from apps.files.refusals import FileActs, FileEmpty, FileLocked, FileTooLong, FileUnreadable

MOST_PAGES = 200
MOST_OBJECTS = 50_000
A_READ = 1024 * 1024
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
LONGEST_NAME = 64


def pages_of(source: IO[bytes], *, most: int = MOST_PAGES, most_objects: int = MOST_OBJECTS) -> int:
    """How many pages a PDF has, once it is found harmless; refused is what is locked, too long, acts or is broken."""
    try:
        reader = PdfReader(source)
        if reader.is_encrypted:
            raise FileLocked
        pages = len(reader.pages)
        if pages > most:
            raise FileTooLong(limit=most)
        acts = any(name in ACTING for name in names_in(reader, most, most_objects)) or acts_raw(source)
    except (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, OSError, RecursionError) as error:
        # pypdf meets broken files with whatever went wrong first.
        raise FileUnreadable from error
    if acts:
        raise FileActs
    if not pages:
        raise FileEmpty
    return pages


def acts_raw(source: IO[bytes]) -> bool:
    """Read through in parts that overlap by the longest name, so that none is missed between two."""
    source.seek(0)
    before = b""
    while part := source.read(A_READ):
        unescaped = ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), before + part)
        if ACTING_RAW.search(unescaped):
            return True
        before = part[-LONGEST_NAME * 3 :]
    return False


def names_in(reader: PdfReader, most: int, most_objects: int) -> Iterator[str]:
    """Every name in every object of the file, also in those that no page leads to."""
    ids = {(number, generation) for generation, table in reader.xref.items() for number in table}
    ids |= {(number, 0) for number in reader.xref_objStm}
    if len(ids) > most_objects:
        raise FileTooLong(limit=most)
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

"""Files as rows: which encoding, which line, and never more than one line in memory."""

import codecs
import csv
import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .refusals import EncodingUnknown, FileEmpty, FileMissing, LineTooLong

# The longest line of the official files has some 2,000 characters.
LONGEST_LINE = 64 * 1024
CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Row:
    """One record of a file and the line it begins on, counted from one."""

    line: int
    fields: list[str]


class SourceFile:
    """A file on disk, opened as rows. Its first line is read at once, the whole file only when asked."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                beginning = file.read(LONGEST_LINE)
        except OSError as trouble:
            raise FileMissing(path=str(path)) from trouble
        if not beginning.strip():
            raise FileEmpty
        first, newline, _rest = beginning.partition(b"\n")
        if not newline and len(beginning) == LONGEST_LINE:
            raise LineTooLong(line=1)
        self.size = path.stat().st_size
        self.has_bom = first.startswith(codecs.BOM_UTF8)
        self.encoding = "utf-8-sig" if decodes(first, "utf-8-sig") else "cp932"
        if not decodes(first, self.encoding):
            raise EncodingUnknown(line=1)
        self.first_is_plain = first.isascii()
        self.first = next(csv.reader([first.decode(self.encoding).rstrip("\r")]), [])

    def check_encoding(self) -> str:
        """Read the whole file once: settle its encoding or refuse with the line number. Returns the SHA-256.

        UTF-8 comes first and CP932 second; a mark or a first line beyond ASCII has decided already. The line named is
        where the better attempt stopped.
        """
        undecided = self.first_is_plain and not self.has_bom
        digest, stopped = self._scan(["utf-8-sig", "cp932"] if undecided else [self.encoding])
        for encoding, line in stopped.items():
            if line is None:
                self.encoding = encoding
                return digest
        raise EncodingUnknown(line=max(line for line in stopped.values() if line is not None))

    def _scan(self, encodings: list[str]) -> tuple[str, dict[str, int | None]]:
        digest = hashlib.sha256()
        decoders = {encoding: codecs.getincrementaldecoder(encoding)() for encoding in encodings}
        stopped: dict[str, int | None] = dict.fromkeys(encodings)
        lines_before = 0
        with self.path.open("rb") as file:
            while True:
                chunk = file.read(CHUNK)
                digest.update(chunk)
                for encoding, decoder in decoders.items():
                    if stopped[encoding] is None:
                        try:
                            decoder.decode(chunk, final=not chunk)
                        except UnicodeDecodeError as trouble:
                            stopped[encoding] = self._line_of(lines_before, chunk, trouble)
                if not chunk:
                    return digest.hexdigest(), stopped
                lines_before += chunk.count(b"\n")

    def _line_of(self, lines_before: int, chunk: bytes, trouble: UnicodeDecodeError) -> int:
        # The decoder may have carried up to three bytes over from the chunk before; none of them is a line end.
        carried = len(trouble.object) - len(chunk)
        return lines_before + 1 + chunk.count(b"\n", 0, max(trouble.start - carried, 0))

    def rows(self, on_bytes: Callable[[int], None] | None = None) -> Iterator[Row]:
        """Every record, the header included; `on_bytes` hears now and then how far the reading has come."""
        with self.path.open("rb") as binary, io.TextIOWrapper(binary, encoding=self.encoding, newline="") as text:
            reader = csv.reader(bounded_lines(text))
            line = 1
            try:
                for fields in reader:
                    if fields:
                        yield Row(line, fields)
                    line = reader.line_num + 1
                    if on_bytes is not None and line % 1000 == 0:
                        on_bytes(binary.tell())
            except csv.Error as trouble:
                # A quote that never closes: the reader gives up when a field grows beyond its limit.
                raise LineTooLong(line=line) from trouble
        if on_bytes is not None:
            on_bytes(self.size)


def bounded_lines(text: io.TextIOWrapper) -> Iterator[str]:
    """The file's lines; a line without an end is refused before it fills the memory, and so is binary rubbish."""
    number = 0
    while line := text.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE and not line.endswith("\n"):
            raise LineTooLong(line=number)
        if "\0" in line:
            raise EncodingUnknown(line=number)
        yield line


def decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

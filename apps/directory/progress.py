"""A bar on the terminal that says how far a file has been read."""

import sys
from typing import TextIO

WIDTH = 30


class Bar:
    """Draws on a terminal only: in a log or a pipe it stays silent."""

    def __init__(self, *, label: str, size: int, stream: TextIO | None = None) -> None:
        self.label = label
        self.size = max(size, 1)
        self.stream = stream or sys.stderr
        self._shown = -1

    def show(self, read: int) -> None:
        percent = min(100 * read // self.size, 100)
        if percent == self._shown or not self.stream.isatty():
            return
        self._shown = percent
        full = WIDTH * percent // 100
        # What was read is written by a few statements over whole sets, which cannot say how far they are.
        writing = ", writing …" if percent == 100 else ""
        self.stream.write(f"\r{self.label}  [{'#' * full}{'.' * (WIDTH - full)}] {percent:3} %{writing}")
        self.stream.flush()

    def end(self) -> None:
        if self._shown >= 0:
            self.stream.write("\n")

"""What stands on a sheet, from top to bottom, as whoever asks says it; `printing` draws it.

The key of a box is the asker's own word for it, unique on the sheet; it comes back with the mark that was found in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Choice:
    """A box and the words beside it."""

    key: str
    label: str


@dataclass(frozen=True)
class Ticks:
    """A question with boxes to tick."""

    text: str
    choices: tuple[Choice, ...]
    note: str = ""


@dataclass(frozen=True)
class GridRow:
    head: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A question with a box in each cell of a small table: as many keys in each row as there are columns."""

    text: str
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]
    note: str = ""


@dataclass(frozen=True)
class Lines:
    """A question that is answered in handwriting: no machine reads it, a person does."""

    text: str
    lines: int = 1
    note: str = ""


Block = Heading | Paragraph | Ticks | Grid | Lines


def words_of_boxes(blocks: Iterable[Block]) -> dict[str, tuple[str, str]]:
    """What each box is about: the question, and the words beside the box."""
    said: dict[str, tuple[str, str]] = {}
    for block in blocks:
        if isinstance(block, Ticks):
            said |= {choice.key: (block.text, choice.label) for choice in block.choices}
        elif isinstance(block, Grid):
            for row in block.rows:
                cells = zip(block.columns, row.keys, strict=True)
                said |= {key: (block.text, f"{column} {row.head}") for column, key in cells}
    return said

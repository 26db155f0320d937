"""Answers as a table, one line for each office: heads and cells in words."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.surveys.kinds import Poll, QuestionKind
from apps.surveys.results import places
from apps.surveys.results.given import Given, files_said
from apps.surveys.values import Asked

# What stands in one cell: text, or a number that a spreadsheet may add up.
Cell = str | int | Decimal
Column = tuple[str, Callable[[Given], Cell]]


def heads(columns: Iterable[Column]) -> list[str]:
    return [head for head, _read in columns]


def cells(columns: Sequence[Column], reply: Given) -> list[Cell]:
    return [read(reply) for _head, read in columns]


def all_columns(questions: Sequence[tuple[Asked, str]]) -> list[Column]:
    """Who, when, how; then every question, a column for each of its lines."""
    return [*about(), *(column for asked, text in questions for column in columns_of(asked, text))]


def about() -> list[Column]:
    return [
        (_("Number in the list"), lambda reply: reply.number),
        (_("Office"), lambda reply: reply.name),
        (_("Kind of office"), lambda reply: reply.kind),
        (_("Answered at"), lambda reply: clock(reply.sent_at)),
        (_("How it was answered"), lambda reply: reply.channel if reply.is_sent else _("No answer yet")),
        (_("Entered by the office that asks"), lambda reply: _("Yes") if reply.is_proxy else ""),
    ]


def clock(at: datetime | None) -> str:
    return "" if at is None else timezone.localtime(at).strftime("%Y/%m/%d %H:%M")


def columns_of(asked: Asked, text: str) -> Iterator[Column]:
    head = f"{asked.number}. {text}"
    if asked.kind == QuestionKind.DATE_POLL:
        for choice, title in asked.choices.items():
            yield f"{head}: {title}", partial(line, asked.number, choice, {one: Poll(one).mark for one in Poll.values})
    elif asked.kind == QuestionKind.MATRIX:
        for row, title in asked.rows.items():
            yield f"{head}: {title}", partial(line, asked.number, row, asked.choices)
    elif asked.kind == QuestionKind.AVAILABILITY:
        for cell, title in places.cells_asked(asked):
            yield f"{head}: {title}", partial(places.sign_in, asked.number, cell)
        for title, read in places.beside(asked):
            yield f"{head}: {title}", read
    else:
        yield head, partial(files_said, asked.number) if asked.kind == QuestionKind.FILE else partial(whole, asked)


def line(question: int, part: int, said: Any, reply: Given) -> Cell:
    told = (reply.answers.get(question) or {}).get(str(part))
    return "" if told is None else str(said[told])


def whole(asked: Asked, reply: Given) -> Cell:
    told = reply.answers.get(asked.number)
    return "" if told is None else WHOLE.get(asked.kind, plain)(asked, told)


def plain(_asked: Asked, told: Any) -> Cell:
    return told if isinstance(told, int) else str(told)


WHOLE: dict[str, Callable[[Asked, Any], Cell]] = {
    QuestionKind.SINGLE: lambda asked, told: asked.choices[told],
    QuestionKind.MULTIPLE: lambda asked, told: " / ".join(asked.choices[one] for one in told),
    QuestionKind.NUMBER: lambda _asked, told: told if isinstance(told, int) else Decimal(told),
    QuestionKind.DATE: lambda _asked, told: told.replace("-", "/"),
}

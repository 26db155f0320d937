"""The ways in which replies are sorted. Each puts every reply into exactly one of its groups.

What has no answer is a group of its own, always shown; what was not asked, because a condition was not met, is another. So
every table that is made of them adds up to the number of replies.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.kernel.templatetags.house import day
from apps.surveys.kinds import Poll, QuestionKind
from apps.surveys.results import places
from apps.surveys.results.given import Given
from apps.surveys.values import Asked, is_asked

# Up to so many different values are groups themselves; more are gathered.
MOST_VALUES = 10
MOST_CLASSES = 6

# Which of the groups a reply belongs to; nothing where it does not answer.
Place = Callable[[Given], int | None]


@dataclass(frozen=True)
class Dimension:
    """`key` names it in an address, `label` is the question, `part` the line of it where it has several."""

    key: str
    label: str
    groups: tuple[str, ...]
    place: Place
    part: str = ""
    asked: Asked | None = None

    @property
    def name(self) -> str:
        return f"{self.label}: {self.part}" if self.part else self.label

    @property
    def heads(self) -> list[str]:
        """The groups as a table shows them: "not asked" where there is a condition, and always "no answer"."""
        return [
            *self.groups,
            *([_("Not asked")] if self.is_conditional else []),
            pgettext("margin of a table", "No answer"),
        ]

    @property
    def is_conditional(self) -> bool:
        return self.asked is not None and self.asked.shown_if is not None

    def where(self, reply: Given) -> int:
        """The place of a reply among the heads."""
        place = self.place(reply)
        if place is not None:
            return place
        was_asked = self.asked is None or is_asked(self.asked, reply.answers)
        return len(self.groups) + (1 if self.is_conditional and was_asked else 0)


@dataclass(frozen=True)
class Topic:
    """A question with the ways in which its answers are sorted: one, or one for each of its lines."""

    question: Asked
    text: str
    dimensions: tuple[Dimension, ...]

    @property
    def has_parts(self) -> bool:
        return bool(self.dimensions) and bool(self.dimensions[0].part)


def topics(questions: Sequence[tuple[Asked, str]], replies: Sequence[Given]) -> list[Topic]:
    """Each question with its words, sorted by what was answered."""
    return [Topic(asked, text, tuple(dimensions_of(asked, text, replies))) for asked, text in questions]


def dimensions_of(asked: Asked, text: str, replies: Sequence[Given]) -> Iterator[Dimension]:
    for part, title, groups, place in MAKERS[asked.kind](asked, replies):
        key = f"q{asked.number}.{part}" if part else f"q{asked.number}"
        yield Dimension(key, text, tuple(groups), place, title, asked)


# What a maker gives for each dimension: the part of the key, the title of the part, the groups, the place of a reply.
Made = Iterator[tuple[str, str, Iterable[str], Place]]


def of_choices(asked: Asked, _replies: Sequence[Given]) -> Made:
    order = {choice: place for place, choice in enumerate(asked.choices)}
    yield "", "", asked.choices.values(), partial(chosen, asked.number, order)


def chosen(question: int, order: dict[Any, int], reply: Given) -> int | None:
    return order.get(reply.answers.get(question))


def of_several(asked: Asked, _replies: Sequence[Given]) -> Made:
    """Several choices may be made at once, so each is a table of its own: chosen or not."""
    for choice, text in asked.choices.items():
        yield (
            str(choice),
            text,
            (pgettext("group of a table", "Chosen"), _("Not chosen")),
            partial(among, asked.number, choice),
        )


def among(question: int, choice: int, reply: Given) -> int | None:
    told = reply.answers.get(question)
    return None if told is None else int(choice not in told)


def of_poll(asked: Asked, _replies: Sequence[Given]) -> Made:
    order = {value: place for place, value in enumerate(Poll.values)}
    for choice, text in asked.choices.items():
        yield str(choice), text, [Poll(one).mark for one in Poll.values], partial(in_line, asked.number, choice, order)


def of_matrix(asked: Asked, _replies: Sequence[Given]) -> Made:
    order = {choice: place for place, choice in enumerate(asked.choices)}
    for row, text in asked.rows.items():
        yield str(row), text, asked.choices.values(), partial(in_line, asked.number, row, order)


def in_line(question: int, line: int, order: dict[Any, int], reply: Given) -> int | None:
    told = reply.answers.get(question)
    return None if told is None else order.get(told.get(str(line)))


def of_scale(asked: Asked, _replies: Sequence[Given]) -> Made:
    least, most = asked.settings.get("min", 1), asked.settings.get("max", 5)
    steps = range(least, most + 1)
    ends = {least: asked.settings.get("from"), most: asked.settings.get("to")}
    said = [f"{step} {ends[step]}" if ends.get(step) else str(step) for step in steps]
    yield "", "", said, partial(chosen, asked.number, {step: place for place, step in enumerate(steps)})


def of_numbers(asked: Asked, replies: Sequence[Given]) -> Made:
    told = sorted({Decimal(str(value)) for value in values_of(asked.number, replies)})
    unit = asked.settings.get("unit", "")
    if len(told) <= MOST_VALUES:
        order = {value: place for place, value in enumerate(told)}
        groups = [f"{value:f} {unit}".strip() for value in told]
        yield "", "", groups, partial(measured, asked.number, order.get)
    else:
        edges = classes(told[0], told[-1])
        groups = [f"{class_said(least, most)} {unit}".strip() for least, most in pairwise(edges)]
        yield "", "", groups, partial(measured, asked.number, partial(class_of, edges))


def measured(question: int, place: Callable[[Decimal], int | None], reply: Given) -> int | None:
    told = reply.answers.get(question)
    return None if told is None else place(Decimal(str(told)))


def classes(least: Decimal, most: Decimal) -> list[Decimal]:
    """The edges of a few classes of the same width, each a number that people count in: 1, 2 or 5 times a power of ten."""
    width = next(
        step for step in steps_from((most - least) / MOST_CLASSES) if spanned(least, most, step) <= MOST_CLASSES
    )
    first = (least / width).to_integral_value("ROUND_FLOOR") * width
    edges = [first]
    while edges[-1] <= most:
        edges.append(edges[-1] + width)
    return [one.quantize(Decimal(1)) if one == one.to_integral_value() else one.normalize() for one in edges]


def class_said(least: Decimal, most: Decimal) -> str:
    return _("%(least)s to below %(most)s") % {"least": f"{least:f}", "most": f"{most:f}"}


def spanned(least: Decimal, most: Decimal, width: Decimal) -> int:
    floors = [(one / width).to_integral_value("ROUND_FLOOR") for one in (least, most)]
    return int(floors[1] - floors[0]) + 1


def steps_from(width: Decimal) -> Iterator[Decimal]:
    tenth = Decimal(10) ** width.adjusted()
    while True:
        yield from (tenth * factor for factor in (1, 2, 5) if tenth * factor >= width)
        tenth *= 10


def class_of(edges: Sequence[Decimal], value: Decimal) -> int:
    return next(place for place, (least, most) in enumerate(pairwise(edges)) if least <= value < most)


def of_days(asked: Asked, replies: Sequence[Given]) -> Made:
    told = sorted(set(values_of(asked.number, replies)))
    if len(told) <= MOST_VALUES:
        order = {value: place for place, value in enumerate(told)}
        yield "", "", [day(date.fromisoformat(one)) for one in told], partial(chosen, asked.number, order)
    else:
        yield from of_beginnings(asked, told, len("2026-12"), month_said)


def month_said(month: str) -> str:
    year, number = month.split("-")
    return _("%(month)s/%(year)s") % {"year": year, "month": int(number)}


def of_times(asked: Asked, replies: Sequence[Given]) -> Made:
    told = sorted(set(values_of(asked.number, replies)))
    if len(told) <= MOST_VALUES:
        yield "", "", told, partial(chosen, asked.number, {value: place for place, value in enumerate(told)})
    else:
        yield from of_beginnings(asked, told, len("09"), hour_said)


def hour_said(hour: str) -> str:
    return _("from %(hour)s:00") % {"hour": int(hour)}


def of_beginnings(asked: Asked, told: Iterable[str], length: int, said: Callable[[str], str]) -> Made:
    found = list(dict.fromkeys(one[:length] for one in told))
    order = {one: place for place, one in enumerate(found)}
    yield "", "", [said(one) for one in found], partial(begun, asked.number, length, order)


def begun(question: int, length: int, order: dict[str, int], reply: Given) -> int | None:
    told = reply.answers.get(question)
    return None if told is None else order[told[:length]]


def of_places(asked: Asked, _replies: Sequence[Given]) -> Made:
    for cell, text in places.cells_asked(asked):
        yield cell, text, places.signs(), partial(places.place_of, asked.number, cell)


def of_words(asked: Asked, _replies: Sequence[Given]) -> Made:
    yield "", "", [_("Answered")], partial(answered, asked.number)


def answered(question: int, reply: Given) -> int | None:
    return None if reply.answers.get(question) is None else 0


def values_of(question: int, replies: Iterable[Given]) -> list[Any]:
    return [told for one in replies if (told := one.answers.get(question)) is not None]


MAKERS: dict[str, Callable[[Asked, Sequence[Given]], Made]] = {
    QuestionKind.AVAILABILITY: of_places,
    QuestionKind.SINGLE: of_choices,
    QuestionKind.MULTIPLE: of_several,
    QuestionKind.NUMBER: of_numbers,
    QuestionKind.DATE: of_days,
    QuestionKind.DATE_POLL: of_poll,
    QuestionKind.TIME: of_times,
    QuestionKind.SCALE: of_scale,
    QuestionKind.TEXT: of_words,
    QuestionKind.MATRIX: of_matrix,
    QuestionKind.FILE: of_words,
}


def beside_places(asked: Asked, text: str) -> Iterator[Dimension]:
    """What stands beside a grid of free places and sorts replies too: whether medical care is possible."""
    if asked.kind == QuestionKind.AVAILABILITY:
        groups, place = (_("Possible"), _("Not possible")), partial(places.care_of, asked.number)
        yield Dimension(f"q{asked.number}.care", text, groups, place, _("Medical care"), asked)


def attributes(replies: Sequence[Given]) -> list[Dimension]:
    """What is known of who answered, and how it came."""
    return [
        attribute("kind", _("Kind of office"), [one.kind for one in replies], lambda reply: reply.kind),
        attribute("area", _("Area"), [one.area for one in replies], lambda reply: reply.area),
        attribute("channel", _("How it was answered"), [one.channel for one in replies], lambda reply: reply.channel),
    ]


def attribute(key: str, label: str, told: Iterable[str], read: Callable[[Given], str]) -> Dimension:
    found = sorted({one for one in told if one})
    order = {one: place for place, one in enumerate(found)}
    return Dimension(key, label, tuple(found), lambda reply: order.get(read(reply)))

"""A survey as it stands on a sheet, and what its ticked boxes say. What is written by hand is read by a person."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from apps.facilities.grid import Age, Band, Weekday, key, keys_of, sign_of
from apps.facilities.grid import Grid as Week
from apps.facilities.grid import Mark as Places
from apps.facilities.stated import Stated
from apps.paper.blocks import Block, Choice, Grid, GridRow, Heading, Lines, Paragraph, Ticks
from apps.paper.reading import Mark
from apps.surveys.kinds import Poll, QuestionKind
from apps.surveys.models import Question, Survey

LONG_LINES = 3
OFFERED = (Places.FREE, Places.ASK)
SIGNS_ON_SHEET = {said.value: sign_of(said) for said in OFFERED}


def blocks_of(survey: Survey, questions: Iterable[Question]) -> list[Block]:
    """The words at the beginning, then every question; the key of a box is `<question>.<choice>` or `<question>.<line>.<choice>`."""
    blocks: list[Block] = [Paragraph(survey.lead)] if survey.lead else []
    section = None
    for question in questions:
        if question.section is not None and question.section_id != section:
            blocks.append(Heading(question.section.title))
            if question.section.text:
                blocks.append(Paragraph(question.section.text))
        section = question.section_id
        blocks.append(block_of(question))
    return blocks


def block_of(question: Question) -> Block:
    text, note, number = f"{question.number}. {question.text}", note_of(question), question.number
    match question.kind:
        case QuestionKind.SINGLE | QuestionKind.MULTIPLE:
            return Ticks(
                text, tuple(Choice(f"{number}.{one.number}", one.text) for one in question.choices.all()), note
            )
        case QuestionKind.SCALE:
            steps = range(question.settings["min"], question.settings["max"] + 1)
            return Ticks(text, tuple(Choice(f"{number}.{step}", str(step)) for step in steps), note)
        case QuestionKind.DATE_POLL:
            rows = [
                GridRow(one.text, tuple(f"{number}.{one.number}.{poll.value}" for poll in Poll))
                for one in question.choices.all()
            ]
            return Grid(text, tuple(poll.mark for poll in Poll), tuple(rows), note)
        case QuestionKind.MATRIX:
            choices = list(question.choices.all())
            lines = [
                GridRow(row.text, tuple(f"{number}.{row.number}.{one.number}" for one in choices))
                for row in question.rows.all()
            ]
            return Grid(text, tuple(one.text for one in choices), tuple(lines), note)
        case QuestionKind.AVAILABILITY:
            return week_of(question, text, note)
        case QuestionKind.FILE:
            return Paragraph(_("%(question)s (Files are given by signing in, not on paper.)") % {"question": text})
        case _:
            is_long = question.kind == QuestionKind.TEXT and question.settings.get("long", True)
            return Lines(text, LONG_LINES if is_long else 1, note)


def week_of(question: Question, text: str, note: str) -> Grid:
    """Free places: a column for each day; for each age and time of the day a row for ○ and one for △. What stays empty says
    nothing: nobody is taken to be full for having left a box alone."""
    days, asked = question.settings["weekdays"], question.settings
    rows = [
        GridRow(
            f"{Age(age).label} {Band(band).label} {sign_of(said)}",
            tuple(f"{question.number}.{key(day, band, age)}.{said}" for day in days),
        )
        for age in asked["ages"]
        for band in asked["bands"]
        for said in OFFERED
    ]
    notes = [
        note,
        _("%(free)s: places free, %(ask)s: talk to us. Leave the box empty where you say nothing.") % SIGNS_ON_SHEET,
    ]
    return Grid(text, tuple(str(Weekday(day).label) for day in days), tuple(rows), "　".join(filter(None, notes)))


def note_of(question: Question) -> str:
    """What helps, of whom it is asked, between which ends, in what unit: in small beside the question."""
    notes = [question.help]
    if question.shown_if is not None:
        about = {"number": question.shown_if.question.number, "choice": question.shown_if.text}
        notes.append(_("Only if you answered “%(choice)s” to question %(number)s.") % about)
    if question.kind == QuestionKind.MULTIPLE:
        notes.append(_("Several may be marked."))
    if question.kind == QuestionKind.SCALE and question.settings.get("from"):
        ends = {one: question.settings[one] for one in ("min", "max")}
        said = {"low": question.settings["from"], "high": question.settings.get("to", "")}
        notes.append(_("%(min)s: %(low)s, %(max)s: %(high)s") % (ends | said))
    if question.settings.get("unit"):
        notes.append(_("In: %(unit)s") % {"unit": question.settings["unit"]})
    return "　".join(note for note in notes if note)


def told_by(questions: Iterable[Question], marks: Mapping[str, str]) -> dict[int, Any]:
    """What the boxes say, by number of question, as a proposal: a question with a box that is unsure, or with two ticks
    where one is asked for, is left open."""
    told = {question.number: value_of(question, marks) for question in questions}
    return {number: value for number, value in told.items() if value not in (None, [], {})}


def value_of(question: Question, marks: Mapping[str, str]) -> Any:
    number = question.number
    match question.kind:
        case QuestionKind.SINGLE | QuestionKind.SCALE:
            return one_ticked(f"{number}.", marks, int)
        case QuestionKind.MULTIPLE:
            mine = {key: mark for key, mark in marks.items() if key.startswith(f"{number}.")}
            ticked = sorted(int(key.rpartition(".")[2]) for key, mark in mine.items() if mark == Mark.TICKED)
            return None if Mark.UNSURE in mine.values() else ticked
        case QuestionKind.DATE_POLL:
            return by_line(number, (one.number for one in question.choices.all()), marks, str)
        case QuestionKind.AVAILABILITY:
            return places_of(question, marks)
        case QuestionKind.MATRIX:
            return by_line(number, (one.number for one in question.rows.all()), marks, int)
        case _:
            return None


def places_of(question: Question, marks: Mapping[str, str]) -> dict[str, Any] | None:
    """The cells of the week that are ticked once, as facilities keep them; nothing where none is."""
    asked = question.settings
    names = keys_of(asked["weekdays"], asked["bands"], asked["ages"])
    cells = {name: one_ticked(f"{question.number}.{name}.", marks, str) for name in names}
    said = {name: value for name, value in cells.items() if value is not None}
    return Stated(grid=Week(said)).as_json() if said else None


def by_line(number: int, lines: Iterable[int], marks: Mapping[str, str], kind: type) -> dict[str, Any]:
    said = {str(line): one_ticked(f"{number}.{line}.", marks, kind) for line in lines}
    return {line: value for line, value in said.items() if value is not None}


def one_ticked(prefix: str, marks: Mapping[str, str], kind: type) -> Any:
    """The one box that is ticked, where nothing beside it is ticked or unsure."""
    found = [(key, mark) for key, mark in marks.items() if key.startswith(prefix) and mark != Mark.EMPTY]
    if len(found) != 1 or found[0][1] != Mark.TICKED:
        return None
    return kind(found[0][0].removeprefix(prefix))


def unsure_in(questions: Iterable[Question], marks: Mapping[str, str]) -> list[int]:
    """The questions that have boxes of which something was found, and yet no answer that is sure."""
    told = told_by(list(questions), marks)
    marked = {int(key.split(".")[0]) for key, mark in marks.items() if mark != Mark.EMPTY}
    return sorted(marked - told.keys())

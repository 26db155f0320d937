"""What a survey asks, as rows, as answers need to know it, and as content."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from apps.surveys.content import Condition, Content, Part, Query
from apps.surveys.models import Choice, Question, Row, Survey
from apps.surveys.values import Asked


def questions_of(survey: Survey) -> list[Question]:
    """In their order, with section, choices and rows: three statements whatever the number."""
    found = Question.objects.filter(survey=survey).select_related("section", "shown_if__question")
    choices = Prefetch("choices", Choice.objects.order_by("number"))
    return list(found.prefetch_related(choices, Prefetch("rows", Row.objects.order_by("number"))).order_by("number"))


def asked(questions: Iterable[Question]) -> list[Asked]:
    """As the values of answers are read by (values.py)."""
    return [
        Asked(
            number=one.number,
            kind=one.kind,
            is_required=one.is_required,
            settings=one.settings,
            choices={choice.number: choice.text for choice in one.choices.all()},
            rows={row.number: row.text for row in one.rows.all()},
            shown_if=None if one.shown_if is None else (one.shown_if.question.number, one.shown_if.number),
        )
        for one in questions
    ]


def content_of(survey: Survey) -> Content:
    """All that it asks, as a template or a file keeps it."""
    return Content(
        title=survey.title,
        lead=survey.lead,
        sections=tuple(Part(title=one.title, text=one.text) for one in survey.sections.order_by("number")),
        questions=tuple(query_of(one) for one in questions_of(survey)),
    )


def query_of(question: Question) -> Query:
    on = question.shown_if
    return Query(
        kind=question.kind,
        text=question.text,
        help=question.help,
        is_required=question.is_required,
        settings=question.settings,
        choices=tuple(one.text for one in question.choices.all()),
        rows=tuple(one.text for one in question.rows.all()),
        section=None if question.section is None else question.section.number,
        shown_if=None if on is None else Condition(question=on.question.number, choice=on.number),
    )


@dataclass(frozen=True)
class Block:
    """A part of a draft as the builder shows it: its number (0 before all parts), itself, its numbered questions."""

    number: int
    part: Part | None
    questions: list[tuple[int, Query]]


def blocks_of(content: Content) -> list[Block]:
    """What stands before all parts where something does or where there is no part, then every part, empty ones too."""
    of_part: dict[int, list[tuple[int, Query]]] = {}
    for nth, query in enumerate(content.questions, start=1):
        of_part.setdefault(query.section or 0, []).append((nth, query))
    parts = [Block(nth, part, of_part.get(nth, [])) for nth, part in enumerate(content.sections, start=1)]
    return [Block(0, None, of_part.get(0, [])), *parts] if 0 in of_part or not parts else parts

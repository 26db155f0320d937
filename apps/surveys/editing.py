"""What the builder changes of a survey: each gives the content that is to be kept, and refuses what cannot be."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from apps.surveys.content import Content, Part, Query, checked
from apps.surveys.kinds import QuestionKind


def added(content: Content, query: Query) -> Content:
    """With one more question, at the end of its part."""
    at = sum(1 for one in content.questions if (one.section or 0) <= (query.section or 0))
    return placed(content, query, at)


def placed(content: Content, query: Query, at: int) -> Content:
    """With a question between others; conditions go on pointing to the question they pointed to."""
    moved = tuple(renumbered(one, lambda number: number if number <= at else number + 1) for one in content.questions)
    return checked(replace(content, questions=(*moved[:at], query, *moved[at:])))


def changed(content: Content, number: int, query: Query) -> Content:
    """With another question in this place; in another part it goes to that part's end."""
    there = content.questions[number - 1]
    if there.section == query.section:
        questions = (*content.questions[: number - 1], query, *content.questions[number:])
        return checked(replace(content, questions=without_lost_conditions(questions)))
    at = sum(1 for one in content.questions if (one.section or 0) <= (query.section or 0))
    order = [one for one in range(1, len(content.questions) + 1) if one != number]
    order.insert(at - (1 if number <= at else 0), number)
    kept = replace(content, questions=(*content.questions[: number - 1], query, *content.questions[number:]))
    return ordered(kept, order)


def removed(content: Content, number: int) -> Content:
    """Without a question. What depended on it is asked of everybody."""
    left = tuple(
        replace(one, shown_if=None) if one.shown_if and one.shown_if.question == number else one
        for nth, one in enumerate(content.questions, start=1)
        if nth != number
    )
    shifted = tuple(renumbered(one, lambda before: before if before < number else before - 1) for one in left)
    return checked(replace(content, questions=shifted))


def moved(content: Content, number: int, by: int) -> Content:
    """A step up (-1) or down (1): past its neighbour, or over the border into the neighbouring part."""
    query, other = content.questions[number - 1], number + by
    neighbour = content.questions[other - 1] if 1 <= other <= len(content.questions) else None
    section = (query.section or 0) + by
    if neighbour is not None and neighbour.section == query.section:
        order = list(range(1, len(content.questions) + 1))
        order[number - 1], order[other - 1] = order[other - 1], order[number - 1]
        return ordered(content, order)
    if not 0 <= section <= len(content.sections):
        return content
    stepped = replace(query, section=section or None)
    questions = (*content.questions[: number - 1], stepped, *content.questions[number:])
    return checked(replace(content, questions=questions))


def ordered(content: Content, order: Sequence[int]) -> Content:
    """The questions in another order, given by the numbers they had."""
    now = {before: nth for nth, before in enumerate(order, start=1)}
    questions = tuple(renumbered(content.questions[before - 1], now.__getitem__) for before in order)
    return checked(replace(content, questions=questions))


def renumbered(query: Query, number: Any) -> Query:
    if query.shown_if is None:
        return query
    return replace(query, shown_if=replace(query.shown_if, question=number(query.shown_if.question)))


def without_lost_conditions(questions: Sequence[Query]) -> tuple[Query, ...]:
    """What hung on a choice that has gone is asked of everybody."""

    def holds(query: Query) -> bool:
        on = query.shown_if
        if on is None or not 1 <= on.question <= len(questions):
            return on is None
        asked = questions[on.question - 1]
        return QuestionKind(asked.kind).can_be_condition and on.choice <= len(asked.choices)

    return tuple(one if holds(one) else replace(one, shown_if=None) for one in questions)


def with_part(content: Content, part: Part) -> Content:
    """With one more part at the end."""
    return checked(replace(content, sections=(*content.sections, part)))


def with_changed_part(content: Content, number: int, part: Part) -> Content:
    sections = (*content.sections[: number - 1], part, *content.sections[number:])
    return checked(replace(content, sections=sections))


def without_part(content: Content, number: int) -> Content:
    """Without a part; its questions stand in the one before it."""
    questions = tuple(
        replace(one, section=(one.section - 1) or None) if one.section is not None and one.section >= number else one
        for one in content.questions
    )
    sections = (*content.sections[: number - 1], *content.sections[number:])
    return checked(replace(content, sections=sections, questions=questions))

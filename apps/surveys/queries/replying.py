"""What was answered, as a form shows it."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext

from apps.facilities import stated
from apps.facilities.grid import Age, Band, Weekday, key
from apps.kernel.templatetags.house import day
from apps.surveys.content import Query
from apps.surveys.kinds import Poll, QuestionKind
from apps.surveys.models import Answer, Question, Recipient, Reply, Survey
from apps.surveys.queries.asking import asked, content_of, questions_of
from apps.surveys.queries.files import given_files, still_there
from apps.surveys.results.given import GivenFile
from apps.surveys.shipped import asks_about_one_event
from apps.surveys.values import Asked, WrongValue, is_asked, read


def answers_of(reply: Reply | None) -> dict[int, Any]:
    """Values by number of question."""
    if reply is None:
        return {}
    return dict(Answer.objects.filter(reply=reply).values_list("question__number", "value"))


def before(recipient: Recipient, now_asked: list[Asked]) -> dict[int, Any]:
    """What the same office sent last to the same organization, where the same was asked; nothing otherwise.

    Looked for among the surveys that were duplicated of one another or made of one template, whatever they are called now,
    then among those of the same title; never where a ready survey asks about one event. A question is the same where its words, its kind and what it offers are: its number may be another.
    """
    survey = recipient.survey
    if asks_about_one_event(survey.origin):
        return {}
    last = last_reply(recipient, of_family(survey)) or last_reply(recipient, Q(recipient__survey__title=survey.title))
    if last is None:
        return newest_places(recipient, now_asked)
    was, now = content_of(last.recipient.survey).questions, content_of(survey).questions
    told = answers_of(last)
    at = {same: told.get(nth) for nth, same in enumerate(marks_of(was), start=1)}
    found = {nth: at.get(same) for nth, same in enumerate(marks_of(now), start=1)}
    told_now = {one.number: found[one.number] for one in now_asked if is_still_one(one, found.get(one.number))}
    files = [one.number for one in now_asked if one.kind == QuestionKind.FILE and one.number in told_now]
    told_now |= {number: still_there(recipient, told_now[number] or []) for number in files}
    return {number: value for number, value in told_now.items() if value != []}


def last_reply(recipient: Recipient, where: Q) -> Reply | None:
    earlier = Reply.objects.filter(
        where,
        recipient__organization=recipient.organization_id,
        recipient__facility=recipient.facility_id,
        recipient__survey__organization=recipient.survey.organization_id,
        sent_at__isnull=False,
    ).exclude(recipient=recipient)
    found: Reply | None = earlier.select_related("recipient__survey").order_by("-changed_at").first()
    return found


def of_family(survey: Survey) -> Q:
    """Those that were duplicated of one another or made of one template, this one among them."""
    first = survey.origin or survey.pk
    return Q(recipient__survey__origin=first) | Q(recipient__survey=first)


def marks_of(queries: Sequence[Query]) -> list[tuple[Any, ...]]:
    """By what each question is known again in another order; of several alike, by which of them it is."""
    seen: Counter[tuple[Any, ...]] = Counter()
    found = []
    for one in queries:
        mark = (one.kind, one.text, one.choices, one.rows)
        seen[mark] += 1
        found.append((*mark, seen[mark]))
    return found


def newest_places(recipient: Recipient, now_asked: list[Asked]) -> dict[int, Any]:
    """What the facility that is asked has said last of its free places, wherever it said so."""
    newest = None if recipient.facility is None else recipient.facility.answers.order_by("-number").first()
    if newest is None:
        return {}
    return {one.number: newest.stated.as_json() for one in now_asked if one.kind == QuestionKind.AVAILABILITY}


def is_still_one(question: Asked, value: Any) -> bool:
    """Whether what was answered then is an answer now too: bounds may have changed."""
    try:
        return value is not None and read(question, value) is not None
    except WrongValue:
        return False


@dataclass(frozen=True)
class Line:
    """A question and what was answered, in words; `is_asked` is False where its condition was not met."""

    question: Question
    said: list[str]
    is_asked: bool
    files: tuple[GivenFile, ...] = ()


def lines_of(survey: Survey, reply: Reply | None) -> list[Line]:
    """All questions in their order with what this reply says to them."""
    questions, told = questions_of(survey), answers_of(reply)
    has_files = reply is not None and any(one.kind == QuestionKind.FILE for one in questions)
    of_reply = given_files(Recipient.objects.filter(reply=reply), survey) if has_files else {}
    files = next(iter(of_reply.values()), {})
    pairs = zip(questions, asked(questions), strict=True)
    return [line_of(one, as_asked, told, files) for one, as_asked in pairs]


def line_of(question: Question, now_asked: Asked, told: dict[int, Any], files: dict[str, GivenFile]) -> Line:
    value = told.get(question.number)
    if question.kind == QuestionKind.FILE:
        return Line(question, [], is_asked(now_asked, told), tuple(files[one] for one in value or [] if one in files))
    return Line(question, said(now_asked, value), is_asked(now_asked, told))


def said(question: Asked, value: Any) -> list[str]:
    """An answer in words, a line for each part of it; nothing where there is none."""
    return [] if value is None else SAID.get(question.kind, plain)(question, value)


def plain(question: Asked, value: Any) -> list[str]:
    return str(value).split("\n")


def free_places(question: Asked, value: Any) -> list[str]:
    """A line for each time of the day of each age, then what stands beside the grid."""
    said = stated.read(value)
    found = []
    for age in said.grid.ages():
        for band in Band:
            cells = [(one, said.grid.mark(key(one, band, age))) for one in Weekday]
            if marked := [f"{one.label}{mark}" for one, mark in cells if mark]:
                found.append(f"{Age(age).label} {band.label}: {' '.join(marked)}")
    if said.from_when is not None:
        found.append(gettext("From %(day)s") % {"day": day(said.from_when)})
    if said.medical_care is not None:
        found.append(gettext("Medical care: possible") if said.medical_care else gettext("Medical care: not possible"))
    return [*found, *(text for text in (said.visit_times, *said.remarks.split("\n")) if text)]


def measured(question: Asked, value: Any) -> list[str]:
    return [f"{value} {question.settings.get('unit', '')}".strip()]


SAID: dict[str, Callable[[Asked, Any], list[str]]] = {
    QuestionKind.AVAILABILITY: free_places,
    QuestionKind.SINGLE: lambda question, value: [question.choices[value]],
    QuestionKind.MULTIPLE: lambda question, value: [question.choices[one] for one in value],
    QuestionKind.DATE_POLL: lambda question, value: [
        f"{Poll(mark).mark} {question.choices[int(line)]}" for line, mark in value.items()
    ],
    QuestionKind.MATRIX: lambda question, value: [
        f"{question.rows[int(line)]}: {question.choices[one]}" for line, one in value.items()
    ],
    QuestionKind.DATE: lambda _question, value: [day(date.fromisoformat(value))],
    QuestionKind.NUMBER: measured,
    QuestionKind.SCALE: lambda question, value: [f"{value} / {question.settings['max']}"],
}

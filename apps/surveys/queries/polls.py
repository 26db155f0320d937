"""A poll of dates: who can come when, and what those say who cannot."""

from dataclasses import dataclass

from apps.surveys.kinds import Poll
from apps.surveys.models import Answer, Choice, Question, QuestionKind, Recipient, Survey
from apps.surveys.queries.asking import asked, questions_of
from apps.surveys.queries.listing import standing_of
from apps.surveys.queries.replying import said


@dataclass(frozen=True)
class DateStanding:
    """One date: who says what to it, and how many say nothing."""

    choice: Choice
    yes: list[Recipient]
    maybe: list[Recipient]
    no: list[Recipient]
    silent: int

    @property
    def is_best_known(self) -> int:
        """For ordering: those who can come, then those who perhaps can."""
        return len(self.yes) * 10_000 + len(self.maybe)


@dataclass(frozen=True)
class Absent:
    """Somebody who cannot come, or perhaps not, to the date that was settled on; with their answers to what else was asked."""

    recipient: Recipient
    mark: str
    lines: list[tuple[Question, list[str]]]


def dates_of(question: Question) -> list[DateStanding]:
    """Every date of a poll with who says what: a few statements whatever the number of offices."""
    answered = list(sent_answers(question))
    in_all = standing_of(question.survey).asked
    return [standing_to(choice, answered, in_all) for choice in question.choices.order_by("number")]


def sent_answers(question: Question) -> list[Answer]:
    found = Answer.objects.filter(question=question, reply__sent_at__isnull=False)
    office = ("reply__recipient__organization", "reply__recipient__facility")
    return list(found.select_related(*office).order_by("reply__recipient__number"))


def standing_to(choice: Choice, answered: list[Answer], in_all: int) -> DateStanding:
    of_mark: dict[str, list[Recipient]] = {mark: [] for mark in Poll.values}
    for answer in answered:
        if mark := answer.value.get(str(choice.number)):
            of_mark[mark].append(answer.reply.recipient)
    silent = in_all - sum(len(one) for one in of_mark.values())
    return DateStanding(choice, of_mark[Poll.YES], of_mark[Poll.MAYBE], of_mark[Poll.NO], silent)


def absent_from(question: Question) -> list[Absent]:
    """Who cannot come to the date that was settled on, with all else that they answered: their part of the meeting."""
    if question.fixed is None:
        return []
    marks = {answer.reply_id: answer.value.get(str(question.fixed.number)) for answer in sent_answers(question)}
    away = [reply for reply, mark in marks.items() if mark in {Poll.NO, Poll.MAYBE}]
    told: dict[int, dict[int, list[str]]] = {}
    questions = questions_of(question.survey)
    known = dict(zip((one.pk for one in questions), asked(questions), strict=True))
    answers = Answer.objects.filter(reply__in=away).exclude(question=question)
    recipients = {}
    for answer in answers.select_related("reply"):
        told.setdefault(answer.reply_id, {})[answer.question_id] = said(known[answer.question_id], answer.value)
    for one in Recipient.objects.filter(reply__in=away).select_related("organization", "facility", "reply"):
        recipients[one.reply.pk] = one
    return [
        Absent(
            recipient=recipients[reply],
            mark=Poll(marks[reply]).mark,
            lines=[(one, told.get(reply, {})[one.pk]) for one in questions if one.pk in told.get(reply, {})],
        )
        for reply in away
    ]


def polls_of(survey: Survey) -> list[Question]:
    """The polls of dates in a survey."""
    found = Question.objects.filter(survey=survey, kind=QuestionKind.DATE_POLL).select_related("fixed")
    return list(found.order_by("number"))

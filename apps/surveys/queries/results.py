"""The results of a survey, as its pages, files and programs show them."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from apps.environments.models import Member
from apps.surveys.access import is_asker, recipients_of
from apps.surveys.areas import area_key
from apps.surveys.kinds import QuestionKind
from apps.surveys.models import Answer, Recipient, Survey
from apps.surveys.queries.asking import asked, questions_of
from apps.surveys.queries.files import given_files
from apps.surveys.results.columns import Column, all_columns
from apps.surveys.results.counting import Crossing, Measures, Tally, cross, cross_by, measures, tally
from apps.surveys.results.dimensions import Dimension, Topic, attributes, beside_places, topics
from apps.surveys.results.given import Given, GivenFile, files_said
from apps.surveys.values import Asked


@dataclass(frozen=True)
class Finding:
    """One question with what was answered: counted, what its numbers come to, and what was written."""

    topic: Topic
    tallies: tuple[Tally, ...]
    measures: Measures | None
    texts: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, tuple[GivenFile, ...]], ...] = ()

    @property
    def kind(self) -> str:
        return self.topic.question.kind


@dataclass(frozen=True)
class Results:
    """All offices that are shown to this reader, and what those said who have answered."""

    survey: Survey
    offices: tuple[Given, ...]
    questions: tuple[tuple[Asked, str], ...]

    @cached_property
    def replies(self) -> tuple[Given, ...]:
        return tuple(one for one in self.offices if one.is_sent)

    @cached_property
    def topics(self) -> list[Topic]:
        return topics(self.questions, self.replies)

    @cached_property
    def findings(self) -> list[Finding]:
        return [self.finding(topic) for topic in self.topics]

    def finding(self, topic: Topic) -> Finding:
        tallies = tuple(tally(one, self.replies) for one in topic.dimensions)
        number = topic.question.number
        is_number, is_file = (topic.question.kind == one for one in (QuestionKind.NUMBER, QuestionKind.FILE))
        told = [
            (one.name, said(number, one)) for one in self.replies for said in written(topic) if number in one.answers
        ]
        given_ones = [(one.name, one.files_at(number)) for one in self.replies if is_file]
        files = tuple((name, found) for name, found in given_ones if found)
        return Finding(topic, tallies, measures(topic, self.replies) if is_number else None, tuple(told), files)

    @cached_property
    def dimensions(self) -> list[Dimension]:
        """What can be crossed with what: every line of every question (of texts, whether one was written), and the offices."""
        asked_ones = [one for topic in self.topics for one in topic.dimensions]
        beside = [one for question, text in self.questions for one in beside_places(question, text)]
        return [*asked_ones, *beside, *attributes(self.replies)]

    def dimension(self, key: str) -> Dimension | None:
        return next((one for one in self.dimensions if one.key == key), None)

    @property
    def columns(self) -> list[Column]:
        return all_columns(self.questions)

    @property
    def stamp(self) -> str:
        """Another one after every answer that came or was changed."""
        newest = max((one.sent_at for one in self.replies if one.sent_at), default=None)
        return f"{len(self.replies)}.{newest.timestamp() if newest else 0}"


def written(topic: Topic) -> list[Callable[[int, Given], str]]:
    """How what was written is listed, where it is."""
    kinds: dict[str, Callable[[int, Given], str]] = {
        QuestionKind.TEXT: lambda number, reply: str(reply.answers[number]),
        QuestionKind.FILE: files_said,
    }
    return [kinds[topic.question.kind]] if topic.question.kind in kinds else []


@dataclass(frozen=True)
class Crossed:
    """Two or three ways of sorting the replies against each other: one table for each group of the third, and all of it."""

    whole: Crossing
    layers: Dimension | None
    tables: tuple[Crossing, ...]

    @property
    def total(self) -> int:
        return self.whole.total

    @property
    def by_layer(self) -> list[int]:
        return [one.total for one in self.tables]


def results_of(survey: Survey, *, by: Member) -> Results:
    """Who has not answered is shown to the organization that asks alone, and to it alone what files were given. A few
    statements, whatever the number of offices."""
    questions = questions_of(survey)
    offices = recipients_of(survey).select_related("facility__kind", "organization__office").order_by("number")
    shown = offices if is_asker(by, survey) else offices.filter(reply__sent_at__isnull=False)
    answers = answers_by_recipient(survey)
    has_files = is_asker(by, survey) and any(one.kind == QuestionKind.FILE for one in questions)
    files = given_files(recipients_of(survey), survey) if has_files else {}
    told = tuple(given(one, answers.get(one.pk, {}), files.get(one.pk, {})) for one in shown)
    return Results(survey, told, tuple(zip(asked(questions), [one.text for one in questions], strict=True)))


def answers_by_recipient(survey: Survey) -> dict[Any, dict[int, Any]]:
    """The values that were sent, by number of question, of every office."""
    found = Answer.objects.filter(reply__recipient__survey=survey, reply__sent_at__isnull=False)
    told: dict[Any, dict[int, Any]] = defaultdict(dict)
    for recipient, number, value in found.values_list("reply__recipient", "question__number", "value"):
        told[recipient][number] = value
    return told


def given(recipient: Recipient, answers: dict[int, Any], files: dict[str, GivenFile]) -> Given:
    reply = getattr(recipient, "reply", None)
    if reply is None or not reply.is_sent:
        return Given(recipient.number, recipient.name, kind_of(recipient))
    channel = str(reply.get_channel_display())
    who = (recipient.number, recipient.name, kind_of(recipient))
    area = area_key(address_of(recipient))
    return Given(*who, channel, reply.is_proxy, reply.changed_at, answers, files, area)


def address_of(recipient: Recipient) -> str:
    if recipient.facility is not None:
        return recipient.facility.address
    office = recipient.organization.office if recipient.organization is not None else None
    return office.address if office is not None else ""


def kind_of(recipient: Recipient) -> str:
    if recipient.facility is not None:
        return str(recipient.facility.kind)
    return str(recipient.organization.get_kind_display()) if recipient.organization is not None else ""


def crossed(results: Results, keys: Sequence[str]) -> Crossed | None:
    """The tables of two or three ways of sorting; None where one of them is not there."""
    found = [one for key in keys if key and (one := results.dimension(key)) is not None]
    if len(found) != len([key for key in keys if key]) or not 2 <= len({one.key for one in found}) == len(found) <= 3:
        return None
    rows, columns, *more = found
    layers = more[0] if more else None
    tables = tuple(cross_by(layers, rows, columns, results.replies)) if layers else ()
    return Crossed(cross(rows, columns, results.replies), layers, tables)

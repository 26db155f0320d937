"""What an answer looks like for each kind of question, and what is no answer to it.

single → number of the choice · multiple → sorted numbers of choices · number → whole number, or a decimal as text ·
date → "YYYY-MM-DD" · date_poll → {"<number of choice>": "yes"|"maybe"|"no"} · time → "HH:MM" · scale → whole number ·
text → text · matrix → {"<number of row>": number of choice} · availability → as facilities keep it (facilities/stated.py) ·
file → ids of files in the order given; which of them somebody may give is asked where they are attached
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.facilities import stated
from apps.kernel.my_number import holds_individual_number
from apps.kernel.refusals import IndividualNumber, Refusal
from apps.surveys.kinds import Poll, QuestionKind
from apps.surveys.refusals import WrongAnswers

LONGEST_TEXT = 2000
MOST_FILES = 10
LARGEST = 10**9
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class Asked:
    """A question as an answer needs to know it; `shown_if` is the number of a question and of one of its choices."""

    number: int
    kind: str
    is_required: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)
    choices: Mapping[int, str] = field(default_factory=dict)
    rows: Mapping[int, str] = field(default_factory=dict)
    shown_if: tuple[int, int] | None = None


class WrongValue(ValueError):
    """What stands in the place of an answer is none."""

    def __init__(self, sentence: str | Promise, **words: object) -> None:
        super().__init__("wrong value")
        self.sentence, self.words = sentence, words

    @property
    def said(self) -> str:
        return str(self.sentence) % self.words if self.words else str(self.sentence)


def read_all(asked: Iterable[Asked], told: Mapping[int, Any], *, whole: bool) -> dict[int, Any]:
    """The answers as they are kept, by number of question. Refuses with `WrongAnswers`, all of them at once.

    What is not asked, because its condition is not met, is left out. A reply that is not `whole` may still lack what is
    required.
    """
    kept: dict[int, Any] = {}
    wrong: dict[int, str] = {}
    questions = list(asked)
    for question in questions:
        if not is_asked(question, kept):
            continue
        try:
            value = read(question, told.get(question.number))
            if value is not None:
                kept[question.number] = value
            if whole:
                check_whole(question, value)
        except WrongValue as trouble:
            wrong[question.number] = trouble.said
    for number in told.keys() - {question.number for question in questions}:
        wrong[number] = str(_("There is no such question in this survey."))
    if wrong:
        raise WrongAnswers(wrong)
    return kept


def is_asked(question: Asked, kept: Mapping[int, Any]) -> bool:
    """Whether its condition is met by what was answered before; one that has none is asked of everybody."""
    if question.shown_if is None:
        return True
    before, choice = question.shown_if
    chosen = kept.get(before)
    return choice in chosen if isinstance(chosen, list) else choice == chosen


def check_whole(question: Asked, value: Any) -> None:
    """Nothing that is required is left open."""
    if question.is_required and value is None:
        raise WrongValue(_("Please answer this question."))
    lines = {QuestionKind.DATE_POLL: question.choices, QuestionKind.MATRIX: question.rows}
    parts = lines.get(QuestionKind(question.kind))
    if question.is_required and question.kind == QuestionKind.AVAILABILITY and not value["cells"]:
        raise WrongValue(_("Please mark at least one time."))
    if question.is_required and parts and len(value) < len(parts):
        raise WrongValue(_("Please answer every line of this question."))


def read(question: Asked, told: Any) -> Any:
    """The answer as it is kept; None where nothing was answered."""
    if told is None or told == "" or told == [] or told == {}:
        return None
    return READERS[question.kind](question, told)


def choice(question: Asked, told: Any) -> int:
    if isinstance(told, bool) or not isinstance(told, int) or told not in question.choices:
        raise WrongValue(_("Please choose one of the answers that are offered."))
    return told


def choices(question: Asked, told: Any) -> list[int]:
    if not isinstance(told, list):
        raise WrongValue(_("Please choose among the answers that are offered."))
    return sorted({choice(question, one) for one in told})


def number(question: Asked, told: Any) -> int | str:
    """A whole number stays one; a decimal is kept as text, so that no sum changes it."""
    if isinstance(told, bool) or not isinstance(told, int | str | float) or len(str(told)) > 20:
        raise WrongValue(_("Please enter a number."))
    try:
        given = Decimal(str(told))
    except InvalidOperation as error:
        raise WrongValue(_("Please enter a number.")) from error
    least, most = question.settings.get("min"), question.settings.get("max")
    if not given.is_finite() or abs(given) > LARGEST:
        raise WrongValue(_("Please enter a number."))
    if least is not None and given < least:
        raise WrongValue(_("Please enter a number of at least %(least)s."), least=least)
    if most is not None and given > most:
        raise WrongValue(_("Please enter a number of at most %(most)s."), most=most)
    if given == given.to_integral_value():
        return int(given)
    if not question.settings.get("decimals"):
        raise WrongValue(_("Please enter a whole number."))
    return str(given.normalize())


def day(question: Asked, told: Any) -> str:
    try:
        return date.fromisoformat(told).isoformat()
    except (TypeError, ValueError) as error:
        raise WrongValue(_("Please enter a day.")) from error


def moment(question: Asked, told: Any) -> str:
    try:
        return time.fromisoformat(told).strftime("%H:%M")
    except (TypeError, ValueError) as error:
        raise WrongValue(_("Please enter a time.")) from error


def scale(question: Asked, told: Any) -> int:
    least, most = question.settings.get("min", 1), question.settings.get("max", 5)
    if isinstance(told, bool) or not isinstance(told, int) or not least <= told <= most:
        raise WrongValue(_("Please choose a step between %(least)s and %(most)s."), least=least, most=most)
    return told


def text(question: Asked, told: Any) -> str | None:
    return words(told, LONGEST_TEXT)


def words(told: Any, longest: int) -> str | None:
    """Text as it is kept; nothing where only space was typed."""
    if not isinstance(told, str) or UNSTORABLE.search(told):
        raise WrongValue(_("Please write text."))
    said = told.replace("\r\n", "\n").strip()
    if len(said) > longest:
        raise WrongValue(_("This is longer than %(limit)s characters. Please shorten it."), limit=longest)
    if holds_individual_number(said):
        raise WrongValue(IndividualNumber.sentence)
    return said or None


def poll(question: Asked, told: Any) -> dict[str, str]:
    if not isinstance(told, dict) or not all(one in Poll.values for one in told.values() if isinstance(one, str)):
        raise WrongValue(_("Please say ○, △ or × to each date."))
    if not told.keys() <= {str(one) for one in question.choices} or not all(isinstance(v, str) for v in told.values()):
        raise WrongValue(_("Please say ○, △ or × to each date."))
    return {key: told[key] for key in sorted(told, key=int)}


def matrix(question: Asked, told: Any) -> dict[str, int]:
    if not isinstance(told, dict) or not told.keys() <= {str(one) for one in question.rows}:
        raise WrongValue(_("Please choose one of the answers in each line."))
    return {key: choice(question, told[key]) for key in sorted(told, key=int)}


def availability(question: Asked, told: Any) -> dict[str, Any] | None:
    """Free places as facilities keep them; nothing where nothing is said of any cell, nor anything beside it."""
    try:
        said = stated.read(told)
    except Refusal as refusal:
        raise WrongValue(refusal.said) from refusal
    return None if said == stated.Stated() else said.as_json()


def files(question: Asked, told: Any) -> list[str]:
    """Each once, by its id."""
    try:
        ids = [str(UUID(one)) for one in told] if isinstance(told, list) else []
    except (TypeError, ValueError, AttributeError) as error:
        raise WrongValue(_("Please choose files.")) from error
    if not ids:
        raise WrongValue(_("Please choose files."))
    if len(ids) > MOST_FILES:
        raise WrongValue(_("At most %(most)s files go with one question. Please choose fewer."), most=MOST_FILES)
    return list(dict.fromkeys(ids))


READERS: dict[str, Callable[[Asked, Any], Any]] = {
    QuestionKind.AVAILABILITY: availability,
    QuestionKind.SINGLE: choice,
    QuestionKind.MULTIPLE: choices,
    QuestionKind.NUMBER: number,
    QuestionKind.DATE: day,
    QuestionKind.DATE_POLL: poll,
    QuestionKind.TIME: moment,
    QuestionKind.SCALE: scale,
    QuestionKind.TEXT: text,
    QuestionKind.MATRIX: matrix,
    QuestionKind.FILE: files,
}

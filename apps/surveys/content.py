"""What a survey asks, as data: what the builder changes, what a template keeps, what a file holds.

{"format": "carenet-survey", "title", "lead", "sections": [{"title", "text"}], "questions": [{"kind", "text", "help",
"required", "settings", "choices": [text], "rows": [text], "section": number or null, "shown_if": {"question", "choice"}
or null}]}; numbers begin at 1. Settings: number {min, max, unit, decimals}, scale {min, max, from, to}, text {long},
availability {weekdays, bands, ages}.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.facilities.grid import Age, Band, Weekday
from apps.surveys.kinds import QuestionKind
from apps.surveys.models import Choice, Question, Row, Section, Survey
from apps.surveys.refusals import WrongContent
from apps.surveys.values import LARGEST, WrongValue, words

FORMAT = "carenet-survey"
MOST_QUESTIONS, MOST_SECTIONS, MOST_CHOICES, MOST_ROWS = 100, 30, 50, 50
LONGEST_UNIT, LONGEST_END = 20, 40
# A scale begins at 0 or 1 and has no more than eleven steps: more do not stand side by side on a phone.
HIGHEST = 10
GRID = (
    ("weekdays", Weekday.values, Weekday.values[:6]),
    ("bands", Band.values, Band.values),
    ("ages", Age.values, [Age.PRESCHOOL.value, Age.PRIMARY.value, Age.SECONDARY.value]),
)


@dataclass(frozen=True)
class Condition:
    """Asked only of those who chose this."""

    question: int
    choice: int


@dataclass(frozen=True)
class Part:
    """A section; questions name it by its number."""

    title: str
    text: str = ""


@dataclass(frozen=True)
class Query:
    """One question."""

    kind: str
    text: str
    help: str = ""
    is_required: bool = False
    settings: dict[str, Any] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    section: int | None = None
    shown_if: Condition | None = None

    def as_json(self) -> dict[str, Any]:
        condition = self.shown_if and {"question": self.shown_if.question, "choice": self.shown_if.choice}
        return {
            "kind": str(self.kind),
            "text": self.text,
            "help": self.help,
            "required": self.is_required,
            "settings": self.settings,
            "choices": list(self.choices),
            "rows": list(self.rows),
            "section": self.section,
            "shown_if": condition,
        }


@dataclass(frozen=True)
class Content:
    """All that a survey asks. `read` and editing.py make only such that can be kept."""

    title: str
    lead: str = ""
    sections: tuple[Part, ...] = ()
    questions: tuple[Query, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "title": self.title,
            "lead": self.lead,
            "sections": [{"title": one.title, "text": one.text} for one in self.sections],
            "questions": [one.as_json() for one in self.questions],
        }


def read(told: Any) -> Content:
    """Content as somebody sent it. Refuses with `WrongContent`, whose sentence names the question."""
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise WrongContent(_("This is no file of a survey. Please choose one that was saved here."))
    sections, questions = told.get("sections", []), told.get("questions", [])
    if not isinstance(sections, list) or not isinstance(questions, list):
        raise WrongContent
    return checked(
        Content(
            title=written(told.get("title"), Survey.LONGEST_TITLE, _("the title"), is_needed=True),
            lead=written(told.get("lead", ""), Survey.LONGEST_LEAD, _("the words at the beginning")),
            sections=tuple(part_of(one) for one in sections),
            questions=tuple(query_of(one, nth) for nth, one in enumerate(questions, start=1)),
        )
    )


def part_of(told: Any) -> Part:
    if not isinstance(told, dict):
        raise WrongContent
    return Part(
        title=written(told.get("title"), Section.LONGEST_TITLE, _("the title of a part"), is_needed=True),
        text=written(told.get("text", ""), Section.LONGEST_TEXT, _("the text of a part")),
    )


def query_of(told: Any, nth: int) -> Query:
    """A question as it was sent. Its place among the others is looked at by `checked`."""
    if not isinstance(told, dict) or told.get("kind") not in QuestionKind.values:
        raise WrongContent(_("Question %(number)s is of a kind that is not known here."), number=nth)
    kind, condition = QuestionKind(told["kind"]), told.get("shown_if")
    return Query(
        kind=kind,
        text=written(told.get("text"), Question.LONGEST_TEXT, _("question %(number)s"), nth, is_needed=True),
        help=written(told.get("help", ""), Question.LONGEST_HELP, _("the help of question %(number)s"), nth),
        is_required=told.get("required") is True,
        settings=settings_of(kind, told.get("settings") or {}, nth),
        choices=listed(told.get("choices", []), MOST_CHOICES, Choice.LONGEST, nth) if kind.has_choices else (),
        rows=listed(told.get("rows", []), MOST_ROWS, Row.LONGEST, nth) if kind.has_rows else (),
        section=whole(told.get("section"), nth),
        shown_if=None if condition is None else condition_of(condition, nth),
    )


def written(told: Any, longest: int, what: str | Promise, nth: int = 0, *, is_needed: bool = False) -> str:
    """Text as it is kept; refused with what is wrong with it, and where it stands."""
    where = str(what) % {"number": nth} if nth else str(what)
    try:
        said = words("" if told is None else told, longest) or ""
    except WrongValue as trouble:
        raise WrongContent(_("Please look at %(where)s: %(trouble)s"), where=where, trouble=trouble.said) from trouble
    if is_needed and not said:
        raise WrongContent(_("Please fill in %(where)s."), where=where)
    return said


def listed(told: Any, most: int, longest: int, nth: int) -> tuple[str, ...]:
    if not isinstance(told, list) or len(told) > most:
        raise WrongContent(_("Question %(number)s offers too much, or nothing that can be read."), number=nth)
    return tuple(written(one, longest, _("an answer of question %(number)s"), nth, is_needed=True) for one in told)


def whole(told: Any, nth: int) -> int | None:
    if told is not None and (isinstance(told, bool) or not isinstance(told, int)):
        raise WrongContent(_("Question %(number)s stands in no part that there is."), number=nth)
    return told


def condition_of(told: Any, nth: int) -> Condition:
    if not isinstance(told, dict) or not all(type(told.get(one)) is int for one in ("question", "choice")):
        raise WrongContent(_("The condition of question %(number)s cannot be read."), number=nth)
    return Condition(question=told["question"], choice=told["choice"])


def settings_of(kind: QuestionKind, told: Any, nth: int) -> dict[str, Any]:
    """The settings that this kind knows, each with its standard where nothing was said."""
    wrong = WrongContent(_("The bounds of question %(number)s do not fit. Please check them."), number=nth)
    if not isinstance(told, dict):
        raise wrong
    if kind not in SETTINGS:
        return {}
    settings = SETTINGS[kind](told, nth)
    if settings is None:
        raise wrong
    return settings


def bounds(told: dict[str, Any], nth: int) -> dict[str, Any] | None:
    """Of a number."""
    ends = {one: told.get(one) for one in ("min", "max")}
    if not all(one is None or (type(one) is int and abs(one) <= LARGEST) for one in ends.values()):
        return None
    if ends["min"] is not None and ends["max"] is not None and ends["min"] > ends["max"]:
        return None
    unit = written(told.get("unit", ""), LONGEST_UNIT, _("the unit of question %(number)s"), nth)
    return {**ends, "unit": unit, "decimals": told.get("decimals") is True}


def steps(told: dict[str, Any], nth: int) -> dict[str, Any] | None:
    """Of a scale."""
    least, most = told.get("min", 1), told.get("max", 5)
    if type(least) is not int or type(most) is not int or least not in {0, 1} or not least < most <= HIGHEST:
        return None
    where = _("an end of the scale of question %(number)s")
    ends = {one: written(told.get(one, ""), LONGEST_END, where, nth) for one in ("from", "to")}
    return {"min": least, "max": most, **ends}


def part_of_week(told: dict[str, Any], _nth: int) -> dict[str, Any] | None:
    """Which days, times of the day and ages are asked, in their order; children's where nothing is said."""
    asked: dict[str, Any] = {}
    for name, known, usual in GRID:
        given = told.get(name, usual)
        if not isinstance(given, list) or not given or not all(isinstance(one, str) and one in known for one in given):
            return None
        asked[name] = [one for one in known if one in given]
    return asked


def length(told: dict[str, Any], _nth: int) -> dict[str, Any]:
    """Of a text: one line or several."""
    return {"long": told.get("long") is not False}


SETTINGS: dict[str, Callable[[dict[str, Any], int], dict[str, Any] | None]] = {
    QuestionKind.AVAILABILITY: part_of_week,
    QuestionKind.NUMBER: bounds,
    QuestionKind.SCALE: steps,
    QuestionKind.TEXT: length,
}


def checked(content: Content) -> Content:
    """The same content, once its parts fit one another."""
    if len(content.questions) > MOST_QUESTIONS or len(content.sections) > MOST_SECTIONS:
        raise WrongContent(
            _("A survey has at most %(questions)s questions and %(parts)s parts."),
            questions=MOST_QUESTIONS,
            parts=MOST_SECTIONS,
        )
    before = 0
    for nth, query in enumerate(content.questions, start=1):
        check_choices(query, nth)
        check_condition(content.questions, query, nth)
        if query.section is not None and not 1 <= query.section <= len(content.sections):
            raise WrongContent(_("Question %(number)s stands in no part that there is."), number=nth)
        if (query.section or 0) < before:
            raise WrongContent(_("Question %(number)s stands behind questions of a later part."), number=nth)
        before = query.section or 0
    return content


def check_choices(query: Query, nth: int) -> None:
    kind = QuestionKind(query.kind)
    if kind.has_choices and len(query.choices) < (1 if kind is QuestionKind.DATE_POLL else 2):
        raise WrongContent(_("Please give question %(number)s answers to choose from."), number=nth)
    if kind.has_rows and not query.rows:
        raise WrongContent(_("Please give the table of question %(number)s its lines."), number=nth)
    if len(set(query.choices)) < len(query.choices) or len(set(query.rows)) < len(query.rows):
        raise WrongContent(_("Question %(number)s offers the same twice."), number=nth)


def check_condition(questions: Sequence[Query], query: Query, nth: int) -> None:
    """A question hangs on one that stands before it, and on a choice that there is."""
    if query.shown_if is None:
        return
    on = query.shown_if
    if not 1 <= on.question < nth:
        raise WrongContent(_("Question %(number)s can only depend on a question before it."), number=nth)
    asked = questions[on.question - 1]
    if not QuestionKind(asked.kind).can_be_condition or not 1 <= on.choice <= len(asked.choices):
        raise WrongContent(_("Question %(number)s depends on an answer that there is not."), number=nth)

"""What a browser may send: answers to a survey, and until when they are taken."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.paper.forms import ComparedForm
from apps.paper.kinds import Channel
from apps.surveys.files_forms import FilesForm, TakeFile
from apps.surveys.kinds import Poll, QuestionKind
from apps.surveys.models import Question, Section, Survey
from apps.surveys.places_forms import PlacesForm
from apps.surveys.refusals import AnsweredMeanwhile, PastDueDate, WrongAnswers
from apps.surveys.values import LONGEST_TEXT

# No reply is saved more often, and no survey changed.
MOST = 2**31 - 1
CLOSING_TIME = time(17, 0)
Choices = list[tuple[str, str | Promise]]
FORMS_OF_THEIR_OWN = {QuestionKind.AVAILABILITY, QuestionKind.FILE}
MARKS = [(one.value, one.mark) for one in Poll]


@dataclass(frozen=True)
class Shown:
    """A question with the fields in which it is answered: one, or one for each date or line."""

    question: Question
    fields: list[BoundField]
    # Of free places, a form of its own.
    places: PlacesForm | None = None
    # Of files, too.
    files: FilesForm | None = None

    @property
    def has_lines(self) -> bool:
        return self.question.kind in {QuestionKind.DATE_POLL, QuestionKind.MATRIX}

    @property
    def errors(self) -> list[str]:
        own = self.places or self.files
        beside = [] if own is None else own.non_field_errors()
        if self.files is not None:
            beside = [*beside, *self.files["kept"].errors]
        return [str(error) for field in self.fields for error in field.errors] + [str(error) for error in beside]


class AnswerForm(forms.Form):
    """A survey as one office answers it. What an answer may be is said by values.py; here it is only read."""

    version = forms.IntegerField(min_value=0, max_value=MOST, widget=forms.HiddenInput)

    # What somebody else of the office has saved meanwhile, once that has been found.
    other: Any = None

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        questions: Iterable[Question],
        values: Mapping[int, Any],
        version: int,
        names: Mapping[str, str] | None = None,
    ) -> None:
        self.questions = list(questions)
        initial = {"version": version}
        for question in self.questions:
            initial |= spread(question, values.get(question.number))
        super().__init__(data, initial=initial)
        self.label_suffix = ""
        for question in self.questions:
            for name, field in fields_of(question):
                self.fields[name] = field
        self.places = {
            one.number: PlacesForm(data, prefix=name_of(one), settings=one.settings, value=values.get(one.number))
            for one in self.questions
            if one.kind == QuestionKind.AVAILABILITY
        }
        self.attached = {
            one.number: FilesForm(data, files, prefix=name_of(one), value=values.get(one.number), names=names or {})
            for one in self.questions
            if one.kind == QuestionKind.FILE
        }

    @property
    def takes_files(self) -> bool:
        return bool(self.attached)

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or self.cleaned_data
        for number, form in self.places.items():
            if not form.is_valid():
                said = gettext("Question %(number)s: please look at what stands beside the free places.")
                self.add_error(None, said % {"number": number})
        self.blame_files()
        return sent

    def blame_files(self) -> None:
        for number, form in self.attached.items():
            if not form.is_valid():
                said = gettext("Question %(number)s: please look at its files.")
                self.add_error(None, said % {"number": number})

    def take_in(self, take: TakeFile) -> None:
        """Take in the files that came, once everything else can be read."""
        for form in self.attached.values():
            form.take_in(take)
        self.blame_files()

    @property
    def about(self) -> dict[str, Any]:
        """What is said beside the answers."""
        return {}

    def told(self) -> dict[int, Any]:
        """What was sent, by number of question, to be read by values.py."""
        told = {one.number: gathered(one, self.cleaned_data) for one in self.questions}
        told |= {number: form.told() for number, form in self.places.items()}
        return told | {number: form.told() for number, form in self.attached.items()}

    def refuse(self, refusal: WrongAnswers) -> None:
        """Beside each question what is wrong with its answer."""
        for number, said in refusal.wrong.items():
            question = next((one for one in self.questions if one.number == number), None)
            names = [] if question is None else [name for name, _field in fields_of(question)]
            self.add_error(names[0] if names else None, said)
            if own := self.places.get(number) or self.attached.get(number):
                own.add_error(None, said)

    def compare(self, refusal: AnsweredMeanwhile) -> None:
        """Show that somebody was faster; sent again, the answers here stand."""
        self.other = refusal.reply
        version = refusal.reply.version if refusal.reply is not None else 0
        data: Any = self.data
        data = data.copy()
        data["version"] = str(version)
        self.data = data
        self.add_error(None, refusal.said)

    def parts(self) -> Iterator[tuple[Section | None, list[Shown]]]:
        """Sections in their order, each with its questions."""
        section: Section | None = None
        here: list[Shown] = []
        for question in self.questions:
            if here and question.section_id != (section.pk if section else None):
                yield section, here
                here = []
            section = question.section
            fields = [self[name] for name, _field in fields_of(question)]
            here.append(Shown(question, fields, self.places.get(question.number), self.attached.get(question.number)))
        if here:
            yield section, here


def name_of(question: Question, line: int | None = None) -> str:
    return f"q{question.number}" if line is None else f"q{question.number}_{line}"


def fields_of(question: Question) -> Iterator[tuple[str, forms.Field]]:
    """The fields in which a question is answered, with their names."""
    choices: Choices = [(str(one.number), one.text) for one in question.choices.all()]
    if question.kind == QuestionKind.DATE_POLL:
        for choice in question.choices.all():
            yield name_of(question, choice.number), line_field(choice.text, MARKS)
    elif question.kind == QuestionKind.MATRIX:
        for row in question.rows.all():
            yield name_of(question, row.number), line_field(row.text, choices)
    elif question.kind not in FORMS_OF_THEIR_OWN:
        yield name_of(question), field_of(question, choices)


def line_field(text: str, choices: Iterable[tuple[Any, Any]]) -> forms.Field:
    return forms.ChoiceField(label=text, choices=list(choices), widget=forms.RadioSelect, required=False)


class OneOf(forms.ChoiceField):
    """One of several; what is not required can be taken back."""

    def __init__(self, choices: Choices, *, is_required: bool, **options: Any) -> None:
        nothing: Choices = [] if is_required else [("", _("No answer"))]
        super().__init__(choices=[*choices, *nothing], widget=forms.RadioSelect, required=False, **options)


def field_of(question: Question, choices: Choices) -> forms.Field:
    settings: Any = question.settings
    about: dict[str, Any] = {"label": f"{question.number}. {question.text}", "help_text": ""}
    match question.kind:
        case QuestionKind.SINGLE:
            return OneOf(choices, is_required=question.is_required, **about)
        case QuestionKind.MULTIPLE:
            return forms.MultipleChoiceField(
                choices=choices, widget=forms.CheckboxSelectMultiple, required=False, **about
            )
        case QuestionKind.SCALE:
            steps: Choices = [(str(step), str(step)) for step in range(settings["min"], settings["max"] + 1)]
            return OneOf(steps, is_required=question.is_required, **about)
        case QuestionKind.NUMBER:
            mode = "decimal" if settings.get("decimals") else "numeric"
            widget: forms.Widget = forms.TextInput(attrs={"inputmode": mode, "autocomplete": "off"})
        case QuestionKind.DATE:
            widget = forms.DateInput(attrs={"type": "date"})
        case QuestionKind.TIME:
            widget = forms.TimeInput(attrs={"type": "time"})
        case _:
            attrs = {"autocomplete": "off", "maxlength": str(LONGEST_TEXT)}
            widget = (
                forms.Textarea(attrs=attrs | {"rows": "4"}) if settings.get("long", True) else forms.TextInput(attrs)
            )
    return forms.CharField(required=False, widget=widget, strip=False, **about)


def spread(question: Question, value: Any) -> dict[str, Any]:
    """A value as the fields show it."""
    if value is None or question.kind in FORMS_OF_THEIR_OWN:
        return {}
    if question.kind in {QuestionKind.DATE_POLL, QuestionKind.MATRIX}:
        return {name_of(question, int(line)): str(said) for line, said in value.items()}
    if isinstance(value, list):
        return {name_of(question): [str(one) for one in value]}
    return {name_of(question): str(value)}


def gathered(question: Question, sent: Mapping[str, Any]) -> Any:
    """What was typed, as values.py reads it."""
    match question.kind:
        case QuestionKind.DATE_POLL:
            said = {str(one.number): sent.get(name_of(question, one.number)) for one in question.choices.all()}
            return {line: mark for line, mark in said.items() if mark}
        case QuestionKind.MATRIX:
            said = {str(one.number): sent.get(name_of(question, one.number)) for one in question.rows.all()}
            return {line: number(choice) for line, choice in said.items() if choice}
        case QuestionKind.MULTIPLE:
            return [number(one) for one in sent.get(name_of(question)) or []]
        case QuestionKind.SINGLE | QuestionKind.SCALE:
            return number(sent.get(name_of(question)))
        case QuestionKind.NUMBER:
            # A Japanese keyboard types wide digits and a comma between thousands.
            typed = unicodedata.normalize("NFKC", sent.get(name_of(question)) or "").replace(",", "").strip()
            return typed or None
        case _:
            return sent.get(name_of(question)) or None


def number(typed: str | None) -> int | str | None:
    return int(typed) if typed and re.fullmatch(r"\d{1,4}", typed) else typed or None


class ProxyForm(AnswerForm):
    """What an office said, typed in by the organization that asks."""

    channel = forms.ChoiceField(
        label=_("How did the office answer?"),
        choices=[(Channel.PHONE, Channel.PHONE.label), (Channel.PAPER, Channel.PAPER.label)],
        initial=Channel.PHONE,
        widget=forms.RadioSelect,
    )

    @property
    def about(self) -> dict[str, Any]:
        return {"channel": self.cleaned_data["channel"]}


class ScanForm(ComparedForm, AnswerForm):
    """What was read of the pages of a sheet that have come back, and what somebody has typed who compared them."""

    @property
    def about(self) -> dict[str, Any]:
        return {"pages": self.compared}


class DueForm(forms.Form):
    """Until when answers are taken: the end of the working day unless told otherwise."""

    due_on = forms.DateField(label=_("Last day for answers"), widget=forms.DateInput(attrs={"type": "date"}))
    due_time = forms.TimeField(
        label=_("Until what time"), initial=CLOSING_TIME, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )

    @staticmethod
    def standing(survey: Survey) -> dict[str, Any]:
        """What stands in the form before anybody has typed: a week from today where nothing was said."""
        if survey.due_at is None:
            return {"due_on": timezone.localdate() + timedelta(days=7), "due_time": CLOSING_TIME}
        due = timezone.localtime(survey.due_at)
        return {"due_on": due.date(), "due_time": due.time()}

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or {}
        if "due_on" in sent and "due_time" in sent and self.due_at <= timezone.now():
            self.add_error("due_on", PastDueDate.sentence)
        return sent

    @property
    def due_at(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.cleaned_data["due_on"], self.cleaned_data["due_time"]))


class FixingForm(forms.Form):
    """On which of the dates one settles."""

    choice = forms.IntegerField(min_value=1, max_value=MOST)

"""What a browser may send while a survey is made: its words, a question, a part, whom it asks, until when."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.facilities.grid import Age, Band, Weekday
from apps.kernel.my_number import no_individual_number
from apps.surveys import content as contents
from apps.surveys.content import Content, Part, Query
from apps.surveys.forms import MOST, DueForm
from apps.surveys.kinds import Published, QuestionKind
from apps.surveys.models import LAST_REMINDER, OPENS, Choice, Question, Row, Section, Survey
from apps.surveys.refusals import RemindedAtNight
from apps.surveys.values import LARGEST

NINE = time(9, 0)

AREA = {"rows": "4", "autocomplete": "off"}


def version_field() -> forms.IntegerField:
    return forms.IntegerField(min_value=1, max_value=MOST, widget=forms.HiddenInput)


class BeginningForm(forms.Form):
    """What a new survey is called."""

    title = forms.CharField(
        label=_("Title of the survey"), max_length=Survey.LONGEST_TITLE, validators=[no_individual_number]
    )


class WordsForm(BeginningForm):
    """What a survey is called, and with what it begins."""

    lead = forms.CharField(
        label=_("Words at the beginning"),
        max_length=Survey.LONGEST_LEAD,
        required=False,
        validators=[no_individual_number],
        widget=forms.Textarea(attrs=AREA),
        help_text=_("Why you ask, and whom to call with questions. Write no name of a client here."),
    )
    version = version_field()


class PartForm(forms.Form):
    """The heading of a part."""

    title = forms.CharField(
        label=_("Heading of the part"), max_length=Section.LONGEST_TITLE, validators=[no_individual_number]
    )
    text = forms.CharField(
        label=_("A sentence about it"),
        max_length=Section.LONGEST_TEXT,
        required=False,
        validators=[no_individual_number],
        widget=forms.Textarea(attrs={"rows": "2"}),
    )
    version = version_field()

    def part(self) -> Part:
        return Part(title=self.cleaned_data["title"], text=self.cleaned_data["text"])


class VersionForm(forms.Form):
    """On top of which version something is moved or taken away."""

    version = version_field()
    by = forms.TypedChoiceField(choices=[("-1", "-1"), ("1", "1")], coerce=int, required=False, empty_value=None)


class LinesField(forms.CharField):
    """One per line; the same is offered once."""

    def __init__(self, *, longest: int, most: int, **options: Any) -> None:
        self.longest, self.most = longest, most
        super().__init__(widget=forms.Textarea(attrs={"rows": "6", "autocomplete": "off"}), **options)

    def clean(self, value: Any) -> list[str]:
        typed = super().clean(value)
        lines = [line.strip() for line in typed.splitlines() if line.strip()]
        if len(lines) > self.most:
            raise ValidationError(_("These are more than %(most)s lines."), params={"most": self.most})
        if any(len(line) > self.longest for line in lines):
            raise ValidationError(_("A line has at most %(most)s characters."), params={"most": self.longest})
        if len(set(lines)) < len(lines):
            raise ValidationError(_("The same line stands here twice."))
        no_individual_number(typed)
        return lines


class QuestionForm(forms.Form):
    """One question; which fields there are depends on its kind."""

    text = forms.CharField(
        label=_("Words of the question"), max_length=Question.LONGEST_TEXT, validators=[no_individual_number]
    )
    help = forms.CharField(
        label=_("A hint for those who answer"),
        max_length=Question.LONGEST_HELP,
        required=False,
        validators=[no_individual_number],
    )
    is_required = forms.BooleanField(label=_("Has to be answered"), required=False)
    version = version_field()

    field_order = (
        "text",
        "weekdays",
        "bands",
        "ages",
        "choices",
        "rows",
        "min",
        "max",
        "unit",
        "from",
        "to",
        "decimals",
        "help",
    )

    def __init__(self, *args: Any, kind: QuestionKind, content: Content, number: int | None = None, **more: Any):
        super().__init__(*args, **more)
        self.kind, self.content, self.number = kind, content, number
        self.fields |= fields_of(kind)
        if content.sections:
            self.fields["section"] = forms.TypedChoiceField(
                label=_("In which part"),
                choices=[("0", _("Before all parts")), *parts_to_choose(content)],
                coerce=int,
                initial=str(len(content.sections)),
            )
        if conditions := conditions_to_choose(content, number):
            self.fields["shown_if"] = forms.ChoiceField(
                label=_("Who is asked"), required=False, choices=[("", _("Everybody")), *conditions]
            )
        self.order_fields(self.field_order)

    def query(self) -> Query:
        """The question as content keeps it. Refuses with `WrongContent`."""
        sent = self.cleaned_data
        on = sent.get("shown_if") or ""
        question, _dash, choice = on.partition("-")
        told = {
            "kind": self.kind,
            "text": sent["text"],
            "help": sent["help"],
            "required": sent["is_required"],
            "choices": sent.get("choices", []),
            "rows": sent.get("rows", []),
            "settings": {name: sent[name] for name in SETTINGS if name in sent},
            "section": sent.get("section") or None,
            "shown_if": {"question": int(question), "choice": int(choice)} if on else None,
        }
        return contents.query_of(told, self.number or len(self.content.questions) + 1)


SETTINGS = ("weekdays", "bands", "ages", "min", "max", "unit", "decimals", "from", "to", "long")


def standing(query: Query) -> dict[str, Any]:
    """What stands in the form of a question that there is."""
    on = query.shown_if
    return {
        "text": query.text,
        "help": query.help,
        "is_required": query.is_required,
        "choices": "\n".join(query.choices),
        "rows": "\n".join(query.rows),
        "section": str(query.section or 0),
        "shown_if": f"{on.question}-{on.choice}" if on else "",
        **query.settings,
    }


def fields_of(kind: QuestionKind) -> dict[str, forms.Field]:
    """What only this kind of question knows."""
    found: dict[str, forms.Field] = {}
    if kind.has_choices:
        label, hint = OFFERED.get(kind, (_("Answers to choose from"), _("One per line.")))
        found["choices"] = LinesField(label=label, help_text=hint, longest=Choice.LONGEST, most=contents.MOST_CHOICES)
    if kind.has_rows:
        found["rows"] = LinesField(
            label=_("Lines of the table"), help_text=_("One per line."), longest=Row.LONGEST, most=contents.MOST_ROWS
        )
    if kind is QuestionKind.AVAILABILITY:
        for (name, _words, usual), (label, choices) in zip(contents.GRID, GRID_WORDS, strict=True):
            found[name] = forms.MultipleChoiceField(
                label=label, choices=choices, initial=usual, widget=forms.CheckboxSelectMultiple
            )
    if kind is QuestionKind.NUMBER:
        bound: dict[str, Any] = {"min_value": -LARGEST, "max_value": LARGEST, "required": False}
        found["unit"] = forms.CharField(label=_("Unit"), max_length=contents.LONGEST_UNIT, required=False)
        found["min"] = forms.IntegerField(label=_("At least"), initial=0, **bound)
        found["max"] = forms.IntegerField(label=_("At most"), **bound)
        found["decimals"] = forms.BooleanField(label=_("With decimals"), required=False)
    if kind is QuestionKind.SCALE:
        found["max"] = forms.TypedChoiceField(
            label=_("Steps"), choices=[(str(most), f"1–{most}") for most in (3, 4, 5, 7, 10)], coerce=int, initial="5"
        )
        found["from"] = forms.CharField(label=_("What 1 means"), max_length=contents.LONGEST_END, required=False)
        found["to"] = forms.CharField(
            label=_("What the last step means"), max_length=contents.LONGEST_END, required=False
        )
    return found


GRID_WORDS = ((_("Days of the week"), Weekday.choices), (_("Times of the day"), Band.choices), (_("Ages"), Age.choices))
OFFERED: dict[QuestionKind, tuple[str | Promise, str | Promise]] = {
    QuestionKind.DATE_POLL: (
        _("Dates to choose from"),
        _("One per line, with the time. Everybody says ○, △ or × to each."),
    ),
    QuestionKind.MATRIX: (_("Columns: what can be chosen in each line"), _("One per line.")),
}


def parts_to_choose(content: Content) -> Sequence[tuple[str, str]]:
    return [(str(nth), part.title) for nth, part in enumerate(content.sections, start=1)]


def conditions_to_choose(content: Content, number: int | None) -> list[tuple[str, str]]:
    """Every answer of an earlier question on which this one could hang."""
    before = content.questions[: number - 1] if number else content.questions
    return [
        (
            f"{nth}-{place}",
            gettext("Who answers “%(choice)s” to question %(number)s") % {"choice": choice, "number": nth},
        )
        for nth, query in enumerate(before, start=1)
        if QuestionKind(query.kind).can_be_condition
        for place, choice in enumerate(query.choices, start=1)
    ]


class SendingForm(DueForm):
    """Until when it asks, when the others are reminded, to whom the results are shown."""

    reminder_days = forms.TypedMultipleChoiceField(
        label=_("Remind those who have not answered"),
        choices=[
            ("7", _("a week before")),
            ("3", _("three days before")),
            ("1", _("the day before")),
            ("0", _("on the last day")),
        ],
        coerce=int,
        required=False,
        initial=["3", "1"],
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Only those who have not answered. Where offices are closed on the day, on the working day before."
        ),
    )
    reminder_time = forms.TimeField(
        label=_("At what time they are reminded"),
        initial=NINE,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "min": "08:30", "max": "17:00"}),
    )
    published = forms.ChoiceField(
        label=_("Who is shown the results"), choices=Published.choices, widget=forms.RadioSelect
    )

    def clean_reminder_time(self) -> time:
        at: time = self.cleaned_data["reminder_time"]
        if not OPENS <= at <= LAST_REMINDER:
            raise ValidationError(RemindedAtNight.sentence, code=RemindedAtNight.code)
        return at

    def about(self) -> dict[str, Any]:
        sent = self.cleaned_data
        return {"due_at": self.due_at, **{one: sent[one] for one in ("reminder_days", "reminder_time", "published")}}

    @staticmethod
    def standing_of(survey: Survey) -> dict[str, Any]:
        days = [str(one) for one in survey.reminder_days] if survey.due_at else ["3", "1"]
        about = {"published": survey.published, "reminder_days": days, "reminder_time": survey.reminder_time}
        return DueForm.standing(survey) | about


class FileForm(forms.Form):
    """A survey as a file."""

    LARGEST = 1_000_000

    file = forms.FileField(
        label=_("File of a survey"), widget=forms.FileInput(attrs={"accept": ".json,application/json"})
    )

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        if sent.size > self.LARGEST:
            raise ValidationError(_("This file is too large for a survey. Please choose one that was saved here."))
        return sent

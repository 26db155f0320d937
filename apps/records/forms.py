"""What a browser may send: the head of a record, a line for each of its messages, and who was at a meeting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.kernel.my_number import no_individual_number
from apps.records.actions import MOST_ATTENDEES, MOST_LINES, Held, Line, Person
from apps.records.models import Meeting, Method, Presence, RecordLine
from apps.records.refusals import EndsBeforeItBegins, NothingChosen


class HeadForm(forms.Form):
    planner = forms.CharField(
        label=_("Name of the care planner"), max_length=80, help_text=_("Stands at the head of the sheet.")
    )


def words(label: Any, rows: int, **options: Any) -> forms.CharField:
    """A text of a meeting's summary, without anybody's individual number."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, max_length=Meeting.LONGEST, validators=[no_individual_number], widget=area, **options
    )


class MeetingForm(HeadForm):
    """The head of a meeting's summary, in the order of the sheet."""

    held_on = forms.DateField(label=_("Day of the meeting"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    begins = forms.TimeField(label=_("Begins at"), widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    ends = forms.TimeField(label=_("Ends at"), widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    venue = forms.CharField(label=_("Where it was held"), max_length=120, validators=[no_individual_number])
    occasion = forms.IntegerField(label=_("Number of this meeting"), min_value=1, max_value=999)
    client_attended = forms.BooleanField(label=_("The client attended"), required=False)
    family = forms.CharField(
        label=_("Family members who attended"),
        help_text=_("With their relation, such as “eldest daughter”. Empty if nobody did."),
        max_length=160,
        required=False,
        validators=[no_individual_number],
    )
    note = forms.CharField(
        label=_("Remarks"),
        help_text=_("Such as why somebody could not come, and when they were asked in writing."),
        max_length=400,
        required=False,
        validators=[no_individual_number],
    )
    topics = words(_("What was discussed (list of items)"), 3)
    conclusion = words(_("Conclusion"), 4)
    remaining = words(_("What remains to be done, and when the next meeting is"), 3, required=False)

    def clean(self) -> dict[str, Any] | None:
        told = self.cleaned_data
        if told.get("begins") and told.get("ends") and told["ends"] <= told["begins"]:
            self.add_error("ends", EndsBeforeItBegins.sentence)
        return told

    def held(self, people: Iterable[Person]) -> Held:
        told = dict(self.cleaned_data)
        day, begins, ends = told.pop("held_on"), told.pop("begins"), told.pop("ends")
        told.pop("planner")
        return Held(begins_at=moment(day, begins), ends_at=moment(day, ends), people=tuple(people), **told)


def moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


class PersonForm(forms.Form):
    """Somebody at the meeting. A row that is left empty, or left out, says nothing."""

    post = forms.CharField(
        label=_("Organization (occupation)"), max_length=160, required=False, validators=[no_individual_number]
    )
    name = forms.CharField(label=_("Name"), max_length=80, required=False, validators=[no_individual_number])
    presence = forms.ChoiceField(label=_("Attendance"), choices=Presence.choices, initial=Presence.PRESENT)

    def clean(self) -> dict[str, Any] | None:
        told = self.cleaned_data
        if told.get("name") and "post" in told and not told["post"] and told.get("presence") != Presence.UNSAID:
            self.add_error("post", self.fields["name"].error_messages["required"])
        return told

    def people(self) -> list[Person]:
        told = self.cleaned_data
        if not told.get("post") or told["presence"] == Presence.UNSAID:
            return []
        return [Person(told["post"], told["name"], told["presence"] == Presence.PRESENT)]


class LineForm(forms.Form):
    """One line; the message it is made of stays as it is."""

    number = forms.IntegerField(min_value=1, max_value=2**53, widget=forms.HiddenInput)
    heard_at = forms.DateTimeField(
        input_formats=["%Y-%m-%dT%H:%M:%S.%f%z"], widget=forms.DateTimeInput(attrs={"type": "hidden"})
    )
    happened_at = forms.DateTimeField(
        label=_("When"),
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    method = forms.ChoiceField(label=_("How"), choices=Method.choices)
    person = forms.CharField(label=_("With whom"), max_length=160)
    content = forms.CharField(
        label=_("Content"),
        max_length=RecordLine.LONGEST,
        validators=[no_individual_number],
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        heard = self.initial.get("heard_at")
        if heard is not None:
            # To the microsecond: by it is known whether the message has been edited since.
            self.initial["heard_at"] = heard.strftime("%Y-%m-%dT%H:%M:%S.%f%z")

    def line(self) -> Line:
        return Line(**self.cleaned_data)


class LinesFormSet(forms.BaseFormSet):
    """All lines of a record, at least one."""

    def clean(self) -> None:
        if not self.forms:
            raise forms.ValidationError(NothingChosen.sentence)


Lines = forms.formset_factory(LineForm, formset=LinesFormSet, extra=0, max_num=MOST_LINES, validate_max=True)
People = forms.formset_factory(PersonForm, extra=2, max_num=MOST_ATTENDEES + 20, validate_max=True)


@dataclass
class Sheet:
    """The forms that make up one record; `people` is there for a meeting only."""

    head: HeadForm
    lines: Any
    people: Any = None

    def is_valid(self) -> bool:
        """Of all of them, so that everything that is wrong is said at once."""
        forms_here = [form for form in (self.head, self.lines, self.people) if form is not None]
        return [form.is_valid() for form in forms_here].count(False) == 0

    def told(self) -> dict[str, Any]:
        """What the verb is told."""
        told = {"planner": self.head.cleaned_data["planner"], "lines": [form.line() for form in self.lines]}
        if isinstance(self.head, MeetingForm):
            told["meeting"] = self.head.held(one for form in self.people for one in form.people())
        return told


def sheet_sent(data: Any, *, of_meeting: bool) -> Sheet:
    if of_meeting:
        return Sheet(MeetingForm(data), Lines(data), People(data, prefix="people"))
    return Sheet(HeadForm(data), Lines(data))


def sheet_begun(head: dict[str, Any], lines: list[dict[str, Any]], people: list[Any] | None) -> Sheet:
    """As it stands before anybody changes it."""
    if people is None:
        return Sheet(HeadForm(initial=head), Lines(initial=lines))
    return Sheet(MeetingForm(initial=head), Lines(initial=lines), People(initial=people, prefix="people"))

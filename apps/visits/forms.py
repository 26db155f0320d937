"""What a browser may send."""

from datetime import datetime, time, timedelta
from typing import Any, Self
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.clients.models import Signer
from apps.directory.models import Holiday, ServiceKind
from apps.environments.models import Member
from apps.facilities.grid import Age, Weekday
from apps.facilities.models import Facility, SchoolDistrict
from apps.kernel.my_number import no_individual_number
from apps.kernel.templatetags.house import short_day
from apps.paper.forms import ComparedForm, FaxField
from apps.visits.actions import Agreed, Asked
from apps.visits.models import WHY_DECLINED, Slot, Visit, VisitClient, VisitRequest, WithdrawalReason
from apps.visits.on_paper import NONE, Told
from apps.visits.queries import Sought
from apps.visits.refusals import ReasonMissing
from apps.visits.times import LONGEST_REPETITION, Plan, Proposed, due_after, moment

# Minutes.
LENGTHS = (30, 45, 60, 90, 120)


class PublishForm(forms.Form):
    """A visiting time, once or week by week."""

    day = forms.DateField(label=_("Day of the visit"), widget=forms.DateInput(attrs={"type": "date"}))
    starts = forms.TimeField(
        label=_("Begins at"), initial=time(10, 0), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.ChoiceField(label=_("How long"), initial="60")
    capacity = forms.IntegerField(label=_("Families at a time"), min_value=1, max_value=Slot.MOST_FAMILIES, initial=1)
    weekly_until = forms.DateField(
        label=_("Every week until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Leave it empty for one day. Holidays and the days around New Year are left out."),
    )
    place = forms.CharField(
        label=_("Where one is received"), max_length=120, required=False, help_text=_("Empty: at the facility.")
    )
    receiver = forms.CharField(label=_("Who receives"), max_length=60, required=False)
    bring = forms.CharField(
        label=_("What to bring"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        minutes: Any = self.fields["minutes"]
        minutes.choices = [(str(one), gettext("%(minutes)s minutes") % {"minutes": one}) for one in LENGTHS]
        today = timezone.localdate()
        self.fields["day"].widget.attrs["min"] = today.isoformat()
        self.fields["weekly_until"].widget.attrs["max"] = (today + LONGEST_REPETITION).isoformat()

    def plan(self) -> Plan:
        """As `actions.publish_slots` takes it. Past midnight it would end before it starts, which the action refuses."""
        sent = dict(self.cleaned_data)
        begins = datetime.combine(sent["day"], sent["starts"])
        ends = begins + timedelta(minutes=int(sent.pop("minutes")))
        return Plan(ends=ends.time() if ends.date() == begins.date() else time.min, **sent)


class CapacityForm(forms.Form):
    capacity = forms.IntegerField(label=_("Families at a time"), min_value=1, max_value=Slot.MOST_FAMILIES)


class WithdrawalForm(forms.Form):
    reason = forms.ChoiceField(label=_("Reason"), choices=WithdrawalReason.choices, widget=forms.RadioSelect)


class ClosingForm(forms.Form):
    """A day on which a facility receives nobody. Said twice: the second time it has been shown whom it concerns."""

    day = forms.DateField(label=_("Closed day"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.ChoiceField(label=_("Reason"), choices=WithdrawalReason.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["day"].widget.attrs["min"] = timezone.localdate().isoformat()


class OpeningDayForm(forms.Form):
    """A closed day that is opened again."""

    day = forms.DateField()


class HoldForm(forms.Form):
    """For whom a place is held: a client, or nobody by name."""

    age_group = forms.ChoiceField(label=_("Age group"), choices=Age.choices, widget=forms.RadioSelect)
    need = forms.CharField(
        label=_("What the facility should know"),
        max_length=Visit.LONGEST_NEED,
        required=False,
        validators=[no_individual_number],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("No names of clients, please."),
    )
    client = forms.UUIDField(required=False, widget=forms.HiddenInput)


class ProposalForm(HoldForm):
    """Up to three times that a facility is asked for, until when it answers, and who comes along."""

    DAYS = (1, 2, 3, 5)

    days = forms.TypedChoiceField(label=_("Answer by 17:00 of the working day"), coerce=int, initial="2")
    minutes = forms.TypedChoiceField(label=_("How long"), coerce=int, initial="60")
    member: Any = forms.ModelChoiceField(
        Member.objects.none(),
        label=_("Who accompanies the family"),
        required=False,
        empty_label=_("Nobody comes along"),
    )

    def __init__(self, *args: Any, people: QuerySet[Member], **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["member"].queryset = people
        fields["member"].label_from_instance = lambda one: one.name
        fields["minutes"].choices = [(str(one), gettext("%(minutes)s minutes") % {"minutes": one}) for one in LENGTHS]
        holidays = set(Holiday.objects.values_list("date", flat=True))
        self.due = {one: due_after(one, timezone.localdate(), holidays) for one in self.DAYS}
        fields["days"].choices = [(str(one), short_day(at)) for one, at in self.due.items()]
        for number in range(1, VisitRequest.MOST_PROPOSALS + 1):
            fields[f"day_{number}"] = forms.DateField(
                label=_("Day of the visit"), required=number == 1, widget=forms.DateInput(attrs={"type": "date"})
            )
            fields[f"day_{number}"].widget.attrs["min"] = timezone.localdate().isoformat()
            fields[f"starts_{number}"] = forms.TimeField(
                label=_("Begins at"),
                required=number == 1,
                widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            )

    @property
    def rows(self) -> list[tuple[int, Any, Any]]:
        """The day and the time of each proposal."""
        numbers = range(1, VisitRequest.MOST_PROPOSALS + 1)
        return [(number, self[f"day_{number}"], self[f"starts_{number}"]) for number in numbers]

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or {}
        for number, day, starts in self.rows:
            if bool(sent.get(day.name)) != bool(sent.get(starts.name)) and not (day.errors or starts.errors):
                self.add_error(day.name, gettext("Proposal %(number)s needs a day and a time.") % {"number": number})
        return sent

    def asked(self, **about: Any) -> Asked:
        """As `actions.propose` takes it."""
        sent = self.cleaned_data
        begins = [moment(sent[day.name], sent[at.name]) for _number, day, at in self.rows if sent.get(day.name)]
        lasts = timedelta(minutes=sent["minutes"])
        told = {name: sent[name] for name in ("age_group", "need", "member")}
        times = tuple(Proposed(one, one + lasts) for one in begins)
        return Asked(times=times, due_at=self.due[sent["days"]], **told, **about)


class RefusalForm(forms.Form):
    """Why a facility can at none of the times."""

    reason = forms.ChoiceField(label=_("Reason"), choices=WHY_DECLINED, widget=forms.RadioSelect)


class SheetAnswerForm(forms.Form):
    """What a facility says on its sheet: one of the times, or none of them and why."""

    answer = forms.ChoiceField(label=_("When may the family come?"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=_("Why does none of them suit you?"),
        choices=WHY_DECLINED,
        widget=forms.RadioSelect,
        required=False,
        help_text=_("Only where none of the times suits you."),
    )

    def __init__(self, *sent: Any, answers: list[tuple[str, str]], **about: Any) -> None:
        super().__init__(*sent, **about)
        fields: dict[str, Any] = self.fields
        fields["answer"].choices = answers

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or {}
        if sent.get("answer") == NONE and not sent.get("reason"):
            self.add_error("reason", ReasonMissing().said)
        return sent


class ScannedAnswerForm(ComparedForm, SheetAnswerForm):
    """What was read of a sheet that has come back, and what somebody has chosen who compared it."""

    def __init__(self, data: Any = None, *, told: Told, **about: Any) -> None:
        super().__init__(data, **about)
        self.initial.update({"answer": told.answer, "reason": told.reason})

    @property
    def told(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("answer", "reason")} | {"pages": self.compared}


class BackByFaxForm(forms.Form):
    """Where the answer of a sheet goes back to."""

    fax = FaxField()


class BeyondForm(HoldForm):
    """A place beyond those of the time, with the reason."""

    reason = forms.CharField(
        label=_("Reason of the exception"),
        max_length=Visit.LONGEST_NEED,
        validators=[no_individual_number],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Facility, office and welfare desk read it. No names of clients, please."),
    )


class AgreementForm(forms.Form):
    """Who has agreed that the facility is told who comes, and whom it may call."""

    signer = forms.ChoiceField(label=_("Who has agreed"), choices=Signer.choices)
    signer_name = forms.CharField(label=_("Name of who has agreed"), max_length=80)
    relation = forms.CharField(label=_("Relation to the client"), max_length=40, required=False)
    contact = forms.CharField(
        label=_("Whom the facility may call"),
        max_length=VisitClient.LONGEST_CONTACT,
        validators=[no_individual_number],
        help_text=_("A name and a telephone number."),
    )

    def __init__(self, *args: Any, is_covered: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        # A consent on file says who has agreed.
        self.is_covered = is_covered
        if is_covered:
            del self.fields["signer"], self.fields["signer_name"], self.fields["relation"]

    def agreed(self) -> Agreed:
        return Agreed(**self.cleaned_data)


class AccompanyingForm(forms.Form):
    """Who of the office comes along, or nobody; whoever accompanies another visit then is said to."""

    member: Any = forms.ModelChoiceField(
        Member.objects.none(),
        label=_("Who accompanies the family"),
        required=False,
        empty_label=_("Nobody comes along"),
    )

    reason = forms.CharField(
        label=_("If they are taken: why they come along nevertheless"),
        max_length=Visit.LONGEST_NEED,
        required=False,
        validators=[no_individual_number],
        help_text=_("Facility, office and welfare desk read it. No names of clients, please."),
    )

    def __init__(
        self, *args: Any, people: QuerySet[Member], lines: dict[UUID, str], can_overlap: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        if not can_overlap:
            del self.fields["reason"]
        field: Any = self.fields["member"]
        field.queryset = people
        field.label_from_instance = lambda one: f"{one.name} ({lines[one.pk]})" if one.pk in lines else one.name


class CancellationForm(forms.Form):
    """Why a visit is given up: what the member's side may say."""

    reason = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, reasons: list[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].choices = reasons  # type: ignore[attr-defined]


class FindForm(forms.Form):
    """For whom a time is looked for."""

    age_group = forms.ChoiceField(label=_("Age group"), required=False, choices=[("", _("Any age")), *Age.choices])
    kind = forms.ChoiceField(label=_("Kind of service"), required=False)
    near = forms.ChoiceField(label=_("School district"), required=False)
    weekdays = forms.MultipleChoiceField(
        label=_("Days of the week"), choices=Weekday.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    is_fetched = forms.BooleanField(label=_("Must fetch from there"), required=False)
    needs_medical_care = forms.BooleanField(label=_("Medical care is needed"), required=False)
    need = forms.CharField(
        label=_("What the facility should know"),
        max_length=Visit.LONGEST_NEED,
        required=False,
        help_text=_("No names of clients, please."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = ServiceKind.objects.filter(pk__in=Facility.objects.open().values("kind"))
        choices = {
            "kind": [("", _("All kinds of service")), *((str(one.pk), one.name) for one in kinds)],
            "near": [
                ("", _("Any school district")),
                *((str(one.pk), one.name) for one in SchoolDistrict.objects.all()),
            ],
        }
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]

    @classmethod
    def filled(cls, sought: Sought) -> Self:
        """With what a record says."""
        told = {
            "age_group": sought.age,
            "near": str(sought.near or ""),
            "weekdays": list(sought.weekdays),
            "is_fetched": sought.district is not None,
            "needs_medical_care": sought.needs_medical_care,
        }
        return cls(told)

    def sought(self) -> Sought:
        """What is looked for; everything, where the form was not understood."""
        if not self.is_valid():
            return Sought()
        sent = self.cleaned_data
        near = UUID(sent["near"]) if sent["near"] else None
        return Sought(
            age=sent["age_group"],
            kind=int(sent["kind"]) if sent["kind"] else None,
            weekdays=tuple(sent["weekdays"]),
            near=near,
            district=near if sent["is_fetched"] else None,
            needs_medical_care=sent["needs_medical_care"],
        )

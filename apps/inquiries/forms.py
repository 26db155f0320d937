"""What a browser may send: a need without a name, an answer to it, whom the chosen office may call."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.clients.models import Client, Need
from apps.facilities.grid import Band, Weekday
from apps.facilities.models import SchoolDistrict
from apps.inquiries.card import Card
from apps.inquiries.kinds import AgeGroup, Reason, Said, Support, age_group_of
from apps.inquiries.models import Inquiry, InquiryReply, Release
from apps.inquiries.on_paper import Told
from apps.inquiries.queries import Part, Target, marked
from apps.inquiries.refusals import (
    IdentifyingWords,
    NobodyAsked,
    NotLonger,
    PastDueTime,
    PlaceOfProtected,
    TooManyAsked,
    WithoutContact,
    WithoutReason,
)
from apps.kernel.my_number import no_individual_number
from apps.paper.forms import ComparedForm

CLOSING_TIME = time(17, 0)
# No answer is changed more often.
MOST = 2**31 - 1


class NeedForm(forms.Form):
    """A need as several offices will be told it, whom it asks, and until when."""

    age_group = forms.ChoiceField(label=_("Age group"), choices=AgeGroup.choices)
    support = forms.ChoiceField(
        label=_("Support that was granted"), choices=[("", _("Not said")), *Support.choices], required=False
    )
    weekdays = forms.MultipleChoiceField(
        label=_("Days of the week"), choices=Weekday.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    bands = forms.MultipleChoiceField(
        label=_("Times of the day"), choices=Band.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    needs = forms.MultipleChoiceField(
        label=_("Needs"), choices=Need.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    district: Any = forms.ModelChoiceField(
        label=_("Pick-up district"),
        queryset=SchoolDistrict.objects.none(),
        required=False,
        empty_label=_("Not said"),
    )
    area = forms.CharField(
        label=_("Part of the town"),
        max_length=Inquiry.LONGEST_AREA,
        required=False,
        help_text=_("As wide as a district, and no address."),
        validators=[no_individual_number],
    )
    text = forms.CharField(
        label=_("What offices should know"),
        max_length=Inquiry.LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Without names, addresses, dates of birth, numbers or names of schools."),
        validators=[no_individual_number],
    )
    due_on = forms.DateField(label=_("Last day for answers"), widget=forms.DateInput(attrs={"type": "date"}))
    due_time = forms.TimeField(
        label=_("Until what time"), initial=CLOSING_TIME, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )

    def __init__(self, data: Any = None, *, client: Client, groups: list[tuple[str, list[Target]]]) -> None:
        super().__init__(data, initial=prefilled(client))
        self.label_suffix = ""
        self.client, self.groups = client, groups
        self.found: dict[str, list[Part]] = {}
        self.words: list[str] = []
        district: Any = self.fields["district"]
        district.queryset = SchoolDistrict.objects.all()
        district.label_from_instance = lambda one: one.name
        if client.is_protected:
            del self.fields["district"], self.fields["area"]

    @property
    def chosen(self) -> set[str]:
        """The offices that are ticked, of those that can be asked."""
        there = {one.key for _name, targets in self.groups for one in targets}
        return there & set(self.ticked("target"))

    @property
    def confirmed(self) -> list[str]:
        """The words of which somebody has said that they identify nobody."""
        return [one[: Inquiry.LONGEST_TEXT] for one in self.ticked("confirmed")]

    def ticked(self, name: str) -> list[str]:
        data: Any = self.data
        return list(data.getlist(name)) if self.is_bound else []

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or {}
        if "due_on" in sent and "due_time" in sent and self.due_at <= timezone.now():
            self.add_error("due_on", PastDueTime.sentence)
        if not self.chosen:
            self.add_error(None, NobodyAsked.sentence)
        if len(self.chosen) > Inquiry.MOST_ASKED:
            self.add_error(None, TooManyAsked(most=Inquiry.MOST_ASKED).said)
        if self.client.is_protected and (self.data.get("area") or self.data.get("district")):
            self.add_error(None, PlaceOfProtected.sentence)
        return sent

    @property
    def due_at(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.cleaned_data["due_on"], self.cleaned_data["due_time"]))

    def card(self) -> Card:
        sent = self.cleaned_data
        return Card(
            age_group=sent["age_group"],
            support=sent["support"],
            area=sent.get("area", ""),
            weekdays=tuple(sent["weekdays"]),
            bands=tuple(sent["bands"]),
            needs=tuple(sent["needs"]),
            district=sent.get("district"),
            text=sent["text"],
        )

    def warn(self, refusal: IdentifyingWords) -> None:
        """Show what was found, marked where it stands; of what is not the client's own, ask whether it is harmless."""
        texts = self.card().written
        self.found = {str(self.fields[name].label): marked(texts[name], ones) for name, ones in refusal.found.items()}
        every = [one for ones in refusal.found.values() for one in ones]
        self.words = list(dict.fromkeys([*self.confirmed, *(one.word for one in every if not one.is_certain)]))
        for name in refusal.found:
            self.add_error(name, refusal.said)


def prefilled(client: Client) -> dict[str, Any]:
    """What the record says already, as wide as a card says it; answers are asked for within three days."""
    days = Weekday.values
    return {
        "age_group": age_group_of(client.born_on, timezone.localdate()),
        "weekdays": [days[one] for one in client.weekdays],
        "needs": client.needs,
        "district": SchoolDistrict.objects.filter(name=client.school_district).first()
        if client.school_district
        else None,
        "due_on": timezone.localdate() + timedelta(days=3),
        "due_time": CLOSING_TIME,
    }


class ReplyForm(forms.Form):
    """What an office says."""

    version = forms.IntegerField(min_value=0, max_value=MOST, widget=forms.HiddenInput)
    said = forms.ChoiceField(
        label=_("Can you take them?"),
        choices=[(one.value, one.label) for one in Said],
        widget=forms.RadioSelect,
    )
    reasons = forms.MultipleChoiceField(
        label=_("Why not, or what has to be talked about"),
        choices=Reason.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    from_on = forms.DateField(
        label=_("From when at the earliest"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    remark = forms.CharField(
        label=_("Remark"),
        max_length=InquiryReply.LONGEST_REMARK,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[no_individual_number],
    )

    def __init__(self, data: Any = None, *, reply: InquiryReply | None) -> None:
        super().__init__(data, initial=standing(reply))
        self.label_suffix = ""

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or {}
        if sent.get("said") == Said.CANNOT and not sent.get("reasons"):
            self.add_error("reasons", WithoutReason.sentence)
        return sent


class ScanReplyForm(ComparedForm, ReplyForm):
    """What was read of a sheet that has come back, and what somebody has typed who compared it."""

    def __init__(self, data: Any = None, *, reply: InquiryReply | None, told: Told, **about: Any) -> None:
        super().__init__(data, reply=reply, **about)
        self.initial.update({"said": told.said, "reasons": told.reasons})

    @property
    def told(self) -> dict[str, Any]:
        names = ("version", "said", "reasons", "from_on", "remark")
        return {name: self.cleaned_data[name] for name in names} | {"pages": self.compared}


def standing(reply: InquiryReply | None) -> dict[str, Any]:
    if reply is None:
        return {"version": 0}
    names = ("version", "said", "reasons", "from_on", "remark")
    return {name: getattr(reply, name) for name in names}


class MoreTimeForm(forms.Form):
    """Until when answers are taken, later than was said before."""

    due_on = forms.DateField(label=_("Last day for answers"), widget=forms.DateInput(attrs={"type": "date"}))
    due_time = forms.TimeField(
        label=_("Until what time"), initial=CLOSING_TIME, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )

    def __init__(self, data: Any = None, *, inquiry: Inquiry) -> None:
        self.least = max(inquiry.due_at, timezone.now())
        super().__init__(data, initial={"due_on": timezone.localdate(self.least) + timedelta(days=2)})
        self.label_suffix = ""

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or {}
        if "due_on" in sent and "due_time" in sent and self.due_at <= self.least:
            self.add_error("due_on", NotLonger.sentence)
        return sent

    @property
    def due_at(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.cleaned_data["due_on"], self.cleaned_data["due_time"]))


class SpanForm(forms.Form):
    """From which day to which, both included; the last half year unless told otherwise."""

    since = forms.DateField(label=_("From day"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To day"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: Any) -> None:
        today = timezone.localdate()
        self.standing = {"since": today - timedelta(days=182), "until": today}
        super().__init__(data if "since" in data or "until" in data else None, initial=self.standing)
        self.label_suffix = ""

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or {}
        if "since" in sent and "until" in sent and sent["until"] < sent["since"]:
            self.add_error("until", _("The last day comes before the first one."))
        return sent

    @property
    def span(self) -> dict[str, Any]:
        """What was said, or what stands there while nothing sensible was."""
        return self.cleaned_data if self.is_bound and self.is_valid() else self.standing


class ReleaseForm(forms.Form):
    """Whom the chosen office may call."""

    contact = forms.CharField(
        label=_("Whom they can call"),
        max_length=Release.LONGEST_CONTACT,
        help_text=_("Such as your desk with its phone number and your name. Only the chosen office sees it."),
        error_messages={"required": WithoutContact.sentence},
        validators=[no_individual_number],
    )

    def clean_contact(self) -> str:
        sent: str = self.cleaned_data["contact"].strip()
        if not sent:
            raise ValidationError(WithoutContact.sentence)
        return sent

"""What a browser may send: a facility to approach, a step, a correction, what is looked for."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.facilities.models import Facility
from apps.kernel.my_number import no_individual_number
from apps.referrals.drawing import Period, period_of
from apps.referrals.kinds import REASONS, DeclineReason, ReferralState, StepKind
from apps.referrals.models import Step
from apps.referrals.papers import period_said
from apps.referrals.refusals import CorrectionWithoutReason, DeclineWithoutReason, StepInTheFuture

DAY = {"type": "date"}


def past_day(day: date) -> None:
    if day > timezone.localdate():
        raise forms.ValidationError(StepInTheFuture.sentence)


class ReferralForm(forms.Form):
    """Which facility is approached, and on which day the family was consulted."""

    facility = forms.ChoiceField(
        label=_("Facility to approach"),
        error_messages={"required": _("Please choose a facility."), "invalid_choice": _("Please choose a facility.")},
    )
    consulted_on = forms.DateField(
        label=_("Day of the consultation"),
        widget=forms.DateInput(attrs=DAY),
        validators=[past_day],
        help_text=_("The days to the start are counted from it. Facilities of one consultation share it."),
    )

    def __init__(self, data: Any = None, *, facilities: list[Facility], last: date | None) -> None:
        super().__init__(data, initial={"consulted_on": last or timezone.localdate()})
        self.label_suffix = ""
        self.offered = {str(one.pk): one for one in facilities}
        groups: dict[str, list[tuple[str, str]]] = {}
        for one in facilities:
            groups.setdefault(one.kind.name, []).append((str(one.pk), one.name))
        choices: Any = self.fields["facility"]
        choices.choices = [("", _("Choose a facility")), *groups.items()]

    @property
    def sent(self) -> dict[str, Any]:
        return {
            "facility": self.offered[self.cleaned_data["facility"]],
            "consulted_on": self.cleaned_data["consulted_on"],
        }


class StepForm(forms.Form):
    """What happened, and on which day."""

    kind = forms.ChoiceField(
        label=_("What happened"), choices=StepKind, error_messages={"required": _("Please choose what happened.")}
    )
    happened_on = forms.DateField(
        label=_("Day on which it happened"), widget=forms.DateInput(attrs=DAY), validators=[past_day]
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"happened_on": timezone.localdate()})
        self.label_suffix = ""

    @property
    def sent(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("kind", "happened_on", "reason", "words")}

    reason = forms.ChoiceField(
        label=pgettext_lazy("referral", "Why it came to nothing"),
        required=False,
        choices=[("", _("Choose a reason")), *DeclineReason.choices],
    )
    words = forms.CharField(
        label=pgettext_lazy("referral", "Remark"),
        max_length=Step.LONGEST_WORDS,
        required=False,
        validators=[no_individual_number],
        help_text=_("The facility reads it too. Please write no names."),
    )

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or self.cleaned_data
        kind = sent.get("kind", "")
        if kind in REASONS and sent.get("reason") not in REASONS[StepKind(kind)]:
            self.add_error("reason", DeclineWithoutReason.sentence)
        return sent


class CorrectionForm(forms.Form):
    """Why a step did not happen so."""

    words = forms.CharField(
        label=_("Why it is corrected"),
        max_length=Step.LONGEST_WORDS,
        error_messages={"required": CorrectionWithoutReason.sentence},
        validators=[no_individual_number],
        help_text=_("Such as: pressed for the wrong facility. Please write no names."),
    )


class UnderWayForm(forms.Form):
    """What is looked for among what is under way."""

    state = forms.ChoiceField(label=pgettext_lazy("referral", "Where it stands"), required=False)
    facility = forms.ChoiceField(label=pgettext_lazy("referral", "Facility"), required=False)
    standing = forms.ChoiceField(
        label=_("Standing for"),
        required=False,
        choices=[("", _("Any time")), ("14", _("Two weeks or longer")), ("30", _("A month or longer"))],
    )
    over = forms.BooleanField(label=_("Show what has come to its end"), required=False)

    def __init__(self, data: Any, *, facilities: list[Facility]) -> None:
        super().__init__(data)
        self.label_suffix = ""
        choices: dict[str, list[tuple[Any, Any]]] = {
            "state": [("", _("Anywhere on the way")), *ReferralState.choices],
            "facility": [("", _("Every facility")), *((str(one.pk), one.name) for one in facilities)],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    @property
    def wanted(self) -> dict[str, Any]:
        """What was chosen; what is not to be had is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class DaysForm(forms.Form):
    """Which fiscal years, by year or quarter, of which kind; the last two years unless told otherwise."""

    SHOWN = 5

    since = forms.TypedChoiceField(label=_("From fiscal year"), coerce=int)
    until = forms.TypedChoiceField(label=_("To fiscal year"), coerce=int)
    by = forms.ChoiceField(
        label=pgettext_lazy("referral", "In steps of"),
        choices=[
            ("year", pgettext_lazy("referral", "Fiscal years")),
            ("quarter", pgettext_lazy("referral", "Quarters")),
        ],
    )
    kind = forms.ChoiceField(label=_("Kind of service"), required=False)

    def __init__(self, data: Any, *, kinds: list[str]) -> None:
        now = period_of(timezone.localdate(), by_quarter=False).year
        self.standing = {"since": now - 1, "until": now, "by": "year", "kind": ""}
        super().__init__(data if self.fields_in(data) else None, initial=self.standing)
        self.label_suffix = ""
        years = [(year, period_said(Period(year))) for year in range(now - self.SHOWN + 1, now + 1)]
        offered: dict[str, list[tuple[Any, Any]]] = {
            "since": years,
            "until": years,
            "kind": [("", pgettext("referral", "All kinds of service")), *((one, one) for one in kinds)],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    @staticmethod
    def fields_in(data: Any) -> bool:
        return any(name in data for name in ("since", "until", "by", "kind"))

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or self.cleaned_data
        if "since" in sent and "until" in sent and sent["until"] < sent["since"]:
            self.add_error("until", _("The last year comes before the first one."))
        return sent

    @property
    def span(self) -> dict[str, Any]:
        """What was said, or what stands there while nothing sensible was."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else self.standing
        return {**{name: said[name] for name in ("since", "until", "kind")}, "by_quarter": said["by"] == "quarter"}

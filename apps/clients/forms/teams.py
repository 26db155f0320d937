"""Seats, and openings by hand."""

from datetime import date, datetime, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.clients.forms.days import DayField, end_of
from apps.clients.refusals import OpeningOver, OpeningTooLong

# An opening by hand lasts a fortnight unless another day is chosen, and never more than a year.
USUAL = timedelta(days=14)
LONGEST = timedelta(days=366)


class SeatForm(forms.Form):
    """The organization that is to have a seat."""

    organization = forms.UUIDField(
        label=_("Organization for the care team"),
        error_messages={
            "required": _("Please choose an organization."),
            "invalid": _("Please choose an organization."),
        },
    )


def usual_last_day() -> date:
    return timezone.localdate() + USUAL


class OpeningForm(forms.Form):
    """The person to whom a client is opened by hand, and until when."""

    member = forms.UUIDField(
        label=_("Person"),
        error_messages={"required": _("Please choose a person."), "invalid": _("Please choose a person.")},
    )
    until = DayField(
        label=_("Last day"),
        initial=usual_last_day,
        help_text=_("A year ahead at most. For example R8.4.1 or 2026-04-01"),
    )

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until < timezone.localdate():
            raise ValidationError(OpeningOver.sentence, code=OpeningOver.code)
        if until > timezone.localdate() + LONGEST:
            raise ValidationError(OpeningTooLong.sentence, code=OpeningTooLong.code)
        return until

    def expires_at(self) -> datetime:
        return end_of(self.cleaned_data["until"])

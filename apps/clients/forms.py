"""What a browser may send."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.clients import wareki
from apps.environments.forms import NameField, ReadingField

OLDEST = 130


class BirthDateField(forms.CharField):
    """A date of birth, in wareki or western style, of somebody who may be alive."""

    def __init__(self, **options: Any) -> None:
        words = {"label": _("Date of birth"), "max_length": 30, "help_text": _("For example S23.4.1 or 1948-04-01")}
        super().__init__(**{**words, **options})
        self.widget.attrs |= {"autocomplete": "off", "inputmode": "text"}

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return wareki.parse(text) if text else None

    def clean(self, value: Any) -> date | None:
        born_on = super().clean(value)
        if born_on is not None:
            check_birth_date(born_on)
        return born_on

    def run_validators(self, value: Any) -> None:
        """The validators of a text do not fit a date."""


def check_birth_date(born_on: date) -> None:
    today = timezone.localdate()
    if born_on > today:
        raise ValidationError(_("This day is still to come. Please check the year."), code="future")
    if today.year - born_on.year > OLDEST:
        raise ValidationError(
            _("That would be more than 130 years ago. Please check the year and the era."), code="too_old"
        )


class ClientForm(forms.Form):
    """A care recipient to be registered."""

    name = NameField()
    kana = ReadingField()
    born_on = BirthDateField()
    area = NameField(
        label=_("Area"), required=False, help_text=_("The part of town, such as a district: it tells namesakes apart.")
    )


class SearchForm(forms.Form):
    """What somebody looks for."""

    q = forms.CharField(max_length=100, required=False)


class SeatForm(forms.Form):
    """The organization that is to have a seat."""

    organization = forms.UUIDField(
        label=_("Organization for the care team"),
        error_messages={
            "required": _("Please choose an organization."),
            "invalid": _("Please choose an organization."),
        },
    )


class OpeningForm(forms.Form):
    """The person to whom a client is opened by hand."""

    member = forms.UUIDField(
        label=_("Person"),
        error_messages={"required": _("Please choose a person."), "invalid": _("Please choose a person.")},
    )

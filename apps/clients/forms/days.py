"""Days as people type them, in wareki or western style."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.clients import wareki

OLDEST = 130


class DayField(forms.CharField):
    """A day, in wareki or western style."""

    def __init__(self, **options: Any) -> None:
        words = {"max_length": 30, "help_text": _("For example R8.4.1 or 2026-04-01")}
        super().__init__(**{**words, **options})
        self.widget.attrs |= {"autocomplete": "off", "inputmode": "text"}

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return wareki.parse(text) if text else None

    def run_validators(self, value: Any) -> None:
        """The validators of a text do not fit a date."""

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value


class BirthDateField(DayField):
    """A date of birth of somebody who may be alive."""

    def __init__(self, **options: Any) -> None:
        words = {"label": _("Date of birth"), "help_text": _("For example S23.4.1 or 1948-04-01")}
        super().__init__(**{**words, **options})

    def prepare_value(self, value: Any) -> Any:
        """As people of the office write it; in English as everywhere."""
        in_japanese = (get_language() or "ja").startswith("ja")
        return wareki.written(value) if isinstance(value, date) and in_japanese else super().prepare_value(value)

    def clean(self, value: Any) -> date | None:
        born_on: date | None = super().clean(value)
        if born_on is not None:
            check_birth_date(born_on)
        return born_on


def check_birth_date(born_on: date) -> None:
    today = timezone.localdate()
    if born_on > today:
        raise ValidationError(_("This day is still to come. Please check the year."), code="future")
    if today.year - born_on.year > OLDEST:
        raise ValidationError(
            _("That would be more than 130 years ago. Please check the year and the era."), code="too_old"
        )


def beginning_of(day: date) -> datetime:
    """The first moment of a day, where the office is."""
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date) -> datetime:
    """The moment in which a day is over."""
    return beginning_of(day + timedelta(days=1))

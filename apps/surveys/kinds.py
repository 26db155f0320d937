"""Words of a survey: kinds of questions, who is shown the results."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionKind(models.TextChoices):
    """What a question asks for, and so what its answer looks like (values.py)."""

    AVAILABILITY = "availability", _("Free places by weekday, time and age")
    SINGLE = "single", _("One of several")
    MULTIPLE = "multiple", _("Several of several")
    NUMBER = "number", _("A number")
    DATE = "date", _("Date")
    DATE_POLL = "date_poll", _("Dates to choose from (○△×)")
    TIME = "time", _("A time of day")
    SCALE = "scale", _("Scale")
    TEXT = "text", _("Free text")
    MATRIX = "matrix", _("Table of choices")
    FILE = "file", _("Files or photos")

    @property
    def has_choices(self) -> bool:
        """Answers name a choice: an option, a column of a table, a date."""
        return self in {QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.DATE_POLL, QuestionKind.MATRIX}

    @property
    def has_rows(self) -> bool:
        return self is QuestionKind.MATRIX

    @property
    def can_be_condition(self) -> bool:
        """Whether another question may hang on one of its choices."""
        return self in {QuestionKind.SINGLE, QuestionKind.MULTIPLE}


class Poll(models.TextChoices):
    """What somebody says to one of several dates."""

    YES = "yes", _("Possible")
    MAYBE = "maybe", _("Perhaps")
    NO = "no", _("Not possible")

    @property
    def mark(self) -> str:
        """The sign by which everybody in the field says it."""
        return {"yes": "○", "maybe": "△", "no": "×"}[self.value]


class Published(models.TextChoices):
    """To whom the results are shown, beside the organization that asks."""

    NOBODY = "nobody", _("To nobody else")
    RECIPIENTS = "recipients", _("To everybody who was asked")
    EVERYBODY = "everybody", _("To everybody in this environment")

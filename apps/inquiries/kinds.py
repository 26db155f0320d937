"""Words of an inquiry: how old and how much in need somebody is, what an office says, why it cannot, how an inquiry ends."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.clients.ages import age_on, years_at_school


class AgeGroup(models.TextChoices):
    """As much of an age as a card says."""

    PRESCHOOL = "preschool", _("Before school age")
    ELEMENTARY = "elementary", _("Elementary school age")
    SECONDARY = "secondary", _("Junior high or high school age")
    UNDER_40 = "under_40", _("Under 40")
    UNDER_65 = "under_65", _("Aged 40 to 64")
    UNDER_75 = "under_75", _("Aged 65 to 74")
    UNDER_85 = "under_85", _("Aged 75 to 84")
    OLDEST = "oldest", _("Aged 85 or older")


YEARS = ((40, AgeGroup.UNDER_40), (65, AgeGroup.UNDER_65), (75, AgeGroup.UNDER_75), (85, AgeGroup.UNDER_85))


def age_group_of(born_on: date, today: date) -> AgeGroup:
    """By school for the young, by years for everybody else."""
    year = years_at_school(born_on, today)
    if year <= 12:
        return AgeGroup.PRESCHOOL if year < 1 else AgeGroup.ELEMENTARY if year <= 6 else AgeGroup.SECONDARY
    years = age_on(born_on, today)
    return next((group for too_old, group in YEARS if years < too_old), AgeGroup.OLDEST)


class Support(models.TextChoices):
    """How much support somebody was granted, as a band: the level itself is not needed to say whether there is a place."""

    UNDECIDED = "undecided", _("Not certified, or being certified")
    SUPPORT = "support", _("Support level 1 or 2")
    CARE_LIGHT = "care_light", _("Care level 1 or 2")
    CARE_HEAVY = "care_heavy", _("Care level 3 to 5")
    CHILD_GRANTED = "child_granted", _("Child support, granted")
    CHILD_UNDECIDED = "child_undecided", _("Child support, not granted yet")
    DISABILITY = "disability", _("Disability support")


class Said(models.TextChoices):
    """What an office says."""

    CAN = "can", _("We can take them")
    TALK = "talk", _("Talk to us")
    CANNOT = "cannot", _("We cannot")

    @property
    def mark(self) -> str:
        """The sign by which everybody in the field says it."""
        return {"can": "○", "talk": "△", "cannot": "×"}[self.value]


class Reason(models.TextChoices):
    """Why an office cannot, or not without talking: what the city counts as unmet need."""

    FULL = "full", _("Full")
    AREA = "area", _("Outside our pick-up area")
    WEEKDAY = "weekday", _("Not on these days or at these times")
    AGE = "age", _("Not this age")
    MEDICAL_CARE = "medical_care", _("Medical care we cannot give")
    STAFF = "staff", _("Not enough staff")
    OTHER = "other", _("Another reason")


class Closing(models.TextChoices):
    """How an inquiry came to its end."""

    SETTLED = "settled", pgettext_lazy("inquiry", "Settled")
    WITHDRAWN = "withdrawn", pgettext_lazy("inquiry", "Withdrawn")


class InquiryState(models.TextChoices):
    """Where an inquiry stands; said by its times."""

    OPEN = "open", _("Open for answers")
    OVERDUE = "overdue", _("Time is up")
    SETTLED = "settled", pgettext_lazy("inquiry", "Settled")
    WITHDRAWN = "withdrawn", pgettext_lazy("inquiry", "Withdrawn")

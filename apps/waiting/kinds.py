"""How waiting ends, and what becomes of an offer."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Leaving(models.TextChoices):
    """Why somebody waits no more."""

    BOOKED = "booked", pgettext_lazy("waiting list", "A visit was booked")
    FOUND = "found", pgettext_lazy("waiting list", "Found a place elsewhere")
    NOT_WANTED = "not_wanted", pgettext_lazy("waiting list", "Does not want it any more")
    MOVED_AWAY = "moved_away", pgettext_lazy("waiting list", "Moved away")
    UNREACHED = "unreached", pgettext_lazy("waiting list", "Could not be reached")
    MISTAKE = "mistake", pgettext_lazy("waiting list", "Put on the list by mistake")


# What a person may say; that a visit was booked the database writes down itself.
SAID = [one for one in Leaving if one != Leaving.BOOKED]


class Outcome(models.TextChoices):
    """What became of an offer."""

    BOOKED = "booked", pgettext_lazy("waiting list", "Booked")
    DECLINED = "declined", pgettext_lazy("waiting list", "Declined")
    RUN_OUT = "run_out", pgettext_lazy("waiting list", "Not answered in time")
    WITHDRAWN = "withdrawn", pgettext_lazy("waiting list", "The facility withdrew the time")
    GIVEN_BACK = "given_back", pgettext_lazy("waiting list", "Given back")

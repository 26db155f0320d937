"""Words of whoever asks on paper: for whom sheets are printed, how an answer came."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Printed(models.TextChoices):
    """For whom sheets are printed, of those who have not answered."""

    WITHOUT_ACCOUNT = "without_account", _("Only those without an account")
    EVERYBODY = "everybody", _("Everybody who has not answered")


class Channel(models.TextChoices):
    """How an answer came."""

    ACCOUNT = "account", _("Signed in")
    CODE = "code", _("With the code on the sheet")
    PAPER = "paper", _("On paper")
    PHONE = "phone", _("By phone")

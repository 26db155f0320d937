"""The ways this app says no."""

from django.utils.translation import gettext_lazy as _

from apps.kernel.refusals import Refusal


class DayUnreadable(Refusal):
    code = "day_unreadable"
    sentence = _("This is no day that the calendar shows. Please choose one between 2000 and 2099.")

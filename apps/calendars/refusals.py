"""The ways this app says no."""

from django.utils.translation import gettext_lazy as _

from apps.kernel.refusals import Refusal


class DayUnreadable(Refusal):
    code = "day_unreadable"
    sentence = _("This is no day that the calendar shows. Please choose one between 2000 and 2099.")


class FeedsGuessed(Refusal):
    code = "calendar_feeds_guessed"
    status = 429
    sentence = _("Too many wrong addresses came from here. Please try again at %(time)s.")

"""The ways this app says no."""

from django.utils.translation import gettext_lazy as _

from apps.kernel.refusals import Refusal


class NoColleague(Refusal):
    code = "no_colleague"
    sentence = _("This person cannot take over: only somebody of the same organization can. Please choose again.")

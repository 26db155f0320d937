"""The ways in which transfers between divisions say no."""

from django.utils.translation import gettext_lazy as _

from apps.kernel.refusals import Refusal


class NobodyChosen(Refusal):
    code = "nobody_chosen"
    sentence = _("Nobody is left to be transferred. Please choose at least one client.")


class ClientsChanged(Refusal):
    code = "clients_changed"
    sentence = _("%(count)s of these clients have changed meanwhile. Nothing was done: please look at the list again.")


class TransferOver(Refusal):
    code = "transfer_over"
    sentence = _("This day is over. Please choose today or a day to come.")


class TransferTooFar(Refusal):
    code = "transfer_too_far"
    sentence = _("A transfer can be planned for a year ahead at most. Please choose an earlier day.")


class TransferTooLate(Refusal):
    code = "transfer_too_late"
    sentence = _("Somebody has decided about this transfer already, or it has taken effect. Please look at it again.")

"""The ways this app says no."""

from django.utils.translation import gettext_lazy as _

from apps.kernel.refusals import Refusal


class SeatTaken(Refusal):
    code = "seat_taken"
    sentence = _("This organization already has a seat on the care team.")


class SeatEnded(Refusal):
    code = "seat_ended"
    sentence = _("This seat has already ended. Reload the page to see the present care team.")


class LastSeat(Refusal):
    code = "last_seat"
    sentence = _("This is the last seat on the care team. Give another organization a seat first.")


class CannotBeOpened(Refusal):
    code = "cannot_be_opened"
    sentence = _(
        "The client cannot be opened to this person: they see the client already, their place has ended, or they run or "
        "audit the environment."
    )


class Namesake(Refusal):
    code = "namesake"
    sentence = _("Somebody of the same name and date of birth is registered already. Please make sure who is meant.")

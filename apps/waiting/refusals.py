"""The ways this app says no."""

from django.utils.translation import gettext_lazy as _

from apps.kernel.refusals import Refusal


class WaitsNoMore(Refusal):
    code = "waits_no_more"
    status = 409
    sentence = _("This family is on the waiting list no more.")


class StillWaits(Refusal):
    code = "still_waits"
    status = 409
    sentence = _("This family is on the waiting list already.")


class NothingOffered(Refusal):
    code = "nothing_offered"
    status = 409
    sentence = _("The offer is over, and the place goes to the next. This family keeps its place on the list.")


class JustOffered(Refusal):
    code = "just_offered"
    status = 409
    sentence = _("A place was offered to this family just now. Please look at it first.")


class StillBooked(Refusal):
    code = "still_booked"
    status = 409
    sentence = _("A visit is booked for this family. Cancel it first, then they can wait again.")


class LeavingReasonMissing(Refusal):
    code = "leaving_reason_missing"
    sentence = _("Please choose why this family waits no more.")


class DecliningReasonMissing(Refusal):
    code = "declining_reason_missing"
    sentence = _("Please choose why the offered place does not suit.")


class WaitingReasonMissing(Refusal):
    code = "waiting_reason_missing"
    sentence = _("Please choose at least one reason why no place fitted.")


class TooManyWished(Refusal):
    code = "too_many_wished"
    sentence = _("At most %(limit)s facilities can be wished for. None means any.")


class PickUpFromNowhere(Refusal):
    code = "pick_up_from_nowhere"
    sentence = _("Please choose the school district from where the family must be fetched.")

"""The ways this app says no."""

from django.utils.translation import gettext_lazy as _

from apps.kernel.refusals import Refusal


class StepNotPossible(Refusal):
    code = "step_not_possible"
    status = 409
    sentence = _("This does not follow from where it stands now, so nothing was saved. Please look at the page again.")


class StepInTheFuture(Refusal):
    code = "step_in_the_future"
    sentence = _("This day has not come yet. Please enter the day on which it happened.")


class StepBeforeConsultation(Refusal):
    code = "step_before_consultation"
    sentence = _("This day is before the consultation. Please check it.")


class DeclineWithoutReason(Refusal):
    code = "decline_without_reason"
    sentence = _("Please choose why it came to nothing. It is counted, without a name.")


class CorrectionWithoutReason(Refusal):
    code = "correction_without_reason"
    sentence = _("Please say why it is corrected. What stood there before stays in the history.")


class NotCorrectable(Refusal):
    code = "step_not_correctable"
    status = 409
    sentence = _(
        "This was corrected already, or later steps build on it. Please look at the page again and begin with the last one."
    )


class ApproachedAlready(Refusal):
    code = "facility_approached_already"
    status = 409
    sentence = _("This facility is on the list of this consultation already.")


class FacilityNotOpen(Refusal):
    code = "referral_facility_closed"
    sentence = _("This facility is closed. Please choose another one.")

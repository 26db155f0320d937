"""The ways this app says no."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.kernel.refusals import Refusal


class NobodyAsked(Refusal):
    code = "inquiry_without_recipient"
    sentence = _("Nobody is asked yet. Please choose at least one office.")


class TooManyAsked(Refusal):
    code = "inquiry_too_many_recipients"
    sentence = _("One inquiry asks at most %(most)s offices. Please choose fewer.")


class RecipientNotHere(Refusal):
    code = "recipient_not_here"
    sentence = _("One of these offices cannot be asked here. Please choose again.")


class PastDueTime(Refusal):
    code = "inquiry_past_due_time"
    sentence = _("The last moment for answers has to be in the future. Please choose another one.")


class IdentifyingWords(Refusal):
    """Carries what was found and not confirmed, by field; the sentence names no word of it."""

    code = "identifying_words"
    sentence = _(
        "Some words could tell who this is, so nothing was sent. Please change them, or confirm that they identify nobody."
    )

    def __init__(self, found: dict[str, Any], **about: Any) -> None:
        super().__init__(**about)
        self.found = found


class PlaceOfProtected(Refusal):
    code = "place_of_protected_client"
    sentence = _("Where this client is to be found is protected. Please leave area and pick-up district empty.")


class InquiryOver(Refusal):
    code = "inquiry_over"
    sentence = _("This inquiry takes no more answers, so nothing was saved. Thank you for your effort.")


class InquiryNotOpen(Refusal):
    code = "inquiry_not_open"
    sentence = _("This inquiry takes no answers now. Give it more time first.")


class NobodyWaits(Refusal):
    code = "inquiry_nobody_waits"
    sentence = _("Everybody has answered, or was reminded today already. Please wait until tomorrow, or call them.")


class NotLonger(Refusal):
    code = "inquiry_not_longer"
    sentence = _("More time ends later than now, and later than was said before. Please choose a later moment.")


class OfficeAnswersItself(Refusal):
    code = "office_answers_itself"
    sentence = _("This office has an account and answers itself, so nothing was entered. Please remind it, or call it.")


class EveryOfficeHasAccount(Refusal):
    code = "every_office_has_account"
    sentence = _(
        "Everybody who has not answered has an account. Choose “Everybody who has not answered” to print for them."
    )


class InquiryClosed(Refusal):
    code = "inquiry_closed"
    sentence = _("This inquiry has come to its end already. Please look at its page again.")


class WithoutReason(Refusal):
    code = "refusal_without_reason"
    sentence = _("Please say why it is not possible: tick at least one reason.")


class RepliedMeanwhile(Refusal):
    code = "inquiry_answered_meanwhile"
    status = 409
    sentence = _(
        "Somebody of your office has answered meanwhile. Please look at that answer, and change it if need be."
    )


class NotWilling(Refusal):
    code = "office_not_willing"
    sentence = _("This office has not said that it can take somebody. Please choose one that has.")


class NotCovered(Refusal):
    code = "release_without_consent"
    sentence = _(
        "No consent of the client for introducing facilities covers this office, so nothing was told."
        " Please have the consent signed and record it, then choose the office again."
    )


class WithoutContact(Refusal):
    code = "release_without_contact"
    sentence = _("Please say whom the office can call, such as a phone number of your desk.")

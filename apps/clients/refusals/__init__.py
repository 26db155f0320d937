"""The ways this app says no."""

from django.utils.translation import gettext_lazy as _

from apps.files.refusals import FileRefused
from apps.kernel.refusals import Refusal


class SeatTaken(Refusal):
    code = "seat_taken"
    sentence = _("This organization already has a seat on the care team.")


class SeatOverlaps(Refusal):
    code = "seat_overlaps"
    sentence = _(
        "This organization has a seat in these days already. Please choose a first day after that seat ends, or a last "
        "day before it begins."
    )


class SeatReversed(Refusal):
    code = "seat_reversed"
    sentence = _("The seat would end before it begins. Please check the two days.")


class SeatInPast(Refusal):
    code = "seat_in_past"
    sentence = _("A seat begins today at the earliest, and its last day is still to come. Please check the days.")


class SeatEndsSooner(Refusal):
    code = "seat_ends_sooner"
    sentence = _("This seat ends before that day. To let it last longer, give a further seat from the day after.")


class NotOfTheSeat(Refusal):
    code = "not_of_the_seat"
    sentence = _("Only people who now work for the organization of this seat can be named here. Please choose another.")


class NamedAlready(Refusal):
    code = "named_already"
    sentence = _("This person is named on this seat already. Reload the page to see the present care team.")


class PersonLeft(Refusal):
    code = "person_left"
    sentence = _("This person is not on the care team any more. Reload the page to see the present care team.")


class MakesNoPlan(Refusal):
    code = "makes_no_plan"
    sentence = _(
        "Responsible can be a care manager, a chief care manager or a consultation support specialist of the care team. "
        "Name the person on their organization's seat in one of these roles first."
    )


class ResponsibleNamed(Refusal):
    code = "responsible_named"
    sentence = _("Somebody is responsible for this client already. Reload the page, then hand the responsibility over.")


class ResponsibilityMoved(Refusal):
    code = "responsibility_moved"
    sentence = _("The responsibility has changed meanwhile. Reload the page to see who is responsible now.")


class SeatEnded(Refusal):
    code = "seat_ended"
    sentence = _("This seat has already ended. Reload the page to see the present care team.")


class LastSeat(Refusal):
    code = "last_seat"
    sentence = _("This is the last seat on the care team, and no division is in charge. Give another seat first.")


class ConsentNeeded(Refusal):
    code = "consent_needed"
    sentence = _(
        "The client's signed consent is needed first. Record it together with the client, or ask the division in charge."
    )


class ConsentEnded(Refusal):
    code = "consent_ended"
    sentence = _("This consent has already ended or was withdrawn. Reload the page to see the present ones.")


class NobodyCovered(Refusal):
    code = "nobody_covered"
    sentence = _("A consent says for whom it is given: choose at least one organization or one kind of organization.")


class PeriodReversed(Refusal):
    code = "period_reversed"
    sentence = _("The consent would end before it begins. Please check the two dates.")


class RelationMissing(Refusal):
    code = "relation_missing"
    sentence = _("Somebody else than the client has signed: please say in which relation they stand to the client.")


class SignedInFuture(Refusal):
    code = "signed_in_future"
    sentence = _("The day of the signature is still to come. Please check the date on the paper.")


class ConsentOver(Refusal):
    code = "consent_over"
    sentence = _("The last day of this consent has passed already, so it would open nothing. Please check the date.")


class NoPurpose(Refusal):
    code = "no_purpose"
    sentence = _("A consent says what the information may be used for: choose at least one purpose.")


class EvidenceMissing(Refusal):
    code = "evidence_missing"
    sentence = _("A consent is shown by something: add a scan of the signed paper, or say where the paper is kept.")


class FamilySignsItself(Refusal):
    code = "family_signs_itself"
    sentence = _(
        "The family member's own data need the signature of that family member: the client cannot sign for them."
    )


class ConsentDoesNotHold(Refusal):
    code = "consent_does_not_hold"
    sentence = _(
        "With this consent you could not see the client you register: it must be in force today, and be given for "
        "coordinating care and support."
    )


class OpeningOver(Refusal):
    code = "opening_over"
    sentence = _("This day has passed already. Please choose until when the client is to be open.")


class OpeningTooLong(Refusal):
    code = "opening_too_long"
    sentence = _("A client is opened by hand for a year at most. Please choose an earlier day.")


class NotADivision(Refusal):
    code = "not_a_division"
    sentence = _("Only a division of the city can be in charge of a client. Please choose one from the list.")


class CannotBeOpened(Refusal):
    code = "cannot_be_opened"
    sentence = _(
        "The client cannot be opened to this person: they see the client already, no consent covers their organization, "
        "their place has ended, or they run or audit the environment."
    )


class Namesake(Refusal):
    code = "namesake"
    sentence = _("Somebody of the same name and date of birth is registered already. Please make sure who is meant.")


class EditedMeanwhile(Refusal):
    code = "edited_meanwhile"
    sentence = _("Somebody else has changed this record meanwhile. Please look at the present state and save again.")


class PaperRefused(FileRefused):
    """A file that cannot be kept as a paper. Every kind of it is said beside the field."""

    code = "paper_refused"
    sentence = _("This file cannot be kept. Please send a PDF or a photo (JPEG or PNG).")


class PaperUnknown(PaperRefused):
    code = "paper_unknown"
    sentence = _(
        "Only PDF files and photos (JPEG or PNG) can be kept, and this file is neither. Please scan or photograph the paper."
    )


class PaperTooHeavy(PaperRefused):
    code = "paper_too_heavy"
    sentence = _(
        "This file is larger than %(limit)s MB, so it was not kept. Please scan it more coarsely or in several parts."
    )


class PaperTwice(Refusal):
    code = "paper_twice"
    sentence = _("This very file is in the record already. Please look in the list of papers.")


class PaperIsEvidence(Refusal):
    code = "paper_is_evidence"
    sentence = _("This paper is the evidence of a consent, so it stays as long as the consent is in the record.")


class PaperLost(Refusal):
    code = "paper_lost"
    sentence = _(
        "The file of this paper cannot be read, or is not the one that was kept. Please tell whoever runs the installation."
    )


class NobodyFound(Refusal):
    code = "nobody_found"
    sentence = _(
        "Nothing was opened. There is no person of exactly this name and date of birth whom you could open. Please check "
        "the spelling and the date."
    )


class TooManyTries(Refusal):
    code = "too_many_tries"
    status = 429
    sentence = _(
        "You have looked for people too often within an hour. Your tries are in the ledger. If there is danger, call the "
        "division in charge."
    )


class TooManyOpen(Refusal):
    code = "too_many_open"
    sentence = _(
        "You hold three clients open by exception already, or this one. End one that you need no longer first."
    )


class NoSecondPerson(Refusal):
    code = "no_second_person"
    sentence = _(
        "A second person of a city division or a support center has to confirm this. Please choose somebody else than "
        "yourself who works there and is not of an organization that must not hear of it."
    )


class NotAwaited(Refusal):
    code = "not_awaited"
    sentence = _("This report awaits no confirmation any more: it was confirmed, ended, or more than a day has passed.")


class ExceptionEnded(Refusal):
    code = "exception_ended"
    sentence = _("This has ended already. Reload the page to see how it stands.")


class AlreadyReviewed(Refusal):
    code = "already_reviewed"
    sentence = _("Somebody has judged this already, or it was never opened. Reload the page to see how it stands.")


class ContactIncomplete(Refusal):
    code = "contact_incomplete"
    sentence = _("Please write the name, and in which relation this person stands to the client.")


class PhoneMalformed(Refusal):
    code = "phone_malformed"
    sentence = _(
        "This is not one phone number: it has ten or eleven digits and begins with 0. It may also be left empty."
    )


class NumberMalformed(Refusal):
    code = "number_malformed"
    sentence = _(
        "This is not the number of a certificate: it has ten digits, or for public assistance an H and nine digits. "
        "Please check it."
    )


class InsurerNumberMalformed(Refusal):
    code = "insurer_number_malformed"
    sentence = _("An insurer number has six digits. Please check it, or leave it empty.")


class Dubious(Refusal):
    code = "insurer_number_dubious"
    sentence = _(
        "The last digit of the insurer number does not fit the others. Please compare it with the certificate."
    )


class NumberTaken(Refusal):
    code = "number_taken"
    sentence = _(
        "This number belongs to somebody else in this environment already. Please compare it with the certificate; if it "
        "is right, ask the division in charge."
    )


class StruckAlready(Refusal):
    code = "struck_already"
    sentence = _("This was already struck out. Reload the page to see the present state.")


class CertificationIncomplete(Refusal):
    code = "certification_incomplete"
    sentence = _(
        "Something is missing: insurance needs a care level, a recipient certificate 1 to 31 days per month, and both a "
        "last day."
    )


class CertificationReversed(Refusal):
    code = "certification_reversed"
    sentence = _("The certification would end before it begins. Please check the two days.")


class CertificationTooLong(Refusal):
    code = "certification_too_long"
    sentence = _("This would be more than five years. Please check the year and the era.")


class CertificationsOverlap(Refusal):
    code = "certifications_overlap"
    sentence = _(
        "A certification of some of these days is written down already. Please check the days, or strike that one out first."
    )


class ProtectedAlready(Refusal):
    code = "protected_already"
    sentence = _("The places of this client are withheld already. Reload the page to see how it stands.")


class NotProtected(Refusal):
    code = "not_protected"
    sentence = _("The places of this client are not withheld. Area and school district are written in the record.")


class PlacesWithheld(Refusal):
    code = "places_withheld"
    sentence = _(
        "The places of this client are withheld, so the record bears no area and no school district. Write them on the page "
        "of places."
    )


class PetitionedAlready(Refusal):
    code = "petitioned_already"
    sentence = _("You have asked for this already. Others of the division in charge decide.")


class NotAwaitedPetition(Refusal):
    code = "not_awaited_petition"
    sentence = _("Nobody waits for this decision any more. Reload the page to see how it stands.")

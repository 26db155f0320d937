"""The ways this app says no."""

from django.utils.translation import gettext_lazy as _

from apps.kernel.refusals import Refusal


class SlotInThePast(Refusal):
    code = "slot_in_the_past"
    sentence = _("This time has passed, or it is too late to be booked in time. Please choose a later day.")


class SlotEndsBeforeItStarts(Refusal):
    code = "slot_ends_before_it_starts"
    sentence = _("A visit ends after it starts, on the same day. Please check the two times.")


class SlotsOverlap(Refusal):
    code = "slots_overlap"
    sentence = _("On %(day)s this overlaps another visiting time of the facility. Nothing was published.")


class RepetitionUnbounded(Refusal):
    code = "repetition_unbounded"
    sentence = _("Please give the last day of the repetition: after the first day, and within half a year.")


class FacilityReceivesNobody(Refusal):
    code = "facility_receives_nobody"
    sentence = _("This facility is closed, so it receives nobody. If that is a mistake, take its closing day away.")


class CapacityUnusable(Refusal):
    code = "capacity_unusable"
    sentence = _("A visiting time is for 1 to %(limit)s families.")


class CapacityBelowBooked(Refusal):
    code = "capacity_below_booked"
    sentence = _("Place %(place)s is taken. Please cancel or move that visit first, then lower the number.")


class SlotTaken(Refusal):
    code = "slot_taken"
    status = 409
    sentence = _("Somebody was faster: the last place of this time has just been taken. Please choose another time.")


class SlotClosed(Refusal):
    code = "slot_closed"
    status = 409
    sentence = _("This time cannot be booked any more. Please choose another one.")


class SlotWithdrawn(Refusal):
    code = "slot_withdrawn"
    status = 409
    sentence = _("This visiting time was withdrawn already.")


class TooManyHolds(Refusal):
    code = "too_many_holds"
    sentence = _("You hold %(limit)s places already. Please book or let go of one first.")


class HoldRunOut(Refusal):
    code = "hold_run_out"
    status = 409
    sentence = _("The five minutes are over and the place is free again. Please hold it once more.")


class OfferRunOut(HoldRunOut):
    code = "offer_run_out"
    sentence = _("The time to answer is over, and the place goes to the next. The family keeps its place on the list.")


class NotHeld(Refusal):
    code = "not_held"
    status = 409
    sentence = _("This visit is not held any more. Please look at it again.")


class NotBooked(Refusal):
    code = "not_booked"
    status = 409
    sentence = _("This visit is not booked, or it is over. There is nothing to change.")


class ReasonMissing(Refusal):
    code = "reason_missing"
    sentence = _("Please choose a reason. It is kept, and told to the other side.")


class SlotNotChosen(Refusal):
    code = "slot_not_chosen"
    sentence = _("Please choose a time in the list.")


class NeedNamesTheClient(Refusal):
    code = "need_names_the_client"
    sentence = _(
        "This tells who it is. The facility reads it before it may know the name: please write the need alone."
    )


class AccompaniesAnother(Refusal):
    code = "accompanies_another"
    status = 409
    sentence = _("This person accompanies another visit then: %(line)s. Please choose somebody else.")


class NothingProposed(Refusal):
    code = "nothing_proposed"
    sentence = _("Please propose one to %(limit)s times, each in the future.")


class ProposalsOverlap(Refusal):
    code = "proposals_overlap"
    status = 409
    sentence = _("Of %(day)s a time overlaps another one of the facility, or of this request. Nothing was sent.")


class DueTimeUnusable(Refusal):
    code = "due_time_unusable"
    sentence = _("The answer is due after now and before the first of the proposed times. Please change one of them.")


class RequestEnded(Refusal):
    code = "request_ended"
    status = 409
    sentence = _("This request has ended already: it was answered, taken back, or not answered in time.")


class NotProposed(Refusal):
    code = "not_proposed"
    sentence = _("Please choose one of the proposed times.")


class NothingToOverride(Refusal):
    code = "nothing_to_override"
    status = 409
    sentence = _("No exception is needed: the place, or the person, is free. Please go on in the usual way.")


class ExceptionUnexplained(Refusal):
    code = "exception_unexplained"
    sentence = _("Please write why. An exception is marked, and its reason is told to both sides.")


class NotOfTheOffice(Refusal):
    code = "not_of_the_office"
    sentence = _("Only somebody of the office that books can accompany. Please choose one of the list.")


class NotIntroduced(Refusal):
    code = "not_introduced"
    sentence = _("The family has not agreed that you are told who comes, or takes it back. Ask the office that booked.")


class AgreementIncomplete(Refusal):
    code = "agreement_incomplete"
    sentence = _("Please write down who has agreed and whom the facility may call, or book without telling the name.")


class KeyUnknown(Refusal):
    code = "visit_key_unknown"
    status = 404
    sentence = _("This address belongs to no visit. Please hold the camera over the QR code on the slip once more.")


class KeysGuessed(Refusal):
    code = "visit_keys_guessed"
    status = 429
    sentence = _("Too many wrong addresses came from here. Please try again at %(time)s, or call the facility.")


class VisitOver(Refusal):
    code = "visit_over"
    status = 410
    sentence = _("There is nothing to change here any more: the visit is over or was cancelled, or it is too late.")


class NotOfferedHere(Refusal):
    code = "not_offered_here"
    sentence = _("This time is not one of the list. Please choose one of the times that are shown.")


class DayClosed(Refusal):
    code = "day_closed"
    sentence = _("The facility has closed that day. Open the day again first, or choose another one.")


class DayClosedAlready(Refusal):
    code = "day_closed_already"
    status = 409
    sentence = _("This day is closed already.")


class DayInThePast(Refusal):
    code = "day_in_the_past"
    sentence = _("This day has passed. Please choose today or a later day.")


class DayNotClosed(Refusal):
    code = "day_not_closed"
    status = 409
    sentence = _("This day is not closed. Please look at the list again.")


class SearchUnreadable(Refusal):
    code = "search_unreadable"
    status = 400
    sentence = _("What is asked for under “%(name)s” could not be read. The search was not made; please correct it.")

"""The ways this app says no."""

from django.utils.translation import gettext_lazy as _

from apps.kernel.refusals import Refusal


class NothingChosen(Refusal):
    code = "nothing_chosen"
    sentence = _("Please choose at least one message.")


class TooManyLines(Refusal):
    code = "too_many_lines"
    sentence = _("A record holds at most 100 messages. Please make two records of them.")


class ChangedMeanwhile(Refusal):
    code = "message_changed_meanwhile"
    sentence = _(
        "A message was edited or deleted after you chose it. Please look at it again before you issue the record."
    )


class NoClient(Refusal):
    code = "room_without_client"
    sentence = _("Support records are made in a client's room. This room is about nobody.")


class NobodyCame(Refusal):
    code = "nobody_came"
    sentence = _("Please say who attended the meeting: at least one person.")


class TooManyAttendees(Refusal):
    code = "too_many_attendees"
    sentence = _("A meeting's summary names at most 40 people. Please leave out those who were not concerned.")


class EndsBeforeItBegins(Refusal):
    code = "meeting_ends_before_it_begins"
    sentence = _("The meeting ends before it begins. Please look at the two times again.")


class BeingMade(Refusal):
    code = "disclosure_being_made"
    status = 409
    sentence = _("A package of this room is being made already. Please wait until it is there.")


class NotThere(Refusal):
    code = "disclosure_not_there"
    status = 410
    sentence = _("This package is not made yet, or its week has ended. Please ask for a new one if you need it.")


class OnAnotherForm(Refusal):
    code = "on_another_form"
    sentence = _("A new version stays on the form of its record. Please issue a new record for the other form.")

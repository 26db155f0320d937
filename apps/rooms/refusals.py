"""The ways this app says no."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.kernel.refusals import NotAllowed, Refusal


class NothingWritten(Refusal):
    code = "nothing_written"
    sentence = _("The message is empty. Please write something first.")


class TooLong(Refusal):
    code = "too_long"
    sentence = _("The message has more than %(limit)s characters. Please shorten it or send it in parts.")


class PlaceNotTold(Refusal):
    """Where somebody is whom others look for is told in no message (支援措置, protective measures of the resident registry)."""

    code = "place_not_told"
    sentence = _(
        "The places of this client are protected. Please take the position out of the text, and tell it by telephone."
    )


class KeyUsedElsewhere(Refusal):
    code = "key_used_elsewhere"
    sentence = _("This message was already sent in another room. Please reload the page and write it again.")


class AlreadyInRoom(Refusal):
    code = "already_in_room"
    sentence = _("This person is already in the room.")


class NotOnTheTeam(Refusal):
    code = "not_on_the_team"
    sentence = _("This person's organization has no seat on the client's care team. Give it a seat first.")


class TwoPeopleOnly(NotAllowed):
    code = "two_people_only"
    sentence = _("A talk of two stays between the two. To talk with more people, open a theme room.")


class NoReason(Refusal):
    code = "no_reason"
    sentence = _("Please say why. The reason is kept in the access log.")


class LastOwner(Refusal):
    code = "last_owner"
    sentence = _("A room needs an owner. Make somebody else an owner first.")


class RoleDoesNotFit(Refusal):
    code = "role_does_not_fit"
    sentence = _("There is no such role in this kind of room. Please choose another one.")


class GuestOwnsNothing(Refusal):
    code = "guest_owns_nothing"
    sentence = _("A guest cannot own a room. Please choose another role.")


class TitleMissing(Refusal):
    code = "title_missing"
    sentence = _("Please give the room a title.")


class NotOpenedHere(Refusal):
    code = "not_opened_here"
    sentence = _("Rooms of this kind are not opened here. Please choose another kind.")


class RoomFull(Refusal):
    code = "room_full"
    sentence = _("A room holds %(limit)s members, and this one is full. Nobody was admitted. Ask your administrator.")


class TooManyRooms(Refusal):
    code = "too_many_rooms"
    sentence = _(
        "%(name)s is in %(limit)s rooms, which is the most there may be. Nobody was admitted. Please leave a room or archive one first."
    )


class RoomArchived(Refusal):
    code = "room_archived"
    sentence = _("This room is archived: it can be read, and nothing is added to it. Reopen it to go on.")


class NotArchived(Refusal):
    code = "not_archived"
    sentence = _("This room is open already.")


class ReadersOnly(NotAllowed):
    code = "readers_only"
    sentence = _("You can read this room, but not write in it.")


class TooFast(Refusal):
    code = "too_fast"
    status = 429
    sentence = _("You have sent many messages in a short time. Please wait a moment and send it again.")


class AnsweredMissing(Refusal):
    code = "answered_missing"
    sentence = _("The message that you answer is not here any more. Please send yours without it.")


class AlreadyRemoved(Refusal):
    code = "already_removed"
    sentence = _("This message has been deleted already. Nothing was changed.")


class AlreadySent(Refusal):
    code = "already_sent"
    sentence = _("This message has been sent already.")


class TooLate(Refusal):
    code = "too_late"
    sentence = _("Please choose a time that is still to come, within a year.")


class Unreadable(Refusal):
    code = "unreadable"
    status = 400
    sentence = _("This could not be read, so nothing was sent. Please reload the page and send it again.")


class SignInAgain(Refusal):
    code = "sign_in_again"
    status = 401
    sentence = _("Please sign in again.")


class ConfirmedForGood(Refusal):
    code = "confirmed_for_good"
    sentence = _("You have confirmed this message, and that stays: its author relies on it.")


class AnotherClient(Refusal):
    """Asked of the author, who may be sure; carries whom the words seem to name."""

    code = "another_client"
    status = 409
    sentence = _("This text seems to name another client than this room's. Please read it again before you send it.")

    def __init__(self, doubt: Any, **about: Any) -> None:
        super().__init__(**about)
        self.doubt = doubt


class RemindedAlready(Refusal):
    code = "reminded_already"
    sentence = _("They were reminded less than four hours ago. Please give them some time.")


class NobodyMissing(Refusal):
    code = "nobody_missing"
    sentence = _("Everybody has confirmed. There is nobody to remind.")


class TakenAlready(Refusal):
    code = "taken_already"
    sentence = _("%(name)s has it already. If you can help, please talk to them.")


class NothingNeeded(Refusal):
    code = "nothing_needed"
    sentence = _("This message does not need anybody of your organization at present.")


class NotYours(Refusal):
    code = "not_yours"
    sentence = _("Nobody has it yet. Please take it first.")


class SameRoom(Refusal):
    code = "same_room"
    sentence = _("The message stands in this room already. Please choose another one.")


class AnotherClientsRoom(Refusal):
    code = "another_clients_room"
    sentence = _(
        "This room is about another client. A consent covers the client's own care team, so nothing was forwarded. Please choose another room."
    )


class LeavesProtected(Refusal):
    code = "leaves_protected"
    sentence = _("This client is protected. What is written here is not forwarded to any other room.")


class LeavesClient(Refusal):
    """Asked of whoever forwards it, who may be sure."""

    code = "leaves_client"
    status = 409
    sentence = _(
        "This leaves the client's room: what is said about the client's health would be read in a room about nobody. Please check it and say that it belongs there."
    )

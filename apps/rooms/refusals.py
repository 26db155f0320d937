"""The ways this app says no."""

from django.utils.translation import gettext_lazy as _

from apps.kernel.refusals import NotAllowed, Refusal


class NothingWritten(Refusal):
    code = "nothing_written"
    sentence = _("The message is empty. Please write something first.")


class TooLong(Refusal):
    code = "too_long"
    sentence = _("The message has more than %(limit)s characters. Please shorten it or send it in parts.")


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


class Unreadable(Refusal):
    code = "unreadable"
    status = 400
    sentence = _("This could not be read, so nothing was sent. Please reload the page and send it again.")


class SignInAgain(Refusal):
    code = "sign_in_again"
    status = 401
    sentence = _("Please sign in again.")

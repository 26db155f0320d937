"""Messages of many rooms in one list: what stands beside them, and the names under which their reader is told of them."""

from collections.abc import Callable, Iterable
from typing import Protocol

from django.db.models import prefetch_related_objects

from apps.clients.access import names_beside_each
from apps.environments.models import Member
from apps.environments.names import Names, names_shown_to
from apps.rooms.models import Message, TalkRoom
from apps.rooms.queries.messages import beside_messages, whole

# How many one list shows.
MOST = 200


class InRoom(Protocol):
    """A message, or whatever else stands in a room."""

    room: TalkRoom


def told_in_lists(member: Member, messages: Iterable[Message]) -> Callable[[InRoom], Names]:
    """Fetch what a list shows of each message, its room and its author; and say which names may be told beside which.

    Whatever the number of messages and rooms, it asks as many questions.
    """
    found = whole(messages)
    pairs = ("room__pair_first__organization", "room__pair_second__organization")
    prefetch_related_objects(found, *beside_messages(), "room__client", *pairs)
    return names_in_lists(member, found)


def names_in_lists(member: Member, listed: Iterable[InRoom]) -> Callable[[InRoom], Names]:
    """Which names may be told beside which of them: one question for all clients."""
    clients = {one.room.client_id for one in listed if one.room.client_id is not None}
    beside, usual = names_beside_each(member, clients), names_shown_to(member)
    # A room about nobody has nothing to withhold, and its own id stands for none.
    return lambda one: beside.get(one.room.client_id or one.room.pk, usual)

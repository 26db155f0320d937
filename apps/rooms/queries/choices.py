"""Among which rooms, clients and people a search is narrowed."""

from dataclasses import dataclass
from uuid import UUID

from apps.clients.models import Client
from apps.environments.access import members_visible_to
from apps.environments.models import Member
from apps.environments.names import Names, names_shown_to
from apps.rooms.access import people_met_by, rooms_readable_by
from apps.rooms.models import TalkRoom


@dataclass(frozen=True)
class Choices:
    """Keys with the words by which the reader knows them."""

    rooms: list[tuple[UUID, str]]
    clients: list[tuple[UUID, str]]
    people: list[tuple[UUID, str]]


def choices_of(member: Member) -> Choices:
    """The rooms this member reads, the clients they are about, and the people they have met there; three questions."""
    found = rooms_readable_by(member).select_related("client", "pair_first__organization", "pair_second__organization")
    rooms = list(found.order_by("client__kana", "title", "opened_at"))
    names = names_shown_to(member)
    clients: dict[UUID, Client] = {room.client.pk: room.client for room in rooms if room.client is not None}
    met = members_visible_to(member).filter(pk__in=people_met_by(member)).order_by("kana", "pk")
    return Choices(
        rooms=[(room.pk, called(room, member, names)) for room in rooms],
        clients=[(client.pk, client.name) for client in clients.values()],
        people=[(one.pk, str(names.of(one).known_as)) for one in met],
    )


def called(room: TalkRoom, reader: Member, names: Names) -> str:
    """What a room is called, as its reader knows it."""
    if room.pair_first is not None and room.pair_second is not None:
        return names.name(room.pair_second if reader.pk == room.pair_first_id else room.pair_first)
    about = room.client.name if room.client is not None else ""
    return " · ".join(part for part in (about, room.title) if part)

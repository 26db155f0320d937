"""The room list by organization: under whom a room stands, as far as its reader is told who is in it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.clients.access import names_beside_each
from apps.environments.models import Member
from apps.environments.names import names_shown_to
from apps.rooms.models import RoomMembership, TalkRoom

OTHERS = _("Other talk rooms")


@dataclass(frozen=True)
class Beside:
    """An organization and the rooms in which somebody of it is now; as a guest is told, and beside a protected client,
    it may be the kind of organization only."""

    name: str | Promise
    rooms: list[TalkRoom]


def by_organization(member: Member, rooms: Sequence[TalkRoom]) -> list[Beside]:
    """Every room under each organization of somebody else in it, by name and in the order of the list.

    Rooms in which the reader's own organization is alone stand under it, after the others; those of whose people nothing
    is told come last. A constant number of questions.
    """
    told = organizations_told(member, rooms)
    under: defaultdict[str, list[TalkRoom]] = defaultdict(list)
    own: list[TalkRoom] = []
    rest: list[TalkRoom] = []
    for room in rooms:
        names = told.get(room.pk, set())
        for name in names - {member.organization.name}:
            under[name].append(room)
        if names == {member.organization.name}:
            own.append(room)
        elif not names:
            rest.append(room)
    groups = [Beside(name, under[name]) for name in sorted(under)]
    groups += [Beside(member.organization.name, own)] if own else []
    return groups + ([Beside(OTHERS, rest)] if rest else [])


def organizations_told(member: Member, rooms: Sequence[TalkRoom]) -> dict[UUID, set[str]]:
    """Room → the organizations of its people, as this reader is told of them."""
    pairs = list(RoomMembership.objects.open().filter(room__in=rooms).values_list("room_id", "member_id"))
    people = Member.objects.select_related("organization").in_bulk({person for _, person in pairs})
    of = {room.pk: room.client_id for room in rooms if room.client_id is not None}
    usual, fewer = names_shown_to(member), names_beside_each(member, of.values())
    told: defaultdict[UUID, set[str]] = defaultdict(set)
    for room_id, person in pairs:
        names = fewer.get(of[room_id], usual) if room_id in of else usual
        if organization := str(names.of(people[person]).organization):
            told[room_id].add(organization)
    return told

"""Open a room of each kind."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from apps.audit import actions as audit
from apps.clients.access import check_can_change_team
from apps.clients.models import Client
from apps.environments.models import Member
from apps.kernel.my_number import check_no_individual_number
from apps.rooms.access import check_can_open_rooms, people_chosen
from apps.rooms.actions.memberships import join, locked, tell_admitted
from apps.rooms.models import Classification, RoomKind, RoomMembership, RoomRole, TalkRoom
from apps.rooms.refusals import NotOpenedHere, TitleMissing


@transaction.atomic
def open_client_room(*, client: Client, title: str, purpose: str = "", by: Member) -> TalkRoom:
    """Open a talk room about a client; whoever opens it is its first member. What is said there is a support record."""
    check_can_change_team(by, client)
    check_no_individual_number(title, purpose)

    room = opened(
        by,
        kind=RoomKind.CLIENT,
        client=client,
        title=title,
        purpose=purpose,
        classification=Classification.SUPPORT_RECORD,
    )
    join(room=room, member=by, history_from=None, reason="", by=by)
    return room


@transaction.atomic
def open_room(
    *,
    kind: str,
    title: str,
    purpose: str,
    classification: str,
    members: Iterable[Member],
    by: Member,
    tells: bool = True,
) -> TalkRoom:
    """Open a theme room, in which everybody writes, or announcements, in which those who come in read.

    Whoever opens it owns it. Nobody is brought in whom the opener may not choose. With `tells` false those who are brought in
    get no notice of it: whoever opens the room tells them something that leads there.
    """
    check_can_open_rooms(by)
    if kind not in {RoomKind.GROUP, RoomKind.ANNOUNCEMENT}:
        raise NotOpenedHere
    if not title.strip():
        raise TitleMissing
    check_no_individual_number(title, purpose)
    people = people_chosen(by, (one.pk for one in members))

    room = opened(by, kind=kind, title=title.strip(), purpose=purpose.strip(), classification=classification)
    for member in sorted([by, *people], key=lambda member: member.pk):
        role = RoomRole.OWNER if member == by else ""
        join(room=room, member=member, role=role, history_from=None, reason="", by=by)
    if tells:
        tell_admitted(room, people, by)
    return room


@transaction.atomic
def open_pair(*, other: Member, by: Member) -> TalkRoom:
    """The talk of two people: the one they have, or a new one. Who had left it is in it again.

    A guest begins one only with somebody with whom they share a room now.
    """
    [other] = people_chosen(by, [other.pk])

    room = locked(pair_of(by, other))
    for member in sorted((by, other), key=lambda member: member.pk):
        if not RoomMembership.objects.open().filter(room=room, member=member).exists():
            join(room=room, member=member, history_from=None, reason="", by=by)
    return room


def pair_of(one: Member, other: Member) -> TalkRoom:
    first, second = sorted((one, other), key=lambda member: member.pk)
    found = TalkRoom.objects.filter(pair_first=first, pair_second=second).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return opened(
                one,
                kind=RoomKind.PAIR,
                pair_first=first,
                pair_second=second,
                classification=Classification.OFFICE_MATTER,
            )
    except IntegrityError:
        # The unique constraint: the other one has begun it in this very moment.
        return TalkRoom.objects.get(pair_first=first, pair_second=second)


def opened(by: Member, **about: object) -> TalkRoom:
    room: TalkRoom = TalkRoom.objects.create(environment_id=by.environment_id, opened_by=by, **about)
    audit.record(verb="rooms.opened_room", subject=room, client=room.client, by=by, detail={"kind": room.kind})
    return room

"""What a meeting's draft begins with: when it was, and who is likely to have been there."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Max
from django.utils import timezone

from apps.clients.access import names_beside
from apps.clients.models import Client, Seat, TeamMember
from apps.environments.models import Member, OrganizationKind
from apps.environments.names import Names
from apps.records.models import Attendee, Meeting, Presence
from apps.rooms.models import Message, TalkRoom
from apps.rooms.queries import people_of

Row = dict[str, Any]


def people_proposed(member: Member, room: TalkRoom) -> list[Row]:
    """The people of the room as this member knows them, without the family; then whoever of the care team is not in it.

    Each with body and trade (所属（職種）), and the name where the reader may know it."""
    names, inside = names_beside(member, room.client), list(people_of(room))
    known = [one for one in inside if not is_family(one) and names.of(one).id is not None]
    here = [proposed(post_of(one, names), one.name) for one in known]
    return here + (seats_proposed(room.client, names, inside) if room.client else [])


def proposed(post: str, name: str = "") -> Row:
    return {"post": post, "name": name, "presence": Presence.PRESENT}


def is_family(person: Member) -> bool:
    return bool(person.organization.kind == OrganizationKind.FAMILY)


def post_of(person: Member, names: Names) -> str:
    """As the sheet asks: 所属（職種）."""
    return f"{names.of(person).organization}（{person.get_profession_display()}）"


def seats_proposed(client: Client, names: Names, inside: Iterable[Member]) -> list[Row]:
    """A row for each body of the team that nobody of is in the room, such as an office that is reached by fax only."""
    seats = Seat.objects.open().filter(client=client).select_related("organization").order_by("organization__name")
    away = seats.exclude(organization__in={one.organization_id for one in inside})
    away = away.exclude(organization__kind=OrganizationKind.FAMILY)
    named = TeamMember.objects.lasting().filter(seat__in=away).select_related("member__organization").order_by("pk")
    people: dict[Any, Member] = {one.seat_id: one.member for one in named if names.include(one.member_id)}
    told = [one for one in away if names.bodies is None or one.organization_id in names.bodies]
    return [
        proposed(post_of(people[one.pk], names), people[one.pk].name)
        if one.pk in people
        else proposed(one.organization.name)
        for one in told
    ]


def head_proposed(member: Member, room: TalkRoom, messages: list[Message]) -> Row:
    """The day of the newest message that was chosen, how many meetings there have been before, and the family."""
    assert room.client is not None
    said = timezone.localtime(messages[-1].posted_at)
    held = Meeting.objects.filter(record__client=room.client).aggregate(most=Max("occasion"))["most"]
    names = names_beside(member, room.client)
    family = [one.name for one in people_of(room) if is_family(one) and names.include(one.pk)]
    return {"planner": member.name, "held_on": said.date(), "occasion": (held or 0) + 1, "family": "、".join(family)}


def head_again(meeting: Meeting, planner: str) -> Row:
    """The head of the version before, for the next one."""
    begins, ends = timezone.localtime(meeting.begins_at), timezone.localtime(meeting.ends_at)
    words = ("venue", "occasion", "client_attended", "family", "note", "topics", "conclusion", "remaining")
    kept = {word: getattr(meeting, word) for word in words}
    return {"planner": planner, "held_on": begins.date(), "begins": begins.time(), "ends": ends.time(), **kept}


def people_again(attendees: Iterable[Attendee]) -> list[Row]:
    return [
        {"post": one.post, "name": one.name, "presence": Presence.PRESENT if one.is_present else Presence.ABSENT}
        for one in attendees
    ]

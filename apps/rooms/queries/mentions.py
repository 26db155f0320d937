"""Whom one can call in a room, whom a text calls, and whom messages have called."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.clients.access import names_beside
from apps.clients.models import TeamMember, TeamRole
from apps.environments.models import Member
from apps.rooms.models import Mention, Mentioned, MentionKind, Message, RoomKind, RoomMembership, RoomRole, TalkRoom
from apps.rooms.queries.memberships import people_of
from apps.rooms.queries.numbers import by_numbers

# An address of mail has a letter before its @.
AT = re.compile(r"(?<![A-Za-z0-9０-９Ａ-Ｚａ-ｚ._%+-])[@＠]")
# After a name: what is no further part of it. 森 is not called by 森林, and is by 森様.
NAME_ENDS = r"(?=様|殿|先生|氏|君|[^一-鿿々A-Za-z]|$)"


@dataclass(frozen=True)
class Callee:
    """Somebody who can be called in a room: by which words, and which people of the room that means."""

    kind: MentionKind
    label: str | Promise
    people: frozenset[UUID]
    note: str = ""
    kana: str = ""
    member: UUID | None = None
    organization: UUID | None = None
    role: str = ""

    @property
    def words(self) -> Iterator[str]:
        """What may stand after the @: what it is called in any of the languages; of a person also the family name."""
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                yield str(self.label)
        if self.kind == MentionKind.PERSON and " " in str(self.label):
            yield str(self.label).split(" ")[0]

    @property
    def key(self) -> tuple[object, ...]:
        return (self.kind, self.member, self.organization, self.role)


def may_call(body: str) -> bool:
    """Whether it is worth asking whom a text calls."""
    return "@" in body or "＠" in body


def callable_in(author: Member, room: TalkRoom) -> list[Callee]:
    """Everybody, the people, the organizations and the roles of a client's team, as far as somebody of them is in the room.

    Only by names that everybody in the room may know: where those are withheld (a protected client's room) nobody but
    everyone is called, and in announcements nobody by name who only reads them.
    """
    people = [one for one in people_of(room) if one.pk != author.pk]
    everyone = Callee(MentionKind.EVERYONE, _("everyone"), frozenset(one.pk for one in people))
    if not people:
        return []
    if room.client is not None and room.client.is_protected:
        return [everyone]
    named = known_to_everybody(author, room, people)
    return [everyone, *persons(named), *organizations(named, people), *roles(room, people)]


def known_to_everybody(author: Member, room: TalkRoom, people: list[Member]) -> list[Member]:
    names = names_beside(author, room.client)
    named = [one for one in people if names.include(one.pk)]
    if room.kind != RoomKind.ANNOUNCEMENT:
        return named
    readers = RoomMembership.objects.open().filter(room=room, role=RoomRole.READER).values_list("member", flat=True)
    only_reading = set(readers)
    return [one for one in named if one.pk not in only_reading]


def persons(people: list[Member]) -> Iterator[Callee]:
    """By name; two of one name with their organization, and not at all where that tells them not apart either."""
    called: defaultdict[str, list[Member]] = defaultdict(list)
    for one in people:
        called[one.name].append(one)
    for one in people:
        body = one.organization
        alike = called[one.name]
        label = one.name if len(alike) == 1 else f"{one.name}（{body.name}）"
        if sum(other.organization_id == one.organization_id for other in alike) == 1:
            yield Callee(MentionKind.PERSON, label, frozenset([one.pk]), body.name, one.kana, member=one.pk)


def organizations(named: list[Member], people: list[Member]) -> Iterator[Callee]:
    """Each of which somebody may be named; whoever of it is in the room is meant."""
    inside: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for one in people:
        inside[one.organization_id].add(one.pk)
    for body in {one.organization_id: one.organization for one in named}.values():
        there = frozenset(inside[body.pk])
        yield Callee(MentionKind.ORGANIZATION, body.name, there, kana=body.kana, organization=body.pk)


def roles(room: TalkRoom, people: list[Member]) -> Iterator[Callee]:
    """As what people of the room support the client now."""
    if room.client is None:
        return
    present = {one.pk for one in people}
    holders: defaultdict[str, set[UUID]] = defaultdict(set)
    times = TeamMember.objects.open().filter(seat__client=room.client, member__in=present)
    for role, member_id in times.values_list("role", "member_id"):
        holders[role].add(member_id)
    for role in TeamRole:
        if role in holders and role != TeamRole.OTHER:
            yield Callee(MentionKind.ROLE, role.label, frozenset(holders[role]), role=role.value)


@dataclass(frozen=True)
class Call:
    """Somebody called in a text: by which words, and where they begin."""

    begins: int
    words: str
    whom: Callee


def calls_in(body: str, there: Iterable[Callee]) -> list[Call]:
    """The longest words after each @ that mean one of them and no other; all else is plain text."""
    meant: defaultdict[str, dict[tuple[object, ...], Callee]] = defaultdict(dict)
    for one in there:
        for words in one.words:
            meant[words][one.key] = one
    known = {words: next(iter(found.values())) for words, found in meant.items() if len(found) == 1}
    patterns = [(pattern_of(words, known[words].kind), known[words]) for words in sorted(known, key=len, reverse=True)]
    calls: list[Call] = []
    for at in AT.finditer(body):
        for pattern, whom in patterns:
            found = pattern.match(body, at.end())
            if found is not None and found.end() - at.start() <= Mention.LONGEST:
                calls.append(Call(at.start(), body[at.start() : found.end()], whom))
                break
    return calls


def pattern_of(words: str, kind: MentionKind) -> re.Pattern[str]:
    """A space within a name is written or not."""
    letters = r"[ \u3000]?".join(re.escape(part) for part in words.split())
    return re.compile(letters + (NAME_ENDS if kind == MentionKind.PERSON else ""), re.IGNORECASE)


def fetch_mentions(messages: Sequence[Message]) -> None:
    """Put beside messages whom they call (`called`) and the people whom that means (`mentioned`): two questions for all
    of them, and none where no message has an @."""
    calling = {one.pk: one for one in messages if may_call(one.body) and not one.is_removed}
    called: defaultdict[int, list[Mention]] = defaultdict(list)
    people: defaultdict[tuple[UUID, int], set[UUID]] = defaultdict(set)
    if calling:
        for mention in Mention.objects.filter(message__in=list(calling)):
            called[mention.message_id].append(mention)
    if called:
        found = [calling[pk] for pk in called]
        rows = Mentioned.objects.filter(by_numbers((one.room_id, one.number) for one in found))
        for room_id, number, member_id in rows.values_list("room_id", "number", "member_id"):
            people[room_id, number].add(member_id)
    for one in messages:
        one.called = called.get(one.pk, [])  # type: ignore[attr-defined]
        one.mentioned = frozenset(people.get((one.room_id, one.number), ()))  # type: ignore[attr-defined]


def calls_of(message: Message) -> list[Mention]:
    """As a page of messages has fetched them, or fetched now."""
    if not hasattr(message, "called"):
        fetch_mentions([message])
    found: list[Mention] = message.called  # type: ignore[attr-defined]
    return found


def mentioned_by(message: Message) -> frozenset[UUID]:
    """Whom a message calls, each of them."""
    if not hasattr(message, "mentioned"):
        fetch_mentions([message])
    found: frozenset[UUID] = message.mentioned  # type: ignore[attr-defined]
    return found

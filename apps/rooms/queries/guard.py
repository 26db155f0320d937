"""The guard against the wrong room: whom a message names who has nothing to do with the room it is about to go to."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from apps.clients.access import names_beside, people_who_can_see
from apps.clients.models import Client, FamilyContact
from apps.clients.queries.naming import Called, How, Named, clients_named
from apps.environments.models import Member
from apps.environments.names import Names, PersonShown
from apps.rooms.models import TalkRoom
from apps.rooms.queries.memberships import people_of


@dataclass(frozen=True)
class Doubt:
    """Clients who are named and do not belong in this room, and the people from outside who would read it."""

    named: list[Named]
    outsiders: list[PersonShown]

    @property
    def kinds(self) -> list[str]:
        """For the ledger: by what they were named, and never who."""
        return sorted({one.how.value for one in self.named})


def doubt_about(member: Member, room: TalkRoom, text: str, *, file_names: Iterable[str] = ()) -> Doubt | None:
    """What speaks against sending this text and these files to the room; None where nothing does.

    In a client's room that is any other client whom the author may see; elsewhere a client whom somebody in the room may
    not see. A surname that is also one of a person present, of a colleague, or of the client's own family, is taken for
    theirs where one would so call them.
    """
    named = [one for one in clients_named(member, text, file_names=file_names) if one.client.pk != room.client_id]
    if not named:
        return None
    present = list(people_of(room))
    known = Known(member, room, present)
    named = surest_of_each(one for one in named if not known.may_be_meant(one))
    if room.client_id is None:
        named = [one for one in named if is_hidden_from_somebody(one.client, present)]
    return Doubt(named, outsiders_among(present, names_beside(member, room.client))) if named else None


def surest_of_each(named: Iterable[Named]) -> list[Named]:
    """Of every client the first, which is the surest."""
    found: dict[UUID, Named] = {}
    for one in named:
        found.setdefault(one.client.pk, one)
    return list(found.values())


def outsiders_among(people: list[Member], names: Names) -> list[PersonShown]:
    """One of each organization from outside, as the author may be shown them."""
    outside = {one.organization_id: one for one in people if one.is_guest or one.organization.is_outside}
    return [names.of(one) for one in outside.values()]


def is_hidden_from_somebody(client: Client, present: list[Member]) -> bool:
    seeing = set(people_who_can_see(client).values_list("pk", flat=True))
    return any(person.pk not in seeing for person in present)


class Known:
    """The people of whom one speaks in this room anyway."""

    def __init__(self, member: Member, room: TalkRoom, present: list[Member]) -> None:
        colleagues = Member.objects.current().filter(organization=member.organization_id)
        others = [one for one in present if one.organization_id != member.organization_id]
        self.colleagues = [Called(one.name, one.kana) for one in colleagues]
        self.others = [Called(one.name, one.kana) for one in others]
        self.family, self.client = [], Called("")
        if room.client is not None:
            contacts = FamilyContact.objects.standing().filter(client=room.client)
            self.family = [Called(name) for name in contacts.values_list("name", flat=True)]
            self.client = Called(room.client.name, room.client.kana)

    def may_be_meant(self, named: Named) -> bool:
        """Whether the words may as well mean one of them."""
        other = Called(named.client.name, named.client.kana)
        people = [*self.colleagues, *self.others, *self.family]
        match named.how:
            case How.NUMBER:
                return False
            case How.FULL_NAME:
                return any((one.family, one.given) == (other.family, other.given) for one in people)
            case How.FAMILY_NAME:
                return any(is_same_family(one, other) for one in self.called_so(named))
            case How.GIVEN_NAME:
                return is_same(self.client.given, other.given, self.client.given_kana, other.given_kana)
            case How.INITIALS:
                return any(one.initials & other.initials for one in [*people, self.client])

    def called_so(self, named: Named) -> list[Called]:
        """Nobody calls a colleague 「様」; people of other offices are called so where they are written to."""
        of_client = [*self.family, self.client]
        if named.address in {"", "さん", "サン", "くん", "君", "クン"}:
            return [*of_client, *self.colleagues, *self.others]
        return [*of_client, *self.others] if named.greets else of_client


def is_same_family(one: Called, other: Called) -> bool:
    return is_same(one.family, other.family, one.family_kana, other.family_kana)


def is_same(name: str, other: str, kana: str, other_kana: str) -> bool:
    return name == other or (kana != "" and kana == other_kana)

"""What is said when a message is forwarded, and who would read it who does not read it where it stands."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from apps.clients.access import names_beside, people_in_the_ordinary_way
from apps.environments.models import Member
from apps.environments.names import PersonShown, names_shown_to
from apps.kernel.templatetags.house import moment
from apps.rooms.access import rooms_to_forward_to
from apps.rooms.models import Message, TalkRoom
from apps.rooms.queries.memberships import people_of
from apps.rooms.queries.rooms import Show, rooms_found


@dataclass(frozen=True)
class NewReader:
    """Somebody who would come to read it; and whether the client of whom it speaks is none of theirs."""

    shown: PersonShown
    is_guest: bool
    is_stranger: bool


@dataclass
class NewBody:
    """Of one organization, as the reader may be told of it: who is named, and how many are not."""

    name: str
    people: list[NewReader] = field(default_factory=list)
    unnamed: int = 0


def rooms_for_forwarding(member: Member, message: Message, typed: str = "") -> list[TalkRoom]:
    """As the room list finds and orders them."""
    return rooms_to_forward_to(member, message, rooms_found(member, Show.OPEN, typed))


def new_readers(reader: Member, message: Message, room: TalkRoom) -> list[NewBody]:
    """Who is in the room and not in the message's own, by organization."""
    names = names_beside(reader, room.client)
    known = set(people_of(message.room).values_list("pk", flat=True))
    client = message.room.client
    seeing = None if client is None else set(people_in_the_ordinary_way(client).values_list("pk", flat=True))
    bodies: defaultdict[str, NewBody] = defaultdict(lambda: NewBody(""))
    for person in people_of(room):
        if person.pk in known:
            continue
        shown = names.of(person)
        body = bodies[str(shown.organization)]
        body.name = str(shown.organization)
        if names.include(person.pk):
            body.people.append(NewReader(shown, person.is_guest, seeing is not None and person.pk not in seeing))
        else:
            body.unnamed += 1
    # Those of whom not even the kind of the organization is told come last.
    return sorted(bodies.values(), key=lambda body: not body.name)


def forwarded_text(reader: Member, message: Message, room: TalkRoom, remark: str = "") -> str:
    """The message under a line that says when it was written, and by whom where everybody there may know it; never where.
    What the reader says to it themselves stands above."""
    said = {"at": moment(message.posted_at)}
    if may_be_named(reader, message, room):
        said |= {"name": message.author.name, "organization": message.author.organization.name}
        line = _("Forwarded: written on %(at)s by %(name)s (%(organization)s)") % said
    else:
        line = _("Forwarded: written on %(at)s") % said
    return "\n\n".join(filter(None, (remark.strip(), line, message.body)))


def may_be_named(reader: Member, message: Message, room: TalkRoom) -> bool:
    """Only somebody who works here, whom the reader and every guest there know; nobody beside a protected client, where
    the office tells a place."""
    author = message.author
    if author.is_guest or author.organization.is_outside or (room.client is not None and room.client.is_protected):
        return False
    guests = [one for one in people_of(room) if one.is_guest]
    return all(names_shown_to(one).include(author.pk) for one in [reader, *guests])

"""What one has written and nobody has yet."""

from collections.abc import Iterable
from uuid import UUID

from apps.environments.models import Member
from apps.files.access import files_to_send
from apps.files.models import StoredFile
from apps.kernel.numbers import whole_number
from apps.rooms.access import messages_readable_by, rooms_readable_by, waiting_of
from apps.rooms.models import Message, TalkRoom, WaitingMessage, WritingHabits
from apps.rooms.queries.quotes import fetch_answered


def waiting_in(member: Member, room: TalkRoom) -> list[WaitingMessage]:
    found = list(waiting_of(member).filter(room=room))
    fetch_answered(found)
    fetch_files(member, found)
    return found


def fetch_files(member: Member, waiting: list[WaitingMessage]) -> None:
    """What goes with each of them (`files`): asks nothing where nothing does."""
    ids = [one for message in waiting for one in message.attached]
    found = {one.pk: one for one in files_that_wait(member, ids)}
    for message in waiting:
        message.files = [found[one] for one in message.attached if one in found]  # type: ignore[attr-defined]


def files_that_wait(member: Member, ids: Iterable[object]) -> list[StoredFile]:
    """The member's own files among these that are attached to nothing yet, in this order."""
    wanted = [key for key in map(str, ids) if is_uuid(key)]
    if not wanted:
        return []
    found = {str(one.pk): one for one in files_to_send(member).filter(pk__in=wanted)}
    return [found[key] for key in wanted if key in found]


def is_uuid(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def answering(member: Member, room: TalkRoom, number: object) -> Message | None:
    """The message that this person is about to answer, as far as they may read it."""
    wanted = whole_number(str(number or ""))
    if wanted is None:
        return None
    found = (
        messages_readable_by(member, room).select_related("author__organization").prefetch_related("attachments__file")
    )
    answered: Message | None = found.filter(number=wanted, removed_at=None).first()
    return answered


def waiting_everywhere(member: Member) -> list[WaitingMessage]:
    """Whatever waits, in the order in which it is due. A room that has closed to its author has no title here (`is_open`)."""
    found = list(waiting_of(member))
    fetch_files(member, found)
    readable = set(rooms_readable_by(member).filter(pk__in=[one.room_id for one in found]).values_list("pk", flat=True))
    for one in found:
        one.is_open = one.room_id in readable  # type: ignore[attr-defined]
    return found


def habits_of(member: Member) -> WritingHabits:
    """What this person has chosen, or the usual way."""
    return WritingHabits.objects.filter(member=member).first() or WritingHabits(member=member)

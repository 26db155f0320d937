"""Say how long deleted and earlier texts are kept, and let go what has been kept long enough."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from apps.audit import actions as audit
from apps.environments.access import check_can_administer
from apps.environments.models import Member
from apps.files import actions as files
from apps.rooms.models import Attachment, RetentionPolicy

# So many texts in one transaction.
AT_ONCE = 500
# What somebody has begun and nobody was ever sent: drafts, and messages that were refused when they were due.
ENDED = (
    "written_at < now() - interval '1 year' AND NOT rooms_is_held(room_id)"
    " AND rooms_kept_through(room_id, written_at) < (now() AT TIME ZONE 'Asia/Tokyo')::date"
)
LEFT_BEHIND = (
    f"DELETE FROM rooms_draft WHERE {ENDED}",
    f"DELETE FROM rooms_waitingmessage WHERE refused <> '' AND {ENDED}",
)


@transaction.atomic
def set_retention(*, support_years: int, office_years: int, reason: str, by: Member) -> RetentionPolicy:
    """From now on so many years count, for what was deleted before, too; what has been let go does not come back."""
    check_can_administer(by)

    years = {"support_years": support_years, "office_years": office_years}
    policy = RetentionPolicy.objects.create(environment_id=by.environment_id, reason=reason, set_by=by, **years)
    audit.record(verb="rooms.retention_set", subject=policy, by=by, detail=years)
    return policy


@dataclass(frozen=True)
class LetGo:
    """How much was let go."""

    texts: int = 0
    files: int = 0
    unsent: int = 0

    def __add__(self, other: "LetGo") -> "LetGo":
        return LetGo(self.texts + other.texts, self.files + other.files, self.unsent + other.unsent)


def purge_ended(at_once: int = AT_ONCE) -> LetGo:
    """In the open environment, let go what was deleted or replaced in talk rooms and has been kept for its time: texts of
    removed messages and earlier texts of edited ones, the files of removed messages, drafts and refused messages that lay as
    long. The database decides which; nothing of a room in which an inspection is open. A second time there is nothing.

    One transaction for each batch, with an entry that counts. Tombstones, their numbers and the ledger stay.
    """
    total, after = purge_unsent(), 0
    while (step := purge_next(after, at_once)) is not None:
        after, let_go = step
        total += let_go
    return total


@transaction.atomic
def purge_next(after: int, at_once: int) -> tuple[int, LetGo] | None:
    """One batch: how far it came, and what it let go; nothing where no text was left to look at."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT came_to, texts, files FROM rooms_purge_ended(%s, %s)", [after, at_once])
        found = cursor.fetchone()
    if found is None:
        return None
    came_to, texts, left = found
    let_go = LetGo(texts=texts, files=forget(left))
    record(let_go)
    return came_to, let_go


def forget(ids: list[UUID]) -> int:
    """Throw away files that have left their last message."""
    still = set(Attachment.objects.filter(file__in=ids).values_list("file", flat=True))
    return files.forget_files(ids=[one for one in ids if one not in still])


@transaction.atomic
def purge_unsent() -> LetGo:
    with connection.cursor() as cursor:
        unsent = 0
        for statement in LEFT_BEHIND:
            cursor.execute(statement)
            unsent += cursor.rowcount
    let_go = LetGo(unsent=unsent)
    record(let_go)
    return let_go


def record(let_go: LetGo) -> None:
    """An entry that counts, and names nobody."""
    if let_go != LetGo():
        audit.record(verb="rooms.retention_ended", by=None, detail=vars(let_go))

"""Who may: an environment's auditors read its ledger, and nobody else; not its admin, not the operator."""

from uuid import UUID

from django.db.models import QuerySet

from apps.audit.models import Entry
from apps.clients.access import can_inspect, check_can_inspect
from apps.environments.models import Member
from apps.kernel.refusals import NotHere
from apps.oversight.models import Export, SavedQuestion, Unusual


def can_read_ledger(member: Member) -> bool:
    return can_inspect(member)


def check_can_read_ledger(member: Member) -> None:
    check_can_inspect(member)


def entries_visible_to(member: Member) -> QuerySet[Entry]:
    """Ids, verbs and counts: an entry never holds what was written or what a client is called."""
    return Entry.objects.all() if can_read_ledger(member) else Entry.objects.none()


def questions_of(member: Member) -> QuerySet[SavedQuestion]:
    """The questions that this auditor keeps: nobody else's."""
    own = SavedQuestion.objects.filter(member=member)
    return own if can_read_ledger(member) else own.none()


def question_for(member: Member, question_id: UUID) -> SavedQuestion:
    found: SavedQuestion | None = questions_of(member).filter(pk=question_id).first()
    if found is None:
        raise NotHere(subject=question_id)
    return found


def unusual_for(member: Member, unusual_id: UUID) -> Unusual:
    """The only way to something unusual: auditors find it, nobody else."""
    about = Unusual.objects.select_related("member__organization", "review__reviewed_by")
    found: Unusual | None = about.filter(pk=unusual_id).first() if can_read_ledger(member) else None
    if found is None:
        raise NotHere(subject=unusual_id)
    return found


def exports_visible_to(member: Member) -> QuerySet[Export]:
    """What this environment's auditors have taken out: each of them sees what the others took."""
    found: QuerySet[Export] = Export.objects.select_related("asked_by__organization")
    return found if can_read_ledger(member) else found.none()


def export_for(member: Member, export_id: UUID) -> Export:
    """The only way to an export by id: auditors find it, nobody else."""
    found: Export | None = exports_visible_to(member).filter(pk=export_id).first()
    if found is None:
        raise NotHere(subject=export_id)
    return found

"""Who may: an environment's auditors read its ledger, and nobody else; not its admin, not the operator."""

from django.db.models import QuerySet

from apps.audit.models import Entry
from apps.clients.access import can_inspect, check_can_inspect
from apps.environments.models import Member


def can_read_ledger(member: Member) -> bool:
    return can_inspect(member)


def check_can_read_ledger(member: Member) -> None:
    check_can_inspect(member)


def entries_visible_to(member: Member) -> QuerySet[Entry]:
    """Ids, verbs and counts: an entry never holds what was written or what a client is called."""
    return Entry.objects.all() if can_read_ledger(member) else Entry.objects.none()

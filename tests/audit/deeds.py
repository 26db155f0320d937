"""Entries to be sealed."""

from apps.audit import actions as audit
from apps.audit.models import Leaf
from apps.audit.seals import seal_all, sign_head
from apps.environments.models import Member
from tests.cast import Cast


def done(cast: Cast, many: int) -> None:
    """So many deeds of sato's, one after another."""
    audit.record_each(verb="tests.done", by=cast.sato, clients=[cast.hana] * many)


def numbers() -> list[int]:
    """The numbers that were given in the open environment, as they follow one another."""
    return list(Leaf.objects.order_by("number").values_list("number", flat=True))


def make_sealed_ledger(*, by: Member) -> None:
    """Enough entries for a tile, sealed and signed, in the environment that is open."""
    audit.record_each(verb="tests.done", by=by, clients=[by] * 256)
    seal_all()
    sign_head()

"""How far the ledger is sealed."""

from dataclasses import dataclass
from datetime import datetime

from apps.audit.canonical import fingerprint
from apps.audit.merkle import HashesAreMissing
from apps.audit.models import SigningKey, TreeHead
from apps.audit.tree import head_here, size_here, tree_here, waiting_since


@dataclass(frozen=True)
class Proof:
    """How far the ledger is sealed, since when something waits, and whether what is stored is what was signed."""

    sealed: int
    head: TreeHead | None
    waits_since: datetime | None
    fingerprint: str
    is_as_signed: bool


def proof_of_ledger() -> Proof:
    head = head_here()
    key = SigningKey.objects.filter(number=1).first()
    return Proof(
        sealed=size_here(),
        head=head,
        waits_since=waiting_since(),
        fingerprint=fingerprint(bytes(key.public)) if key is not None else "",
        is_as_signed=head is None or fits(head),
    )


def fits(head: TreeHead) -> bool:
    try:
        return tree_here().root(head.size) == bytes(head.root)
    except HashesAreMissing:
        return False

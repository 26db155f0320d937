"""The verbs of an auditor: take the ledger out."""

from contextlib import suppress

from cryptography.fernet import InvalidToken
from django.db import transaction

from apps.audit import actions as audit
from apps.audit.merkle import HashesAreMissing
from apps.audit.seals import TreeDiffers, seal_all, sign_head
from apps.audit.tree import size_here
from apps.environments.models import Member
from apps.oversight.access import check_can_read_ledger


@transaction.atomic
def export_ledger(*, by: Member) -> int:
    """Write down that the ledger is taken out, seal what waits, sign it; answers how many entries that are.

    A ledger that somebody has changed is taken out all the same, without a new signature: it is what an auditor needs then.
    """
    check_can_read_ledger(by)

    audit.record(verb="oversight.exported", by=by, purpose="audit", detail={"sealed": size_here()})
    seal_all()
    # Where it cannot be signed the page tells of it, and so does the program that checks the export.
    with suppress(TreeDiffers, HashesAreMissing, InvalidToken):
        sign_head()
    return size_here()

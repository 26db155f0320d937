"""Open a client's record to an auditor, with the basis in law."""

from django.db import transaction
from django.utils import timezone

from apps.audit import actions as audit
from apps.clients.access import check_can_inspect
from apps.clients.models import INSPECTION_LASTS, Client, Inspection
from apps.environments.models import Member


@transaction.atomic
def open_inspection(*, client: Client, basis: str, reference: str, by: Member) -> Inspection:
    """For two hours, and for what stands around the record: never messages that stand, never the content of papers. What was
    deleted in the client's talk rooms is read one by one, each an entry of its own (`rooms/access/removed.py`)."""
    check_can_inspect(by)

    now = timezone.now()
    inspection = Inspection.objects.create(
        environment_id=client.environment_id,
        client=client,
        member=by,
        basis=basis,
        reference=reference,
        opened_at=now,
        closes_at=now + INSPECTION_LASTS,
    )
    audit.record(
        verb="clients.inspection_opened",
        subject=inspection,
        client=client,
        by=by,
        purpose=inspection.purpose,
        detail={"basis": basis},
    )
    return inspection

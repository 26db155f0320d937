"""Open what was deleted in a room about nobody to an auditor, with the basis in law."""

from django.db import transaction
from django.utils import timezone

from apps.audit import actions as audit
from apps.clients.access import check_can_inspect
from apps.clients.models import INSPECTION_LASTS
from apps.environments.models import Member
from apps.kernel.refusals import NotHere
from apps.rooms.models import RoomInspection, TalkRoom


@transaction.atomic
def open_room_inspection(*, room: TalkRoom, basis: str, reference: str, by: Member) -> RoomInspection:
    """For two hours, to this auditor alone, and for what was deleted: never for messages that stand. A room about a client
    is opened with the client's record and not here."""
    check_can_inspect(by)
    if room.client_id is not None:
        raise NotHere(subject=room, client_id=room.client_id)

    now = timezone.now()
    about = {"environment_id": room.environment_id, "room": room, "member": by}
    inspection: RoomInspection = RoomInspection.objects.create(
        basis=basis, reference=reference, opened_at=now, closes_at=now + INSPECTION_LASTS, **about
    )
    audit.record(
        verb="rooms.inspection_opened",
        subject=inspection,
        by=by,
        purpose=inspection.purpose,
        detail={"basis": basis, "room": str(room.pk)},
    )
    return inspection

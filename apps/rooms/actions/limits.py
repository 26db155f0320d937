"""Say how much there may be in an environment's rooms."""

from django.db import transaction
from django.utils import timezone

from apps.audit import actions as audit
from apps.environments.access import check_can_administer
from apps.environments.models import Member
from apps.rooms.models import RoomLimits


@transaction.atomic
def set_limits(*, members_per_room: int, rooms_per_person: int, by: Member) -> RoomLimits:
    """From now on so many come in; whoever is in already stays."""
    check_can_administer(by)

    about = {"members_per_room": members_per_room, "rooms_per_person": rooms_per_person}
    limits, _made = RoomLimits.objects.update_or_create(
        environment_id=by.environment_id, defaults={**about, "changed_at": timezone.now(), "changed_by": by}
    )
    audit.record(verb="rooms.limits_set", subject=limits, by=by, detail=about)
    return limits

"""How much there may be."""

from uuid import UUID

from apps.rooms.models import RoomLimits


def limits_of(environment_id: UUID) -> RoomLimits:
    """What the admin has said, or the usual limits."""
    return RoomLimits.objects.filter(environment=environment_id).first() or RoomLimits(environment_id=environment_id)

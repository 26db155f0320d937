"""How long deleted and earlier texts are kept, and what was said of it before."""

from dataclasses import dataclass
from uuid import UUID

from apps.rooms.models import RetentionPolicy


@dataclass(frozen=True)
class Retention:
    """What holds now, and all that an admin has ever said, the newest first."""

    policy: RetentionPolicy
    said: list[RetentionPolicy]


def retention_of(environment_id: UUID) -> Retention:
    """What the admin has said last, or the usual years."""
    said = list(
        RetentionPolicy.objects.filter(environment=environment_id)
        .select_related("set_by__organization")
        .order_by("-pk")
    )
    return Retention(said[0] if said else RetentionPolicy(environment_id=environment_id), said)

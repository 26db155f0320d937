"""Say how much there may be in an environment's rooms."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.audit import actions as audit
from apps.environments.access import check_can_administer
from apps.environments.models import Member
from apps.files import actions as files
from apps.rooms.models import RoomLimits, SeenShown


@transaction.atomic
def set_all_limits(*, of_rooms: dict[str, Any], of_files: dict[str, Any], by: Member) -> None:
    """Limits of rooms and of the files sent in them, both or neither."""
    set_limits(**of_rooms, by=by)
    files.set_limits(**of_files, by=by)


@transaction.atomic
def set_limits(
    *, members_per_room: int, rooms_per_person: int, seen_shown_to: str | None = None, by: Member
) -> RoomLimits:
    """From now on so many come in; whoever is in already stays. Unsaid, who is told of seeing stays as it is."""
    check_can_administer(by)

    about: dict[str, Any] = {"members_per_room": members_per_room, "rooms_per_person": rooms_per_person}
    if seen_shown_to is not None:
        about["seen_shown_to"] = SeenShown(seen_shown_to).value
    limits, _made = RoomLimits.objects.update_or_create(
        environment_id=by.environment_id, defaults={**about, "changed_at": timezone.now(), "changed_by": by}
    )
    audit.record(verb="rooms.limits_set", subject=limits, by=by, detail=about)
    return limits

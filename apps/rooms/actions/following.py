"""Follow what becomes of files that were sent."""

from uuid import UUID

from django.db import transaction
from django_scopes import scope

from apps.environments.models import Environment
from apps.rooms.actions.changing import next_change, tell
from apps.rooms.models import Attachment, Message, TalkRoom


def follow_file(*, environment_id: UUID, file_id: UUID, **_facts: object) -> None:
    """A file has been looked at: every screen that shows its message hears that it is another one now."""
    with scope(environment=Environment(pk=environment_id)):
        rooms = Attachment.objects.filter(file=file_id, message__removed_at=None).values_list(
            "message__room", flat=True
        )
        for room_id in sorted(set(rooms)):
            follow_in(room_id, file_id)


@transaction.atomic
def follow_in(room_id: UUID, file_id: UUID) -> None:
    room = TalkRoom.objects.select_for_update(of=("self",)).get(pk=room_id)
    for message in Message.objects.filter(room=room, attachments__file=file_id).order_by("number"):
        message.room = room
        next_change(message)
        message.save(update_fields=["change"])
        tell(message)

"""Put files into a message."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.files.actions import keep_files
from apps.rooms.models import Attachment, Message, TalkRoom


@transaction.atomic
def attach(*, room: TalkRoom, number: int, files: Iterable[UUID], by: Member) -> None:
    """Attach files of the author's own to a message that is being posted, in the same transaction: all or nothing."""
    message = Message.objects.get(room=room, number=number)
    kept = keep_files(ids=files, by=by)
    Attachment.objects.bulk_create(
        Attachment(environment_id=room.environment_id, message=message, place=place, file=file)
        for place, file in enumerate(kept, start=1)
    )
    detail = {"number": number, "files": [str(file.pk) for file in kept]}
    audit.record(verb="rooms.files_attached", subject=room, client=room.client, by=by, detail=detail)

"""What came by the composer's form: with the files in it, and the draft that is left behind."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from apps.environments.models import Member
from apps.files.actions import take_file
from apps.rooms.access import check_can_post
from apps.rooms.actions.drafting import keep_draft
from apps.rooms.models import TalkRoom

Done = TypeVar("Done")


@transaction.atomic
def take_uploads(*, room: TalkRoom, uploads: Sequence[UploadedFile], by: Member) -> list[UUID]:
    """Take in the files of a plain form whose message goes out later; what is not sent is swept after a day."""
    check_can_post(by, room)
    return [take_file(name=one.name or "", content=one, size=one.size or 0, by=by).pk for one in uploads]


@transaction.atomic
def with_uploads(
    *,
    verb: Callable[..., Done],
    room: TalkRoom,
    message: dict[str, Any],
    uploads: Sequence[UploadedFile],
    draft: str | None,
    by: Member,
) -> Done:
    """Let a verb post, or hold, a message that came by a plain form with files in it: all of it or nothing.

    `draft` is what the composer holds from then on: nothing, or what stands beside a stamp; None leaves it as it was.
    """
    came = take_uploads(room=room, uploads=uploads, by=by)
    done = verb(room=room, **{**message, "files": [*message["files"], *came]}, by=by)
    if draft is not None:
        keep_draft(room=room, body=draft, by=by)
    return done

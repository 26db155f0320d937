"""Makers of files and of what is said about them."""

from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from apps.environments.models import Member
from apps.files.models import FileLimits, FilePicture, StoredFile, Upload, UploadPiece
from apps.rooms.models import Attachment, Message


def make_file_limits(by: Member, **said: Any) -> FileLimits:
    """The usual limits of files, said by somebody, but for what is said here."""
    return FileLimits.objects.create(environment=by.environment, changed_by=by, **said)


def make_upload(by: Member, *, arrived: bytes = b"half", size: int = 8, name: str = "memo.txt") -> Upload:
    """A file on its way, of which the beginning has come."""
    around = {"environment": by.environment}
    until = timezone.now() + timedelta(hours=24)
    upload = Upload.objects.create(member=by, name=name, size=size, arrived=len(arrived), expires_at=until, **around)
    UploadPiece.objects.create(upload=upload, begins_at=0, size=len(arrived), stored_as=put(by, arrived), **around)
    return upload


def make_file(by: Member, content: bytes = b"memo", **fields: Any) -> StoredFile:
    """A text that was looked at and is attached to nothing, with a picture; `kept_at` and such as `fields`."""
    known = {"name": "memo.txt", "content_type": "text/plain", "kind": "text", "state": "ready"}
    about = {"size": len(content), "sha256": sha256(content).hexdigest(), "settled_at": timezone.now()}
    file = StoredFile.objects.create(
        pk=uuid4(),
        environment=by.environment,
        uploader=by,
        **{**known, **about, "stored_as": put(by, content), **fields},
    )
    FilePicture.objects.create(
        environment=by.environment, file=file, role="thumbnail", width=1, height=1, stored_as=put(by, b"small")
    )
    return file


def put(by: Member, content: bytes) -> str:
    """Into the store of files, as the verbs put it there."""
    return storages["files"].save(f"{by.environment_id}/{uuid4().hex}", ContentFile(content))


def attach_everything(message: Message) -> Attachment:
    """A file of which everything can be asked for: a sound that has pictures and a page as well."""
    by = message.author
    file = make_file(
        by, wav(), name="voice.wav", content_type="audio/wav", kind="sound", pages=1, kept_at=timezone.now()
    )
    for role, number in (("preview", 0), ("page", 1)):
        FilePicture.objects.create(
            environment=by.environment,
            file=file,
            role=role,
            number=number,
            width=1,
            height=1,
            stored_as=put(by, b"large"),
        )
    return Attachment.objects.create(environment=by.environment, message=message, place=1, file=file)


def wav() -> bytes:
    return b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(28)

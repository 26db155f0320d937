"""Take a file in, piece by piece."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import IO, Any
from uuid import UUID, uuid4

from django.core.files.base import File
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.files.access import upload_for
from apps.files.models import FileReservation, StoredFile, Upload, UploadPiece
from apps.files.queries import limits_of
from apps.files.refusals import FileEmpty, PieceOutOfPlace, PieceSpoilt, StoreFull, TooHeavyToSend, UploadOver
from apps.files.scans.names import plain_name
from apps.kernel.refusals import TooLarge

# An upload that was begun may be gone on with so long.
WAITS_FOR = timedelta(hours=24)
A_READ = 64 * 1024
ROOM = "files_find_room_in_their_environment"


@transaction.atomic
def begin_upload(*, name: str, size: int, by: Member) -> Upload:
    """Announce a file of so many bytes. Room is set aside for it as long as it may be gone on with."""
    limits = limits_of(by.environment_id)
    if size <= 0:
        raise FileEmpty
    if size > limits.bytes_per_send:
        raise TooHeavyToSend(limit=f"{limits.megabytes_per_send:,}")

    about = {"environment_id": by.environment_id, "member": by, "expires_at": timezone.now() + WAITS_FOR}
    try:
        with transaction.atomic():
            upload: Upload = Upload.objects.create(name=plain_name(name) or "file", size=size, **about)
    except IntegrityError as error:
        # The database counts under its own lock: two who take the last room at once do not both get it.
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") == ROOM:
            raise StoreFull(limit=f"{limits.gigabytes_kept:,}") from error
        raise
    audit.record(verb="files.upload_begun", subject=upload, by=by, detail={"size": size})
    return upload


@transaction.atomic
def add_piece(
    *, upload_id: UUID, offset: int, content: IO[bytes], by: Member, checksum: tuple[str, bytes] | None = None
) -> Upload:
    """Store the next run of bytes and return how far the upload is. The last one hands the file over to be looked at.

    `checksum` is the name of a hash and what it must be of these bytes. Nothing is noted in the ledger but the whole.
    """
    upload_for(by, upload_id)

    # The row is read again under the lock: two lines of one device may both go on from the same place.
    upload: Upload = Upload.objects.select_for_update(of=("self",), no_key=True).get(pk=upload_id)
    if upload.expires_at <= timezone.now():
        raise UploadOver(subject=upload)
    if offset != upload.arrived:
        raise PieceOutOfPlace(subject=upload)

    arriving = Arriving(content, upload.size - upload.arrived, checksum[0] if checksum else "")
    stored_as = storages["files"].save(f"{upload.environment_id}/{uuid4().hex}", arriving)
    try:
        arriving.check(checksum)
    except (TooLarge, PieceSpoilt):
        storages["files"].delete(stored_as)
        raise
    if arriving.size:
        note_piece(upload, stored_as, arriving.size, by)
    else:
        storages["files"].delete(stored_as)
    return upload


def note_piece(upload: Upload, stored_as: str, size: int, by: Member) -> None:
    UploadPiece.objects.create(
        environment_id=upload.environment_id, upload=upload, begins_at=upload.arrived, size=size, stored_as=stored_as
    )
    upload.arrived += size
    upload.expires_at = timezone.now() + WAITS_FOR
    upload.save(update_fields=["arrived", "expires_at"])
    if upload.is_whole:
        hand_over(upload, by)


def hand_over(upload: Upload, by: Member) -> None:
    """From now on it is a file, which nobody reads before it was looked at."""
    file = StoredFile.objects.create(
        pk=upload.pk, environment_id=upload.environment_id, uploader=by, name=upload.name, size=upload.size
    )
    audit.record(verb="files.uploaded", subject=file, by=by, detail={"size": file.size})
    # In the same transaction: there is no file that nobody looks at.
    app.configure_task("files.look_at", lock=f"file {file.pk}").defer(
        environment_id=str(file.environment_id), file_id=str(file.pk)
    )


class Arriving(File):
    """Bytes on their way into storage: read in small parts, counted, hashed, and no more than were announced."""

    def __init__(self, content: IO[bytes], most: int, hashed_by: str) -> None:
        super().__init__(content)
        self.most = most
        self.too_much = False
        self._size = 0
        self._hash = hashlib.new(hashed_by, usedforsecurity=False) if hashed_by else None

    @property
    def size(self) -> int:
        return self._size

    def chunks(self, chunk_size: int | None = None) -> Iterator[Any]:
        while part := self.read(A_READ):
            yield part

    def read(self, length: int = A_READ) -> bytes:
        part: bytes = self.file.read(max(length, 1) if length > 0 else A_READ)  # type: ignore[union-attr]
        if self._size + len(part) > self.most:
            self.too_much = True
            return b""
        self._size += len(part)
        if self._hash is not None:
            self._hash.update(part)
        return part

    def check(self, checksum: tuple[str, bytes] | None) -> None:
        if self.too_much:
            raise TooLarge
        if self._hash is not None and checksum is not None and self._hash.digest() != checksum[1]:
            raise PieceSpoilt


@transaction.atomic
def take_file(*, name: str, content: IO[bytes], size: int, by: Member) -> StoredFile:
    """Take in a file that has come at once, by a plain form."""
    upload = begin_upload(name=name, size=size, by=by)
    add_piece(upload_id=upload.pk, offset=0, content=content, by=by)
    found: StoredFile = StoredFile.objects.get(pk=upload.pk)
    return found


@transaction.atomic
def abandon_upload(*, upload_id: UUID, by: Member) -> None:
    """Give up a file that is not attached to anything: what has arrived of it is thrown away."""
    upload = upload_for(by, upload_id)

    throw_away(upload)
    FileReservation.objects.filter(file=upload_id, file__kept_at=None, file__settled_at=None).delete()
    StoredFile.objects.filter(pk=upload_id, kept_at=None, settled_at=None).delete()
    audit.record(verb="files.upload_abandoned", subject=upload, by=by, detail={"arrived": upload.arrived})
    Upload.objects.filter(pk=upload_id).delete()


def throw_away(upload: Upload) -> None:
    """The bytes go when the rows are gone for good."""
    forget_later([piece.stored_as for piece in upload.pieces.all()])


def forget_later(names: list[str]) -> None:
    for name in names:
        transaction.on_commit(partial(storages["files"].delete, name))

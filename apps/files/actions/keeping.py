"""Attach files for good, throw away what was not attached, and say how much there may be."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from apps.audit import actions as audit
from apps.environments.access import check_can_administer
from apps.environments.models import Member
from apps.files.access import file_for, files_chosen
from apps.files.actions.uploading import forget_later, throw_away
from apps.files.models import FileLimits, FilePicture, FileReservation, StoredFile, Upload, UploadPiece
from apps.files.queries import limits_of
from apps.files.refusals import FileNotSent, NotYetReady, TooHeavyToSend, TooManyAtOnce

# What was uploaded and not attached is thrown away after this.
UNSENT_FOR = timedelta(hours=24)
# A file is written long before this has passed, and then its row names it.
UNNAMED_FOR = timedelta(days=1)


def check_send(files: list[StoredFile], by: Member) -> None:
    """So many at once, and so much: refused as a whole."""
    limits = limits_of(by.environment_id)
    if len(files) > limits.files_per_send:
        raise TooManyAtOnce(limit=limits.files_per_send)
    if sum(file.size for file in files) > limits.bytes_per_send:
        raise TooHeavyToSend(limit=f"{limits.megabytes_per_send:,}")


@transaction.atomic
def keep_files(*, ids: Iterable[UUID], by: Member) -> list[StoredFile]:
    """Say that these files of the member's own are attached from now on. Call it inside the transaction of the deed,
    which has its own entry in the ledger."""
    files = files_chosen(by, ids)
    check_send(files, by)

    # Read again under the lock: the sweep, or the same message through another door, may have been faster.
    chosen = StoredFile.objects.filter(pk__in=[file.pk for file in files], kept_at=None)
    if len(chosen.select_for_update(of=("self",)).order_by("pk").values_list("pk")) != len(files):
        raise FileNotSent
    chosen.update(kept_at=timezone.now())
    FileReservation.objects.filter(file__in=files).delete()
    return files


@transaction.atomic
def reserve_files(*, ids: Iterable[UUID], until: datetime, by: Member) -> None:
    """Leave these files of the member's own unswept until then, for what is to be sent with them. Call it inside the
    transaction of the deed, which has its own entry in the ledger."""
    files = files_chosen(by, ids)
    check_send(files, by)

    # Under the lock of the files: of two messages that want the same one, the second is refused.
    free = StoredFile.objects.filter(pk__in=[file.pk for file in files], kept_at=None)
    if len(free.select_for_update(of=("self",)).order_by("pk").values_list("pk")) != len(files):
        raise FileNotSent
    if FileReservation.objects.filter(file__in=files).exists():
        raise FileNotSent
    FileReservation.objects.bulk_create(
        FileReservation(environment_id=by.environment_id, file=file, until=until) for file in files
    )


@transaction.atomic
def reserve_longer(*, ids: Iterable[UUID], until: datetime, by: Member) -> None:
    """The same files wait until another time."""
    FileReservation.objects.filter(file__in=list(ids), file__uploader=by).update(until=until)


def check_sent_again(*, files: list[StoredFile], by: Member) -> None:
    """Whether files that are attached already may go with something else too: ready, all of them, and not too much at once.
    Who may read them is asked by the app that attached them; no byte is stored twice."""
    if not all(file.is_ready for file in files):
        raise NotYetReady
    check_send(files, by)


@transaction.atomic
def discard_file(*, file_id: UUID, by: Member) -> None:
    """Throw away a file of one's own that is attached to nothing."""
    file = file_for(by, file_id)

    audit.record(verb="files.discarded", subject=file, by=by)
    erase(file)


def forget_files(*, ids: Iterable[UUID]) -> int:
    """Throw away files that nothing names any more, and say how many. Call it inside the transaction of the deed that has
    let them go, which has its own entry in the ledger; the bytes go after it."""
    found = StoredFile.objects.filter(pk__in=list(ids))
    for file in found:
        erase(file)
    return len(found)


def erase(file: StoredFile) -> None:
    upload = Upload.objects.filter(pk=file.pk).first()
    if upload is not None:
        throw_away(upload)
        Upload.objects.filter(pk=upload.pk).delete()
    names = [file.stored_as, *FilePicture.objects.filter(file=file).values_list("stored_as", flat=True)]
    forget_later([name for name in names if name])
    FileReservation.objects.filter(file=file).delete()
    StoredFile.objects.filter(pk=file.pk).delete()


@transaction.atomic
def set_limits(
    *, files_per_send: int, megabytes_per_send: int, gigabytes_kept: int, marks_downloads: bool, by: Member
) -> FileLimits:
    """From now on so much is sent at once and kept; what is kept already stays."""
    check_can_administer(by)

    about = {
        "files_per_send": files_per_send,
        "megabytes_per_send": megabytes_per_send,
        "gigabytes_kept": gigabytes_kept,
        "marks_downloads": marks_downloads,
    }
    limits, _made = FileLimits.objects.update_or_create(
        environment_id=by.environment_id, defaults={**about, "changed_at": timezone.now(), "changed_by": by}
    )
    audit.record(verb="files.limits_set", subject=limits, by=by, detail=about)
    return limits


@transaction.atomic
def sweep(*, environment_id: UUID) -> None:
    """Throw away uploads that waited too long, files that were never sent, and bytes that no row names."""
    now = timezone.now()
    begun = Upload.objects.select_for_update(of=("self",), skip_locked=True).filter(expires_at__lt=now)
    for upload in begun.exclude(pk__in=StoredFile.objects.values("pk")):
        throw_away(upload)
        upload.delete()
    unsent = StoredFile.objects.select_for_update(of=("self",), skip_locked=True)
    awaited = FileReservation.objects.filter(file=OuterRef("pk"), until__gte=now)
    for file in unsent.filter(~Exists(awaited), kept_at=None, arrived_at__lt=now - UNSENT_FOR):
        erase(file)
    transaction.on_commit(lambda: sweep_unnamed(environment_id))


def sweep_unnamed(environment_id: UUID) -> None:
    store = storages["files"]
    try:
        there = store.listdir(str(environment_id))[1]
    except FileNotFoundError:
        return
    named = {
        *UploadPiece.objects.values_list("stored_as", flat=True),
        *StoredFile.objects.values_list("stored_as", flat=True),
        *FilePicture.objects.values_list("stored_as", flat=True),
    }
    for word in there:
        name = f"{environment_id}/{word}"
        if name not in named and store.get_modified_time(name) < timezone.now() - UNNAMED_FOR:
            store.delete(name)

"""Have a file looked at that has arrived: it becomes readable, is thrown away with a reason, or waits for the scanner."""

import hashlib
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from apps.audit import actions as audit
from apps.directory.models import Office, System
from apps.files.actions.uploading import forget_later, throw_away
from apps.files.care_plans import care_plan_file
from apps.files.happenings import file_settled
from apps.files.kinds import CSV, FORMAT_OF
from apps.files.models import FilePicture, FileState, StoredFile, Upload
from apps.files.refusals import FileInfected, FileLost, FileRefused
from apps.files.scans.antivirus import ScannerAway, Verdict, verdict_on
from apps.files.scans.apart import looked_at
from apps.files.scans.looking import Drawing, Found

A_READ = 1024 * 1024
# The queue takes a file up at once; what it has lost is taken up again after this.
FORGOTTEN_AFTER = timedelta(minutes=15)
SCANNER_ASKED_AFTER = timedelta(minutes=1)


@dataclass(frozen=True)
class Stored:
    """Where the bytes went, how many they are and their hash."""

    name: str
    size: int
    sha256: str


def look_at(*, file_id: UUID) -> None:
    """Look at one file. Called twice it looks twice and settles once; nothing waits in a transaction meanwhile."""
    file = StoredFile.objects.filter(pk=file_id, settled_at=None).first()
    upload = Upload.objects.filter(pk=file_id).first()
    if file is None or upload is None:
        return
    with tempfile.TemporaryDirectory(prefix="carenet-") as place:
        source, folder = Path(place) / "arrived", Path(place) / "drawn"
        folder.mkdir()
        try:
            put_together(upload, source)
            scanned_at = scanned(source)
            found = looked_at(source, file.name, folder)
        except ScannerAway:
            wait(file)
        except FileRefused as refusal:
            refuse(file, upload, refusal)
        else:
            settle(file, upload, found, source, folder, scanned_at)


def put_together(upload: Upload, target: Path) -> None:
    """One file of the pieces, read in parts."""
    with target.open("wb") as whole:
        for piece in upload.pieces.order_by("begins_at"):
            try:
                with storages["files"].open(piece.stored_as) as part:
                    while content := part.read(A_READ):
                        whole.write(content)
            except OSError as error:
                raise FileLost(subject=upload) from error
        if whole.tell() != upload.size:
            raise FileLost(subject=upload)


def scanned(source: Path) -> datetime | None:
    """When the virus scanner found nothing; None where the installation has none."""
    if not settings.CLAMAV:
        return None
    with source.open("rb") as file:
        if verdict_on(file, at=settings.CLAMAV) is Verdict.INFECTED:
            raise FileInfected
    return timezone.now()


@transaction.atomic
def wait(file: StoredFile) -> None:
    """The scanner is away: the file stays unread until it answers."""
    StoredFile.objects.filter(pk=file.pk, settled_at=None).update(state=FileState.WAITING)


@transaction.atomic
def refuse(file: StoredFile, upload: Upload, refusal: FileRefused) -> None:
    """Nothing of the file stays but its name and the reason, for its sender to read."""
    locked = unsettled(file)
    if locked is None:
        return
    locked.state, locked.reason, locked.settled_at = FileState.REFUSED, refusal.code, timezone.now()
    locked.save(update_fields=["state", "reason", "settled_at"])
    audit.record(verb="files.thrown_away", subject=locked, by=locked.uploader, detail={"reason": refusal.code})
    finish(locked, upload)


def settle(
    file: StoredFile, upload: Upload, found: Found, source: Path, folder: Path, scanned_at: datetime | None
) -> None:
    """First the bytes, then the rows: what a failed transaction leaves behind is a file no row names, and is swept."""
    kept = stored(file, folder / found.kept if found.kept else source)
    pictures = [(one, stored(file, folder / one.file)) for one in found.drawings]
    about: dict[str, Any] = {
        "name": found.name,
        "content_type": found.content_type,
        "kind": FORMAT_OF[found.content_type].kind,
        "pages": found.pages,
        "size": kept.size,
        "sha256": kept.sha256,
        "stored_as": kept.name,
        "scanned_at": scanned_at,
        "settled_at": timezone.now(),
        "state": FileState.READY,
        **offices_of(found),
    }
    write_settled(file, upload, about, pictures)


def offices_of(found: Found) -> dict[str, Office | None]:
    """Who sends and who receives an exchanged care plan, as the directory knows them now."""
    plan = care_plan_file(found.name) if found.content_type == CSV.content_type else None
    if plan is None:
        return {}
    known = {
        office.office_number: office
        for office in Office.objects.filter(system=System.KAIGO, office_number__in=[plan.sender, plan.receiver])
    }
    return {"sending_office": known.get(plan.sender), "receiving_office": known.get(plan.receiver)}


@transaction.atomic
def write_settled(
    file: StoredFile, upload: Upload, about: dict[str, Any], pictures: list[tuple[Drawing, Stored]]
) -> None:
    locked = unsettled(file)
    if locked is None:
        forget_later([about["stored_as"], *(drawn.name for _, drawn in pictures)])
        return
    for name, value in about.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(about))
    FilePicture.objects.bulk_create(
        FilePicture(
            environment_id=locked.environment_id,
            file=locked,
            role=one.role,
            number=one.number,
            width=one.width,
            height=one.height,
            stored_as=drawn.name,
        )
        for one, drawn in pictures
    )
    detail = {"content_type": locked.content_type, "size": locked.size, "sha256": locked.sha256}
    audit.record(verb="files.settled", subject=locked, by=locked.uploader, detail=detail)
    finish(locked, upload)


def unsettled(file: StoredFile) -> StoredFile | None:
    """The row under its lock, unless another worker was faster or its sender has thrown it away."""
    rows = StoredFile.objects.select_for_update(of=("self",)).select_related("uploader")
    found: StoredFile | None = rows.filter(pk=file.pk, settled_at=None).first()
    return found


def finish(file: StoredFile, upload: Upload) -> None:
    throw_away(upload)
    Upload.objects.filter(pk=upload.pk).delete()
    file_settled.announce(environment_id=file.environment_id, file_id=file.pk)


def stored(file: StoredFile, source: Path) -> Stored:
    """Put into storage under a name that tells the environment and nothing else."""
    with ExitStack() as stack:
        opened = stack.enter_context(source.open("rb"))
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
        opened.seek(0)
        name = storages["files"].save(f"{file.environment_id}/{uuid4().hex}", File(opened))
    return Stored(name, source.stat().st_size, digest)


def waiting_files() -> QuerySet[StoredFile]:
    """What the queue has lost, and what waits for the scanner."""
    now = timezone.now()
    forgotten = Q(state=FileState.CHECKING, arrived_at__lt=now - FORGOTTEN_AFTER)
    waiting = Q(state=FileState.WAITING, arrived_at__lt=now - SCANNER_ASKED_AFTER)
    found: QuerySet[StoredFile] = StoredFile.objects.filter(forgotten | waiting, settled_at=None)
    return found

"""Take entries of the ledger out: asked for, made by a worker, taken away, and thrown away when the week has ended."""

import hashlib
from contextlib import suppress
from datetime import timedelta
from tempfile import TemporaryFile
from typing import IO
from uuid import UUID, uuid4

from cryptography.fernet import InvalidToken
from django.core.files import File
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from apps.audit import actions as audit
from apps.audit.merkle import HashesAreMissing
from apps.audit.seals import TreeDiffers, seal_all, sign_head
from apps.audit.tree import size_here
from apps.environments.models import Member
from apps.kernel.refusals import Refusal
from apps.oversight.access import check_can_read_ledger
from apps.oversight.models import EXPORT_LASTS, Export, Form
from apps.oversight.packing import pack
from apps.oversight.queries.entries import Asked
from apps.oversight.queries.exports import entries_of, sealed_up_to
from apps.oversight.refusals import ExportBeingMade, ExportNotThere, TooManyForPaper

MAKE_EXPORT = "oversight.make_export"
# A report is made as a whole in memory; tables have no such bound.
MOST_ON_PAPER = 3_000
# A file that is not there after this will not come: its worker was ended.
GIVEN_UP_AFTER = timedelta(hours=6)
# A file that is just being put there is not named yet.
UNNAMED_FOR = timedelta(days=1)
A_READ = 1024 * 1024


def ask_for_export(*, question: Asked, asked: dict[str, str], form: str, by: Member) -> Export:
    """Let what a question finds be taken out, in the state in which the ledger is sealed now; one at a time."""
    check_can_read_ledger(by)
    sealed = seal_and_sign()
    if form == Form.PDF:
        found = sealed_up_to(by, question, sealed).count()
        if found > MOST_ON_PAPER:
            raise TooManyForPaper(found=found, limit=MOST_ON_PAPER)
    try:
        return asked_for(question=question, asked=asked, form=form, sealed=sealed, by=by)
    except IntegrityError as error:
        if "one_export_of_an_auditor_is_made_at_a_time" not in str(error):
            raise
        raise ExportBeingMade from error


@transaction.atomic
def seal_and_sign() -> int:
    """A ledger that somebody has changed is taken out all the same, without a new signature: its auditor needs it then."""
    # From the first entry on: what a sealer that stood still has left, however long ago, would be missing in the file.
    seal_all()
    with suppress(TreeDiffers, HashesAreMissing, InvalidToken):
        sign_head()
    return size_here()


@transaction.atomic
def asked_for(*, question: Asked, asked: dict[str, str], form: str, sealed: int, by: Member) -> Export:
    export: Export = Export.objects.create(
        environment_id=by.environment_id,
        asked_by=by,
        form=form,
        asked=asked,
        sealed=sealed,
        since=question.since,
        until=question.until,
    )
    record("oversight.export_asked", export, by)
    # In the same transaction: there is none that nobody makes.
    app.configure_task(MAKE_EXPORT).defer(environment_id=str(by.environment_id), export_id=str(export.pk))
    return export


def make_export(*, export_id: UUID) -> None:
    """Make the file, unless it was made or given up; whoever asked must still be allowed to. It grows in parts, so that
    whoever waits sees how far it is, and is there as a whole or not at all."""
    export = Export.objects.select_related("asked_by__organization", "asked_by__environment").get(pk=export_id)
    if not export.is_being_made:
        return
    try:
        check_can_read_ledger(export.asked_by)
    except Refusal:
        fail(export)
        return

    try:
        with TemporaryFile() as target:
            export.of = entries_of(export).count()
            told(export, 0)
            pack(export, target, lambda done: told(export, done))
            settle(export, target)
    except Exception:
        # Whoever waits is told at once; the worker's log says why.
        fail(export)
        raise
    seal_and_sign()


def told(export: Export, done: int) -> None:
    Export.objects.filter(pk=export.pk).update(done=done, of=export.of)


@transaction.atomic
def fail(export: Export) -> None:
    Export.objects.filter(pk=export.pk, made_at=None).update(failed_at=timezone.now())
    record("oversight.export_failed", export, export.asked_by)


def settle(export: Export, content: IO[bytes]) -> None:
    export.size = content.tell()
    content.seek(0)
    digest = hashlib.sha256()
    for part in iter(lambda: content.read(A_READ), b""):
        digest.update(part)
    export.sha256 = digest.hexdigest()
    content.seek(0)
    name = storages["exports"].save(f"{export.environment_id}/{uuid4().hex}", File(content))
    is_kept = False
    try:
        is_kept = keep(export, name)
    finally:
        if not is_kept:
            storages["exports"].delete(name)


@transaction.atomic
def keep(export: Export, name: str) -> bool:
    """Whether it was still waited for."""
    # Read again under the lock: it may have been given up meanwhile.
    fresh = Export.objects.select_for_update(of=("self",)).get(pk=export.pk)
    if fresh.is_being_made:
        about = {"size": export.size, "sha256": export.sha256, "stored_as": name, "done": export.of}
        Export.objects.filter(pk=fresh.pk).update(made_at=timezone.now(), **about)
        record("oversight.export_made", export, export.asked_by)
    return fresh.is_being_made


@transaction.atomic
def note_taking_out(*, export: Export, by: Member) -> None:
    """Each time that the file leaves the house is in the ledger. ExportNotThere before it is made and after its week."""
    check_can_read_ledger(by)
    if not export.is_there:
        raise ExportNotThere(subject=export)
    record("oversight.export_taken_out", export, by)


def record(verb: str, export: Export, by: Member | None) -> None:
    """With its question, and once it is made with its count and its hash."""
    days = {"since": str(export.since), "until": str(export.until)}
    detail = {"form": export.form, "asked": {**export.asked, **days}, "sealed": export.sealed}
    if export.sha256:
        detail |= {"entries": export.of, "sha256": export.sha256}
    client = UUID(export.asked["client"]) if "client" in export.asked else None
    audit.record(verb=verb, by=by, subject=export, client=client, purpose="audit", detail=detail)


def end_exports() -> None:
    """In the open environment, throw away files whose week has ended, and give up those whose worker was ended."""
    now = timezone.now()
    for old in Export.objects.filter(ended_at=None, made_at__lt=now - EXPORT_LASTS):
        end(old)
    for stuck in Export.objects.filter(made_at=None, failed_at=None, asked_at__lt=now - GIVEN_UP_AFTER):
        fail(stuck)


@transaction.atomic
def end(export: Export) -> None:
    Export.objects.filter(pk=export.pk).update(ended_at=timezone.now(), stored_as="")
    record("oversight.export_ended", export, None)
    transaction.on_commit(lambda: storages["exports"].delete(export.stored_as))


def sweep_exports(*, environment_id: UUID) -> None:
    """Throw away files that no row names: left behind by a worker that was ended, or by a deletion that failed."""
    store = storages["exports"]
    try:
        there = store.listdir(str(environment_id))[1]
    except FileNotFoundError:
        return
    named = set(Export.objects.exclude(stored_as="").values_list("stored_as", flat=True))
    for word in there:
        name = f"{environment_id}/{word}"
        if name not in named and store.get_modified_time(name) < timezone.now() - UNNAMED_FOR:
            store.delete(name)

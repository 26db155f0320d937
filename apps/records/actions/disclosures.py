"""Pack a whole room to be handed over, and throw the package away when its week has ended."""

import hashlib
from datetime import timedelta
from tempfile import TemporaryFile
from typing import IO
from uuid import UUID, uuid4

from django.core.files import File
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.kernel.refusals import Refusal
from apps.records.access import check_can_disclose
from apps.records.models import DISCLOSURE_LASTS, Disclosure
from apps.records.packing import pack
from apps.records.refusals import BeingMade, NotThere
from apps.rooms.models import TalkRoom

MAKE_DISCLOSURE = "records.make_disclosure"
# A package that is not there after this will not come: its worker was ended.
GIVEN_UP_AFTER = timedelta(hours=6)
A_READ = 1024 * 1024
# A package that is just being put there is not named yet.
UNNAMED_FOR = timedelta(days=1)


def ask_for_disclosure(*, room: TalkRoom, ground: str, reference: str, addressee: str, by: Member) -> Disclosure:
    """Let a package of everything in the room be made; one of a room at a time."""
    room = check_can_disclose(by, room)
    try:
        return asked(room=room, why={"ground": ground, "reference": reference, "addressee": addressee}, by=by)
    except IntegrityError as error:
        if "one_disclosure_of_a_room_is_made_at_a_time" not in str(error):
            raise
        raise BeingMade(subject=room, client_id=room.client_id) from error


@transaction.atomic
def asked(*, room: TalkRoom, why: dict[str, str], by: Member) -> Disclosure:
    disclosure = Disclosure.objects.create(
        environment_id=room.environment_id, room=room, asked_by=by, of=room.last_number, **why
    )
    record("records.disclosure_asked", disclosure, by)
    # In the same transaction: there is none that nobody makes.
    app.configure_task(MAKE_DISCLOSURE).defer(environment_id=str(room.environment_id), disclosure_id=str(disclosure.pk))
    return disclosure


def make_disclosure(*, disclosure_id: UUID) -> None:
    """Make the package, unless it was made or given up; whoever asked must still be allowed to. It grows in steps, so that
    whoever waits sees how far it is, and is there as a whole or not at all."""
    disclosure = Disclosure.objects.select_related("asked_by__organization", "asked_by__environment").get(
        pk=disclosure_id
    )
    if not disclosure.is_being_made:
        return
    try:
        disclosure.room = check_can_disclose(disclosure.asked_by, disclosure.room)
    except Refusal:
        fail(disclosure)
        return

    try:
        with TemporaryFile() as target:
            disclosure.files = pack(disclosure, target, lambda done: told(disclosure, done))
            settle(disclosure, target)
    except Exception:
        # Whoever waits is told at once; the worker's log says why.
        fail(disclosure)
        raise


def told(disclosure: Disclosure, done: int) -> None:
    Disclosure.objects.filter(pk=disclosure.pk).update(done=done)


@transaction.atomic
def fail(disclosure: Disclosure) -> None:
    Disclosure.objects.filter(pk=disclosure.pk, made_at=None).update(failed_at=timezone.now())
    record("records.disclosure_failed", disclosure, disclosure.asked_by)


def settle(disclosure: Disclosure, content: IO[bytes]) -> None:
    disclosure.size = content.tell()
    content.seek(0)
    digest = hashlib.sha256()
    for part in iter(lambda: content.read(A_READ), b""):
        digest.update(part)
    disclosure.sha256 = digest.hexdigest()
    content.seek(0)
    name = storages["disclosures"].save(f"{disclosure.environment_id}/{uuid4().hex}", File(content))
    is_kept = False
    try:
        is_kept = keep(disclosure, name)
    finally:
        if not is_kept:
            storages["disclosures"].delete(name)


@transaction.atomic
def keep(disclosure: Disclosure, name: str) -> bool:
    """Whether it was still waited for."""
    # Read again under the lock: it may have been given up meanwhile.
    fresh = Disclosure.objects.select_for_update(of=("self",)).get(pk=disclosure.pk)
    if fresh.is_being_made:
        about = {"size": disclosure.size, "sha256": disclosure.sha256, "files": disclosure.files, "stored_as": name}
        Disclosure.objects.filter(pk=fresh.pk).update(done=fresh.of, made_at=timezone.now(), **about)
        record("records.disclosure_made", disclosure, disclosure.asked_by)
    return fresh.is_being_made


@transaction.atomic
def note_taking_out(*, disclosure: Disclosure, by: Member) -> None:
    """Each time that the package leaves the house is in the ledger. NotThere before it is made and after its week."""
    check_can_disclose(by, disclosure.room)
    if not disclosure.is_there:
        raise NotThere(subject=disclosure, client_id=disclosure.room.client_id)
    record("records.disclosure_taken_out", disclosure, by)


def record(verb: str, disclosure: Disclosure, by: Member) -> None:
    """Counts and the ground; to whom it goes stands in the row and nowhere else."""
    room = disclosure.room
    detail = {"room": str(room.pk), "messages": disclosure.of, "files": disclosure.files}
    audit.record(verb=verb, by=by, subject=disclosure, client=room.client, purpose=disclosure.purpose, detail=detail)


def end_disclosures() -> None:
    """In the open environment, throw away packages whose week has ended, and give up those whose worker was ended."""
    now = timezone.now()
    for old in Disclosure.objects.filter(ended_at=None, made_at__lt=now - DISCLOSURE_LASTS):
        end(old)
    stuck = Disclosure.objects.filter(made_at=None, failed_at=None, asked_at__lt=now - GIVEN_UP_AFTER)
    for disclosure in stuck.select_related("asked_by", "room__client"):
        fail(disclosure)


@transaction.atomic
def end(disclosure: Disclosure) -> None:
    Disclosure.objects.filter(pk=disclosure.pk).update(ended_at=timezone.now(), stored_as="")
    audit.record(verb="records.disclosure_ended", subject=disclosure, by=None)
    transaction.on_commit(lambda: storages["disclosures"].delete(disclosure.stored_as))


def sweep_disclosures(*, environment_id: UUID) -> None:
    """Throw away packages that no row names: left behind by a worker that was ended, or by a deletion that failed."""
    store = storages["disclosures"]
    try:
        there = store.listdir(str(environment_id))[1]
    except FileNotFoundError:
        return
    named = set(Disclosure.objects.exclude(stored_as="").values_list("stored_as", flat=True))
    for word in there:
        name = f"{environment_id}/{word}"
        if name not in named and store.get_modified_time(name) < timezone.now() - UNNAMED_FOR:
            store.delete(name)

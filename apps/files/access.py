"""Whose a file is before it is attached to anything: its sender's alone. Afterwards the app that attached it is asked."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from apps.environments.models import Member
from apps.files.models import FileState, StoredFile, Upload
from apps.files.refusals import FileNotSent
from apps.kernel.refusals import NotHere


def upload_for(member: Member, upload_id: UUID) -> Upload:
    """The only way to get an upload by id: the member's own."""
    found: Upload | None = Upload.objects.filter(member=member, pk=upload_id).first()
    if found is None or not member.is_current:
        raise NotHere(subject=upload_id)
    return found


def files_to_send(member: Member) -> QuerySet[StoredFile]:
    """What this member has uploaded and attached to nothing yet."""
    found: QuerySet[StoredFile] = StoredFile.objects.filter(uploader=member, kept_at=None)
    return found


def file_for(member: Member, file_id: UUID) -> StoredFile:
    """The only way to get a file by id before it is attached: the sender's own."""
    found = files_to_send(member).filter(pk=file_id).first()
    if found is None or not member.is_current:
        raise NotHere(subject=file_id)
    return found


def files_chosen(member: Member, ids: Iterable[UUID]) -> list[StoredFile]:
    """The files behind ids that a browser or a program sent, in the order given; each once, each whole, none refused."""
    wanted = list(dict.fromkeys(ids))
    found = files_to_send(member).exclude(state=FileState.REFUSED).in_bulk(wanted)
    if len(found) != len(wanted):
        raise FileNotSent
    return [found[one] for one in wanted]

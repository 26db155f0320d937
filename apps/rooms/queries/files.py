"""The files of a room, by what they are, who sent them, when, and how they are called."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from apps.environments.models import Member
from apps.files.kinds import FileKind
from apps.files.models import FilePicture, FileState, PictureRole
from apps.rooms.access import attachments_readable_by
from apps.rooms.models import Attachment, TalkRoom


@dataclass(frozen=True)
class Wanted:
    """What is looked for; empty fields do not count."""

    kind: str = ""
    author: UUID | None = None
    since: date | None = None
    until: date | None = None
    name: str = ""


def files_of_room(member: Member, room: TalkRoom, wanted: Wanted | None = None) -> QuerySet[Attachment]:
    """The newest first. Files that were refused are not among them."""
    wanted = wanted or Wanted()
    files = attachments_readable_by(member, room).exclude(file__state=FileState.REFUSED)
    if wanted.kind in FileKind.values:
        files = files.filter(file__kind=wanted.kind)
    if wanted.author:
        files = files.filter(message__author=wanted.author)
    if wanted.since:
        files = files.filter(message__posted_at__date__gte=wanted.since)
    if wanted.until:
        files = files.filter(message__posted_at__date__lte=wanted.until)
    if wanted.name:
        files = files.filter(file__name__icontains=wanted.name)
    return with_pictures(files).order_by("-message__number", "place")


def with_pictures(files: QuerySet[Attachment]) -> QuerySet[Attachment]:
    """With the small picture of each file, in one statement for all."""
    small = FilePicture.objects.filter(role=PictureRole.THUMBNAIL)
    return files.prefetch_related(Prefetch("file__pictures", queryset=small, to_attr="thumbnails"))


def of_messages() -> "Prefetch[str]":
    """What a page of messages shows of their files: two statements for all of them, one where there are none."""
    files = Attachment.objects.select_related("file__sending_office", "file__receiving_office").order_by("place")
    return Prefetch("attachments", queryset=with_pictures(files), to_attr="files")


def senders_in(member: Member, room: TalkRoom) -> list[Member]:
    """Who has sent files that this member may open, for a choice."""
    authors = attachments_readable_by(member, room).order_by().values("message__author")
    return list(Member.objects.select_related("organization").filter(pk__in=authors).order_by("kana"))

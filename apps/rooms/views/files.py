"""The files of a room: listed, looked at on a screen, taken out. Each request asks the room's door anew."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from apps.audit import actions as audit
from apps.clients.access import names_beside
from apps.environments.requests import MemberRequest
from apps.files.delivery import delivered, plays
from apps.files.kinds import JPEG
from apps.files.models import PictureRole
from apps.files.queries import drawn, picture_of, shown_pages, why_refused
from apps.kernel.refusals import NotHere
from apps.rooms import queries
from apps.rooms.access import attachment_for, room_for
from apps.rooms.forms import FilesForm
from apps.rooms.models import Attachment, TalkRoom
from apps.rooms.taking_out import taken_out
from apps.rooms.views.doors import look

PAGE = 60


@require_http_methods(["GET", "POST"])
def files(request: MemberRequest, slug: str, room_id: UUID) -> HttpResponse:
    """The files of a room. What is looked for is sent, so that no address and no log holds a name."""
    room = room_for(request.member, room_id)
    look(request, room)
    senders = queries.senders_in(request.member, room)
    names = names_beside(request.member, room.client)
    form = FilesForm(request.POST or None, people=[(one.pk, names.of(one).known_as) for one in senders])
    found = list(queries.files_of_room(request.member, room, queries.Wanted(**form.wanted()))[:PAGE])
    context = {"room": room, "form": form, "attachments": found, "names": names}
    template = "rooms/_files.html" if request.htmx else "rooms/files.html"
    return render(request, template, context, status=422 if form.errors else 200)


def attachment_in(request: MemberRequest, room_id: UUID, message_number: int, file_number: int) -> Attachment:
    room = room_for(request.member, room_id)
    found = attachment_for(request.member, room, message_number, file_number)
    # The room as its door gave it: it says for which purpose its client is looked at.
    found.message.room = room
    return found


def note_look(request: MemberRequest, attachment: Attachment) -> None:
    """A look at a file is in the ledger by itself, beside the look into its room."""
    room: TalkRoom = attachment.message.room
    audit.looked(verb="rooms.file_opened", by=request.member, subject=attachment, client=room.client)


@require_safe
def file(request: MemberRequest, slug: str, room_id: UUID, message_number: int, file_number: int) -> HttpResponse:
    """A file on the screen: a picture, the pages of a PDF, a film; of everything else what it is."""
    attachment = attachment_in(request, room_id, message_number, file_number)
    note_look(request, attachment)
    names = names_beside(request.member, attachment.message.room.client)
    context: dict[str, Any] = {"room": attachment.message.room, "attachment": attachment, "names": names}
    context |= {
        "pages": shown_pages(attachment.file),
        "plays": attachment.file.is_ready and plays(attachment.file.content_type),
    }
    context["sentence"] = why_refused(attachment.file) if attachment.file.reason else ""
    return render(request, "rooms/_file_view.html" if request.htmx else "rooms/file.html", context)


@require_safe
def thumbnail(request: MemberRequest, slug: str, room_id: UUID, message_number: int, file_number: int) -> HttpResponse:
    """The small picture that stands in the talk: a look into the room."""
    attachment = attachment_in(request, room_id, message_number, file_number)
    look(request, attachment.message.room)
    return shown(attachment, PictureRole.THUMBNAIL)


@require_safe
def preview(request: MemberRequest, slug: str, room_id: UUID, message_number: int, file_number: int) -> HttpResponse:
    """A picture as large as a screen."""
    attachment = attachment_in(request, room_id, message_number, file_number)
    note_look(request, attachment)
    return shown(attachment, PictureRole.PREVIEW)


@require_safe
def page(
    request: MemberRequest, slug: str, room_id: UUID, message_number: int, file_number: int, page_number: int
) -> HttpResponse:
    """One page of a PDF."""
    attachment = attachment_in(request, room_id, message_number, file_number)
    note_look(request, attachment)
    return shown(attachment, PictureRole.PAGE, page_number)


def shown(attachment: Attachment, role: str, number: int = 0) -> HttpResponse:
    return delivered(drawn(picture_of(attachment.file, role, number)), JPEG.content_type, "picture")


@require_safe
def content(
    request: MemberRequest, slug: str, room_id: UUID, message_number: int, file_number: int
) -> HttpResponseBase:
    """A sound or a film, to be played in its place."""
    attachment = attachment_in(request, room_id, message_number, file_number)
    if not (attachment.file.is_ready and plays(attachment.file.content_type)):
        raise NotHere(subject=attachment.message.room, client_id=attachment.message.room.client_id)
    note_look(request, attachment)
    return taken_out(request, attachment, by=request.member)


@require_safe
def download(
    request: MemberRequest, slug: str, room_id: UUID, message_number: int, file_number: int
) -> HttpResponseBase:
    """The file itself, marked where the environment says so; each time is in the ledger."""
    attachment = attachment_in(request, room_id, message_number, file_number)
    room: TalkRoom = attachment.message.room
    answer = taken_out(request, attachment, by=request.member)
    audit.record(verb="rooms.file_downloaded", by=request.member, subject=attachment, client=room.client)
    return answer

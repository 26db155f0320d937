"""The notes of a room, one of them, its next version; its ticks, its pin and the archive."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.environments.requests import MemberRequest
from apps.kernel.refusals import Refusal
from apps.notes import actions, queries, wording
from apps.notes.access import can_write_note, check_can_write_note, note_for
from apps.notes.forms import NoteForm, TextForm, TickForm
from apps.notes.models import Note
from apps.notes.refusals import SavedMeanwhile
from apps.notes.views.doors import note_in
from apps.rooms.access import can_post, check_can_post
from apps.rooms.models import TalkRoom
from apps.rooms.refusals import AnotherClient
from apps.rooms.views.doors import room_in


@require_safe
def notes(request: MemberRequest, slug: str, room_id: UUID) -> HttpResponse:
    """Those in use, or with `?show=archived` those that were put away."""
    room, archived = room_in(request, room_id), request.GET.get("show") == "archived"
    rows = queries.listed(request.member, room, archived=archived)
    context = {"room": room, "rows": rows, "archived": archived, "can_write": can_post(request.member, room)}
    return render(request, "notes/notes.html", context)


@require_http_methods(["GET", "POST"])
def new(request: MemberRequest, slug: str, room_id: UUID) -> HttpResponse:
    """A new note; GET with `?form=minutes` begins with the words of that form."""
    room = room_in(request, room_id)
    check_can_post(request.member, room)
    is_sent = request.method == "POST"
    form = NoteForm(request.POST if is_sent else None, initial=queries.beginning(request.GET.get("form", "")))
    note = kept(request, room, form, actions.begin_note, room=room) if is_sent and form.is_valid() else None
    if note is not None:
        return redirect("notes:note", slug, room.pk, note.number)
    context = {"room": room, "form": form, "beginnings": queries.BEGINNINGS}
    return render(request, "notes/edit.html", context, status=422 if form.errors else 200)


@require_safe
def note(request: MemberRequest, slug: str, room_id: UUID, note_number: int) -> HttpResponse:
    found = note_in(request, room_id, note_number)
    return render(request, "notes/note.html", page_of(request, found))


def page_of(request: MemberRequest, note: Note) -> dict[str, Any]:
    return {
        "note": note,
        "room": note.room,
        "version": note.newest,
        "blocks": wording.blocks(note.newest.body),
        "can_write": can_write_note(request.member, note),
        "can_keep": can_post(request.member, note.room),
        "tasks": queries.tasks_shown(note, request.names_shown),
    }


@require_http_methods(["GET", "POST"])
def text(request: MemberRequest, slug: str, room_id: UUID, note_number: int) -> HttpResponse:
    """Its next version, on top of the one that was read."""
    found = note_in(request, room_id, note_number)
    check_can_write_note(request.member, found)
    is_sent, newest = request.method == "POST", found.newest
    standing = {"title": newest.title, "body": newest.body, "version": newest.number}
    form = TextForm(request.POST if is_sent else None, initial=standing)
    if is_sent and form.is_valid() and kept(request, found.room, form, actions.save_note, note=found) is not None:
        return redirect("notes:note", slug, room_id, note_number)
    return render(request, "notes/edit.html", editing(found, form), status=422 if form.errors else 200)


def editing(note: Note, form: TextForm) -> dict[str, Any]:
    """The editor; of what somebody else has saved meanwhile, how it differs from the text that is being written."""
    context: dict[str, Any] = {"room": note.room, "note": note, "form": form}
    if form.other is not None:
        context["differing"] = queries.compared(form.other.body, str(form["body"].value() or "").replace("\r\n", "\n"))
    return context


def kept(request: MemberRequest, here: TalkRoom, form: NoteForm, deed: Callable[..., Any], **about: Any) -> Any:
    """What the deed makes; None where it is refused, with the sentence in the form and what was typed as it was."""
    told = form.told()
    asked = {name: told[name] for name in ("title", "body")} | {"is_sure": form.cleaned_data["is_sure"]}
    try:
        actions.check_belongs(room=here, by=request.member, **asked)
        return deed(by=request.member, **told, **about)
    except AnotherClient as refusal:
        form.ask(refusal)
    except SavedMeanwhile as refusal:
        assert isinstance(form, TextForm)
        form.compare(refusal)
    except Refusal as refusal:
        if refusal.status != 422:
            raise
        form.add_error("body", refusal.said)
    return None


@require_POST
def tick(request: MemberRequest, slug: str, room_id: UUID, note_number: int) -> HttpResponse:
    """A line is ticked, or is so no more; answers with the text as it stands now."""
    found, form = note_in(request, room_id, note_number), TickForm(request.POST)
    if not form.is_valid():
        raise Refusal(subject=found.room, client_id=found.room.client_id)
    actions.tick(note=found, by=request.member, **form.told())
    if not request.htmx:
        return redirect("notes:note", slug, room_id, note_number)
    return render(request, "notes/_text.html", page_of(request, note_for(request.member, room_id, note_number)))


@require_POST
def pin(request: MemberRequest, slug: str, room_id: UUID, note_number: int) -> HttpResponse:
    """At the head of the list, or with `off` where the others stand."""
    found = note_in(request, room_id, note_number)
    verb = actions.unpin_note if "off" in request.POST else actions.pin_note
    verb(note=found, by=request.member)
    return redirect("notes:note", slug, room_id, note_number)


@require_POST
def archive(request: MemberRequest, slug: str, room_id: UUID, note_number: int) -> HttpResponse:
    """Put away, or with `off` taken out again."""
    found = note_in(request, room_id, note_number)
    if "off" in request.POST:
        actions.restore_note(note=found, by=request.member)
        messages.success(request, _("The note is in use again."))
    else:
        actions.archive_note(note=found, by=request.member)
        messages.success(request, _("The note was archived. You can take it out again below."))
    return redirect("notes:note", slug, room_id, note_number)

"""What a note said before: its versions, one of them, two beside each other; and the way back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from apps.environments.requests import MemberRequest
from apps.kernel.numbers import whole_number
from apps.kernel.paging import paged
from apps.kernel.refusals import Refusal
from apps.notes import actions, queries, wording
from apps.notes.access import can_write_note, version_for
from apps.notes.forms import ReturnForm
from apps.notes.views.doors import note_in


@require_safe
def history(request: MemberRequest, slug: str, room_id: UUID, note_number: int) -> HttpResponse:
    """Every version, the newest first, with who saved it and why."""
    note = note_in(request, room_id, note_number)
    page = paged(queries.versions_of(note), request.GET.get("page"))
    return render(request, "notes/history.html", {"note": note, "room": note.room, "page": page})


@require_safe
def version(request: MemberRequest, slug: str, room_id: UUID, note_number: int, version_number: int) -> HttpResponse:
    """One version as it was read, and what had changed in it since another (`?since=`), or since the one before it."""
    note = note_in(request, room_id, note_number)
    found = version_for(note, version_number)
    since = whole_number(request.GET.get("since", "")) or max(found.number - 1, 1)
    before = version_for(note, since)
    context: dict[str, Any] = {"note": note, "room": note.room, "version": found, "before": before}
    context["blocks"] = wording.blocks(found.body)
    context["lines"] = queries.compared(f"{before.title}\n{before.body}", f"{found.title}\n{found.body}")
    context["can_write"] = can_write_note(request.member, note)
    return render(request, "notes/version.html", context)


@require_POST
def return_to(request: MemberRequest, slug: str, room_id: UUID, note_number: int, version_number: int) -> HttpResponse:
    """The note says again what this version said."""
    note = note_in(request, room_id, note_number)
    found, form = version_for(note, version_number), ReturnForm(request.POST)
    if not form.is_valid():
        raise Refusal(subject=note.room, client_id=note.room.client_id)
    actions.return_to(note=note, version=found, expected=form.cleaned_data["expected"], by=request.member)
    messages.success(request, _("The note says again what version %(number)s said.") % {"number": found.number})
    return redirect("notes:note", slug, room_id, note_number)

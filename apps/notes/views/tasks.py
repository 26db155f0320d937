"""Tasks of a note: a new one, who has it and until when, whether it is done; and one's own in all rooms."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.environments.requests import MemberRequest
from apps.kernel.paging import paged
from apps.kernel.refusals import Refusal
from apps.notes import actions, queries
from apps.notes.access import check_can_write_note, owner_for, task_for
from apps.notes.forms import NewTaskForm, StateForm, TaskForm
from apps.notes.models import Note, NoteTask
from apps.notes.views.doors import note_in
from apps.rooms.actions import check_room
from apps.rooms.refusals import AnotherClient


@require_http_methods(["GET", "POST"])
def new(request: MemberRequest, slug: str, room_id: UUID, note_number: int) -> HttpResponse:
    """What is to be done, by whom, until when."""
    note = note_in(request, room_id, note_number)
    check_can_write_note(request.member, note)
    people = queries.choices_of_owners(note, request.names_shown)
    form = NewTaskForm(request.POST if request.method == "POST" else None, people=people)
    if form.is_valid() and added(request, note, form):
        return redirect("notes:note", slug, room_id, note_number)
    context = {"note": note, "room": note.room, "form": form, "task": None}
    return render(request, "notes/task.html", context, status=422 if form.errors else 200)


def added(request: MemberRequest, note: Note, form: NewTaskForm) -> bool:
    told = form.cleaned_data
    try:
        check_room(room=note.room, message={"body": told["body"]}, is_sure=told["is_sure"], by=request.member)
        actions.add_task(note=note, text=told["body"], by=request.member, **chosen(note, form))
    except AnotherClient as refusal:
        form.ask(refusal)
        return False
    except Refusal as refusal:
        if refusal.status != 422:
            raise
        form.add_error("body", refusal.said)
        return False
    return True


def chosen(note: Note, form: TaskForm) -> dict[str, Any]:
    """Whom, and until when."""
    told = form.cleaned_data
    owner: Member | None = owner_for(note, UUID(told["owner"])) if told["owner"] else None
    return {"owner": owner, "due_on": told["due_on"]}


@require_http_methods(["GET", "POST"])
def task(request: MemberRequest, slug: str, room_id: UUID, note_number: int, task_number: int) -> HttpResponse:
    """Give it to somebody else, or another day."""
    note = note_in(request, room_id, note_number)
    check_can_write_note(request.member, note)
    found, people = task_for(note, task_number), queries.choices_of_owners(note, request.names_shown)
    standing = {"owner": str(found.owner_id or ""), "due_on": found.due_on}
    form = TaskForm(request.POST if request.method == "POST" else None, people=people, initial=standing)
    if form.is_valid():
        actions.change_task(task=found, by=request.member, **chosen(note, form))
        return redirect("notes:note", slug, room_id, note_number)
    context = {"note": note, "room": note.room, "form": form, "task": found}
    return render(request, "notes/task.html", context, status=422 if form.errors else 200)


@require_POST
def state(request: MemberRequest, slug: str, room_id: UUID, note_number: int, task_number: int) -> HttpResponse:
    """It is done, or is to be done still. Answers with the note's tasks, or leads back to where one came from."""
    note = note_in(request, room_id, note_number)
    found, form = task_for(note, task_number), StateForm(request.POST)
    if not form.is_valid():
        raise Refusal(subject=note.room, client_id=note.room.client_id)
    verb = actions.finish_task if form.cleaned_data["state"] == "done" else actions.reopen_task
    verb(task=found, by=request.member)
    if "own" in request.POST:
        return redirect("notes:own_tasks", slug)
    return redirect("notes:note", slug, room_id, note_number)


@require_safe
def own(request: MemberRequest, slug: str) -> HttpResponse:
    """What one has to do in all rooms, what is due first first."""
    page = paged(queries.own_tasks(request.member), request.GET.get("page"))
    note_look(request, list(page))
    return render(request, "notes/own_tasks.html", {"page": page, "tasks": queries.own_rows(page)})


def note_look(request: Any, tasks: list[NoteTask]) -> None:
    rooms = sorted({str(one.note.room_id) for one in tasks})
    audit.looked(verb="notes.tasks_listed", by=request.member, detail={"rooms": rooms})

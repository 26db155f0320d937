"""Tasks of a note: who has one, until when, who did it; nobody where its owner has left."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from apps.audit.models import Entry
from apps.environments.names import EVERYBODYS
from apps.kernel.refusals import NotHere
from apps.notes import actions, queries
from apps.notes.access import note_for, tasks_of
from apps.notes.models import NoteTask
from apps.notes.refusals import TaskUnsaid
from apps.notices.models import Notification
from apps.rooms.models import RoomMembership, RoomRole
from apps.rooms.refusals import RoomArchived
from tests import makers
from tests.notes.makers import make_note, make_task

BASE = "/e/sakuragawa-care/"
TODAY = timezone.localdate


@pytest.fixture
def note(cast):
    return note_for(cast.sato, cast.room.pk, make_note(cast.room, by=cast.sato).number)


def add(cast, note, text="主治医に電話する", owner="suzuki", due_on=None, by="sato"):
    owner = cast[owner] if owner else None
    return actions.add_task(note=note, text=text, owner=owner, due_on=due_on, by=cast[by])


def texts(rows):
    return [row.task.text for row in rows]


def test_a_task_is_given_finished_and_taken_back_and_says_by_whom(cast, note):
    task = add(cast, note)
    assert list(tasks_of(cast.suzuki)) == [task]

    actions.finish_task(task=task, by=cast.suzuki)
    actions.finish_task(task=task, by=cast.sato)

    done = NoteTask.objects.get()
    assert (done.done_by, done.is_done, list(tasks_of(cast.suzuki))) == (cast.suzuki, True, [])
    actions.reopen_task(task=task, by=cast.sato)
    assert NoteTask.objects.get().done_by is None


def test_whoever_is_given_a_task_is_told_and_not_who_takes_it_for_oneself(cast, note):
    task = add(cast, note)
    actions.change_task(task=task, owner=cast.sato, due_on=None, by=cast.sato)
    actions.change_task(task=task, owner=cast.suzuki, due_on=TODAY(), by=cast.sato)

    assert [told.receiver for told in Notification.objects.order_by("pk")] == [cast.suzuki, cast.suzuki]


@pytest.mark.parametrize("person", ["takahashi", "tanaka", "kobayashi"])
def test_a_task_is_given_to_nobody_who_is_not_in_the_room(cast, note, person):
    with pytest.raises(NotHere):
        add(cast, note, owner=person)
    with pytest.raises(NotHere):
        add(cast, note, owner=None, by=person)
    assert not NoteTask.objects.exists()


def test_a_task_is_given_to_nobody_to_whom_the_note_is_hidden(cast, note):
    RoomMembership.objects.filter(member=cast.suzuki).update(history_from=timezone.now() + timedelta(seconds=1))

    with pytest.raises(NotHere):
        add(cast, note)
    RoomMembership.objects.filter(member=cast.suzuki).update(history_from=note.begun_at)
    assert add(cast, note).owner == cast.suzuki


def test_in_announcements_a_task_is_given_to_nobody_who_only_reads(cast):
    room = makers.make_room(members=[cast.sato], title="お知らせ")
    type(room).objects.filter(pk=room.pk).update(kind="announcement")
    makers.make_membership(room, cast.suzuki, role=RoomRole.READER)
    makers.make_membership(room, cast.takahashi)
    note = note_for(cast.sato, room.pk, make_note(room, by=cast.sato).number)

    with pytest.raises(NotHere):
        add(cast, note, owner="suzuki")
    assert add(cast, note, owner="takahashi").owner == cast.takahashi


def test_when_its_owner_has_left_the_room_nobody_has_it(cast, note, browser_of):
    add(cast, note)
    assert [row.owner.id for row in queries.tasks_shown(note, EVERYBODYS)] == [cast.suzuki.pk]

    RoomMembership.objects.filter(member=cast.suzuki).update(valid_to=timezone.now())

    assert [row.owner for row in queries.tasks_shown(note, EVERYBODYS)] == [None]
    assert list(tasks_of(cast.suzuki)) == []
    page = browser_of(cast.sato).get(f"{BASE}rooms/{cast.room.pk}/notes/{note.number}/").content.decode()
    assert "担当者がいません" in page


def test_ones_own_tasks_are_those_of_rooms_and_notes_that_are_open_to_one(cast, note):
    make_task(note, by=cast.sato, owner=cast.suzuki)
    since = timezone.now() + timedelta(seconds=1)
    assert len(queries.own_tasks(cast.suzuki)) == 1

    actions.archive_note(note=note, by=cast.sato)
    assert not queries.own_tasks(cast.suzuki)

    actions.restore_note(note=note, by=cast.sato)
    RoomMembership.objects.filter(member=cast.suzuki).update(history_from=since)
    assert not queries.own_tasks(cast.suzuki)


def test_what_is_overdue_says_so_in_words_and_stands_first(cast, note, browser_of):
    today = TODAY()
    make_task(note, by=cast.sato, owner=cast.suzuki, text="いつでも")
    make_task(note, by=cast.sato, owner=cast.suzuki, text="今日", due_on=today)
    make_task(note, by=cast.sato, owner=cast.suzuki, text="遅れ", due_on=today - timedelta(days=2))

    rows = queries.own_rows(queries.own_tasks(cast.suzuki))
    assert texts(rows) == ["遅れ", "今日", "いつでも"]
    assert [row.is_overdue for row in rows] == [True, False, False]
    assert texts(queries.tasks_shown(note, EVERYBODYS)) == ["遅れ", "今日", "いつでも"]
    page = browser_of(cast.suzuki).get(f"{BASE}tasks/").content.decode()
    assert "2日超過" in page
    assert "本日まで" in page


def test_many_tasks_are_shown_a_page_at_a_time_and_none_is_left_out(cast, note, browser_of):
    made = [make_task(note, by=cast.sato, owner=cast.suzuki, text=f"仕事その{nth:03}") for nth in range(53)]
    browser = browser_of(cast.suzuki)

    pages = [browser.get(f"{BASE}tasks/?page={number}").content.decode() for number in (1, 2)]

    assert [sum(task.text in page for task in made) for page in pages] == [50, 3]
    assert not any(task.text in pages[0] and task.text in pages[1] for task in made)
    told = browser.get(f"/api/v1{BASE}tasks/").json()
    assert (told["count"], len(told["results"])) == (53, 53)


def test_nothing_is_added_to_an_archived_room_and_nothing_without_words(cast, note):
    with pytest.raises(TaskUnsaid):
        add(cast, note, text="　")
    task = add(cast, note)
    type(cast.room).objects.filter(pk=cast.room.pk).update(
        archived_at=timezone.now(), archived_by=cast.sato, archive_reason="終了"
    )

    with pytest.raises(RoomArchived):
        actions.finish_task(task=task, by=cast.suzuki)


def test_the_database_keeps_what_a_task_says(cast, note):
    task = make_task(note, by=cast.sato)

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        NoteTask.objects.update(text="別のこと")
    with pytest.raises(IntegrityError, match="a_finished_task_says_by_whom"), transaction.atomic():
        NoteTask.objects.update(done_at=timezone.now())
    with pytest.raises(IntegrityError, match="tasks_are_numbered_within_their_note"), transaction.atomic():
        NoteTask.objects.create(
            environment=cast.environment, note=note, number=task.number, text="二", made_by=cast.sato
        )


def test_every_deed_is_in_the_ledger_without_words(cast, note):
    task = add(cast, note, text="浮腫の相談")
    actions.change_task(task=task, owner=None, due_on=TODAY(), by=cast.sato)
    actions.finish_task(task=task, by=cast.sato)
    actions.reopen_task(task=task, by=cast.sato)

    entries = Entry.objects.filter(verb__startswith="notes.task").order_by("id")
    assert [one.verb for one in entries] == [
        f"notes.task_{verb}" for verb in ("added", "changed", "finished", "reopened")
    ]
    assert {one.client_id for one in entries} == {cast.hana.pk}
    assert not any("浮腫" in str(one.__dict__) for one in entries)


def test_a_page_adds_changes_and_finishes_a_task_without_a_script(cast, note, browser_of):
    browser, base = browser_of(cast.sato), f"{BASE}rooms/{cast.room.pk}/notes/{note.number}/tasks/"
    assert browser.post(base, {"body": ""}).status_code == 422

    added = browser.post(base, {"body": "電話", "owner": str(cast.suzuki.pk), "due_on": "2030-01-31"})
    changed = browser.post(f"{base}1/", {"owner": "", "due_on": ""})
    finished = browser.post(f"{base}1/state/", {"state": "done"})

    assert [added.status_code, changed.status_code, finished.status_code] == [302, 302, 302]
    task = NoteTask.objects.get()
    assert (task.owner, task.due_on, task.done_by) == (None, None, cast.sato)


def test_a_guest_is_told_no_name_of_an_owner_they_never_met(cast, note, browser_of):
    makers.make_seat(cast.hana, cast.matsumoto.organization)
    makers.make_consent(cast.hana, by=cast.sato, organizations=[cast.matsumoto.organization])
    makers.make_membership(cast.room, cast.matsumoto)
    task = make_task(note, by=cast.sato)
    NoteTask.objects.filter(pk=task.pk).update(done_at=timezone.now(), done_by=cast.takahashi)

    page = browser_of(cast.matsumoto).get(f"{BASE}rooms/{cast.room.pk}/notes/{note.number}/").content.decode()

    assert cast.takahashi.name not in page


def test_a_program_adds_changes_and_lists_tasks(cast, note, browser_of):
    browser, api = browser_of(cast.sato), f"/api/v1{BASE}rooms/{cast.room.pk}/notes/{note.number}/tasks/"
    how = {"content_type": "application/json"}

    made = browser.post(api, {"text": "電話", "owner": str(cast.suzuki.pk), "due_on": "2026-01-05"}, **how)
    own = browser_of(cast.suzuki).get(f"/api/v1{BASE}tasks/").json()
    done = browser.put(f"{api}1/", {"owner": None, "due_on": None, "is_done": True}, **how)

    assert (made.status_code, made.json()["owner"]["id"], made.json()["is_overdue"]) == (201, str(cast.suzuki.pk), True)
    assert [(one["note"], one["text"]) for one in own["results"]] == [(note.number, "電話")]
    assert (done.json()["is_done"], done.json()["owner"]) == (True, None)
    assert [one["is_done"] for one in browser.get(api).json()] == [True]

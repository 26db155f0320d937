"""Notes of a room: versions that stay, two who save at once, ticks that are merged, and no look before one's own time."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from apps.audit.models import Entry
from apps.kernel.refusals import IndividualNumber, NotAllowed, NotHere
from apps.notes import actions
from apps.notes.access import note_for, notes_readable_by, version_for
from apps.notes.models import Note, NoteVersion
from apps.notes.refusals import LineChanged, NoteArchived, NoteUntitled, SavedMeanwhile
from apps.rooms import actions as rooms
from apps.rooms.models import RoomMembership, RoomRole
from apps.rooms.refusals import AnotherClient, ReadersOnly, RoomArchived
from tests import makers
from tests.notes.makers import make_note

BASE = "/e/sakuragawa-care/"
LIST = "- [ ] 訪問\n- [ ] 電話\n- [ ] 訪問"


def begin(cast, body="明日は10時です。", title="予定", by="sato"):
    return actions.begin_note(room=cast.room, title=title, body=body, by=cast[by])


def save(cast, note, body, *, expected, by="suzuki", **more):
    return actions.save_note(note=note, expected=expected, title="予定", body=body, by=cast[by], **more)


def body_of(cast, note, by="sato"):
    return note_for(cast[by], note.room_id, note.number).newest.body


# -- versions


def test_every_save_is_a_version_and_what_was_saved_stays(cast):
    note = begin(cast)
    save(cast, note, "明日は11時です。", expected=1, reason="先生の都合")

    assert [(one.number, one.body, one.reason) for one in note.versions.order_by("number")] == [
        (1, "明日は10時です。", ""),
        (2, "明日は11時です。", "先生の都合"),
    ]
    for model in (NoteVersion, Note):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            model.objects.update(number=7)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        NoteVersion.objects.all().delete()


def test_what_says_the_same_is_no_version(cast):
    note = begin(cast)

    assert save(cast, note, "明日は10時です。", expected=1).number == 1


def test_of_two_who_save_at_once_the_second_is_told_and_nothing_is_lost(cast):
    note = begin(cast)
    save(cast, note, "鈴木の文", expected=1)

    with pytest.raises(SavedMeanwhile) as told:
        save(cast, note, "佐藤の文", expected=1, by="sato")

    assert told.value.newest.body == "鈴木の文"
    assert save(cast, note, "鈴木の文\n佐藤の文", expected=2, by="sato").number == 3


def test_the_database_keeps_two_from_saving_the_same_version(cast):
    note = begin(cast)
    told = {"environment": cast.environment, "note": note, "title": "予定", "written_by": cast.sato}

    with pytest.raises(IntegrityError, match="a_version_of_a_note_is_saved_once"), transaction.atomic():
        NoteVersion.objects.create(number=1, **told)


def test_going_back_is_a_version_of_its_own(cast):
    note = begin(cast)
    save(cast, note, "まちがい", expected=1)

    actions.return_to(note=note, version=version_for(note, 1), expected=2, by=cast.sato)

    newest = note_for(cast.sato, cast.room.pk, note.number).newest
    assert (newest.number, newest.kind, newest.returned_to, newest.body) == (3, "returned", 1, "明日は10時です。")
    with pytest.raises(SavedMeanwhile):
        actions.return_to(note=note, version=version_for(note, 1), expected=2, by=cast.sato)


# -- ticks


def test_a_tick_is_a_version_of_whoever_ticked_and_two_ticks_are_merged(cast):
    note = begin(cast, LIST)
    actions.tick(note=note, seen=1, item=2, is_done=True, by=cast.suzuki)

    # What was on the screen was still the first version.
    actions.tick(note=note, seen=1, item=3, is_done=True, by=cast.sato)

    assert body_of(cast, note) == "- [ ] 訪問\n- [x] 電話\n- [x] 訪問"
    told = note.versions.order_by("number").values_list("kind", "written_by")
    assert list(told) == [("written", cast.sato.pk), ("ticked", cast.suzuki.pk), ("ticked", cast.sato.pk)]


def test_a_tick_finds_its_line_among_lines_that_were_added(cast):
    note = begin(cast, LIST)
    save(cast, note, f"# 今週\n- [ ] 会議\n{LIST}", expected=1)

    actions.tick(note=note, seen=1, item=2, is_done=True, by=cast.sato)

    assert body_of(cast, note) == "# 今週\n- [ ] 会議\n- [ ] 訪問\n- [x] 電話\n- [ ] 訪問"


@pytest.mark.parametrize("changed", ["- [ ] 訪問\n- [ ] 電話とFAX\n- [ ] 訪問", "ありません"])
def test_a_line_that_was_changed_meanwhile_is_not_ticked(cast, changed):
    note = begin(cast, LIST)
    save(cast, note, changed, expected=1)

    with pytest.raises(LineChanged):
        actions.tick(note=note, seen=1, item=2, is_done=True, by=cast.sato)
    assert body_of(cast, note) == changed


def test_what_is_ticked_already_makes_no_version(cast):
    note = begin(cast, LIST)
    for _again in range(2):
        actions.tick(note=note, seen=1, item=2, is_done=True, by=cast.sato)

    assert note.versions.count() == 2


# -- who may


@pytest.mark.parametrize("person", ["takahashi", "tanaka", "ito", "ishii", "kobayashi", "matsumoto"])
def test_who_is_not_in_the_room_finds_no_note(cast, person):
    note = begin(cast)

    with pytest.raises(NotHere):
        note_for(cast[person], cast.room.pk, note.number)
    with pytest.raises(NotHere):
        begin(cast, by=person)


def test_in_announcements_readers_read_and_writers_write(cast):
    room = makers.make_room(members=[cast.sato], title="お知らせ")
    type(room).objects.filter(pk=room.pk).update(kind="announcement")
    makers.make_membership(room, cast.suzuki, role=RoomRole.READER)
    note = actions.begin_note(room=room, title="予定", body=LIST, by=cast.sato)

    assert note_for(cast.suzuki, room.pk, note.number).newest.body == LIST
    with pytest.raises(ReadersOnly):
        actions.tick(note=note, seen=1, item=1, is_done=True, by=cast.suzuki)
    with pytest.raises(ReadersOnly):
        actions.archive_note(note=note, by=cast.suzuki)


def test_in_an_archived_room_notes_are_read_only(cast):
    note = begin(cast, LIST)
    rooms.archive_room(room=cast.room, reason="支援の終了", by=cast.sato)

    assert body_of(cast, note) == LIST
    for deed in (
        lambda: begin(cast),
        lambda: save(cast, note, "あ", expected=1),
        lambda: actions.tick(note=note, seen=1, item=1, is_done=True, by=cast.sato),
        lambda: actions.pin_note(note=note, by=cast.sato),
        lambda: actions.archive_note(note=note, by=cast.sato),
    ):
        with pytest.raises(RoomArchived):
            deed()


def test_a_legal_exception_reads_and_writes_nothing(cast):
    note = begin(cast)
    makers.make_exception(cast.hana, by=cast.takahashi)

    assert body_of(cast, note, by="takahashi") == "明日は10時です。"
    with pytest.raises(NotAllowed):
        save(cast, note, "あ", expected=1, by="takahashi")


def test_nothing_of_a_note_that_was_begun_before_ones_time_is_shown_whoever_changes_it_since(cast):
    since = timezone.now() - timedelta(days=1)
    old = make_note(cast.room, by=cast.sato, body=LIST, at=since - timedelta(seconds=1))
    new = make_note(cast.room, by=cast.sato, at=since)
    RoomMembership.objects.filter(member=cast.suzuki).update(history_from=since)
    # A tick of somebody else repeats every word of it today.
    actions.tick(note=old, seen=1, item=1, is_done=True, by=cast.sato)

    assert list(notes_readable_by(cast.suzuki, cast.room)) == [new]
    with pytest.raises(NotHere):
        note_for(cast.suzuki, cast.room.pk, old.number)
    with pytest.raises(NotHere):
        actions.archive_note(note=old, by=cast.suzuki)
    assert set(notes_readable_by(cast.sato, cast.room)) == {old, new}


# -- what may be written


def test_a_note_without_a_title_or_with_an_individual_number_is_refused(cast):
    with pytest.raises(NoteUntitled):
        begin(cast, title="　")
    with pytest.raises(IndividualNumber):
        begin(cast, "番号は 1234-5678-9018 です。")
    assert not Note.objects.exists()


def test_a_text_that_names_another_client_is_asked_about_first(cast):
    makers.make_client(
        cast.environment, seats=[cast.hidamari], division=cast.city, name="渡部 キヨ", kana="わたなべ きよ"
    )
    other = type(cast.hana).objects.get(name="渡部 キヨ")
    makers.make_consent(other, by=cast.sato, organizations=[cast.hidamari])
    about = {"room": cast.room, "title": "予定", "body": "渡部キヨ様の訪問は10時です。", "by": cast.sato}

    with pytest.raises(AnotherClient):
        actions.check_belongs(is_sure=False, **about)
    actions.check_belongs(is_sure=True, **about)

    verbs = Entry.objects.filter(verb__startswith="rooms.doubt").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["rooms.doubted", "rooms.doubt_overruled"]


# -- pins and the archive


def test_pinned_notes_stand_first_and_what_was_changed_last_next(cast, browser_of):
    first, second, third = (begin(cast, title=title) for title in ("一", "二", "三"))
    actions.save_note(note=first, expected=1, title="一", body="変更", by=cast.sato)
    actions.pin_note(note=second, by=cast.suzuki)

    told = browser_of(cast.sato).get(f"/api/v1{BASE}rooms/{cast.room.pk}/notes/").json()

    assert [one["number"] for one in told] == [second.number, first.number, third.number]


def test_an_archived_note_is_read_not_changed_and_taken_out_again(cast):
    note = begin(cast)
    actions.pin_note(note=note, by=cast.sato)
    actions.archive_note(note=note, by=cast.suzuki)

    assert body_of(cast, note) == "明日は10時です。"
    with pytest.raises(NoteArchived):
        save(cast, note, "あ", expected=1)
    actions.restore_note(note=note, by=cast.sato)
    assert save(cast, note, "あ", expected=1).number == 2


# -- the ledger


def test_every_deed_and_every_look_is_in_the_ledger_without_words(cast, browser_of):
    note = begin(cast, LIST)
    save(cast, note, f"{LIST}\n浮腫", expected=1)
    actions.tick(note=note, seen=2, item=1, is_done=True, by=cast.sato)
    actions.return_to(note=note, version=version_for(note, 1), expected=3, by=cast.sato)
    actions.pin_note(note=note, by=cast.sato)
    actions.unpin_note(note=note, by=cast.sato)
    actions.archive_note(note=note, by=cast.sato)
    actions.restore_note(note=note, by=cast.sato)
    assert browser_of(cast.sato).get(f"{BASE}rooms/{cast.room.pk}/notes/{note.number}/").status_code == 200

    entries = list(Entry.objects.filter(verb__startswith="notes.").order_by("id"))
    verbs = ["begun", "written", "ticked", "returned", "pinned", "unpinned", "archived", "restored", "opened"]
    assert [entry.verb for entry in entries] == [f"notes.{verb}" for verb in verbs]
    assert {entry.client_id for entry in entries} == {cast.hana.pk}
    assert not any("浮腫" in str(entry.__dict__) or "予定" in str(entry.__dict__) for entry in entries)


def test_a_look_at_a_note_of_a_theme_room_is_in_the_ledger_too(cast, browser_of):
    room = makers.make_room(members=[cast.sato])
    note = make_note(room, by=cast.sato)

    browser_of(cast.sato).get(f"{BASE}rooms/{room.pk}/notes/{note.number}/")

    assert Entry.objects.filter(verb="notes.opened", subject_id=str(note.pk)).exists()

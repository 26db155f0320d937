"""A message is edited with what it said before kept to be read, and removed so that its place stays and nothing else."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, ProgrammingError, transaction
from django.utils import timezone

from apps.audit.models import Entry
from apps.kernel.refusals import IndividualNumber, NotAllowed, NotHere
from apps.rooms import actions
from apps.rooms.access import message_for
from apps.rooms.models import Message, MessageVersion
from apps.rooms.refusals import AlreadyRemoved, NothingWritten, RoomArchived
from tests import makers
from tests.saying import say

URL = "/e/sakuragawa-care/rooms/"


@pytest.fixture
def said(cast):
    """sato has written one message in hana's room."""
    say(cast.room, cast.sato, "血圧 130/80")
    return message_for(cast.sato, cast.room.pk, 1)


def edit(cast, said, body="血圧 138/80", by="sato"):
    return actions.edit(message=said, body=body, by=cast[by])


def remove(cast, said, by="sato"):
    return actions.remove_message(message=said, by=cast[by])


def address(cast, rest="", number=1):
    return f"{URL}{cast.room.pk}/messages/{number}/{rest}"


# -- the deeds


def test_an_edited_message_says_when_and_what_it_said_before_is_kept(cast, said):
    edit(cast, said)
    edit(cast, said, "血圧 138/82")

    now = Message.objects.get()
    assert (now.body, now.number) == ("血圧 138/82", 1)
    assert now.edited_at is not None
    assert [one.body for one in now.versions.all()] == ["血圧 130/80", "血圧 138/80"]


def test_changes_of_a_room_are_numbered_one_after_the_other(cast, said):
    say(cast.room, cast.suzuki)

    assert edit(cast, said).change == 1
    assert remove(cast, message_for(cast.suzuki, cast.room.pk, 2), by="suzuki").change == 2
    assert edit(cast, said, "三度目").change == 3


def test_the_same_words_change_nothing(cast, said):
    edit(cast, said, "  血圧 130/80 ")

    assert Message.objects.get().edited_at is None
    assert not Entry.objects.filter(verb="rooms.edited").exists()


def test_a_removed_message_keeps_its_place_and_says_nothing(cast, said):
    remove(cast, said)

    now = Message.objects.get()
    assert (now.number, now.body, now.removed_by_id) == (1, "", cast.sato.pk)
    assert [one.body for one in MessageVersion.objects.all()] == ["血圧 130/80"]


@pytest.mark.parametrize(("deed", "verb"), [(edit, "rooms.edited"), (remove, "rooms.message_removed")])
def test_a_change_and_its_ledger_entry_are_written_together_without_words(cast, said, deed, verb):
    deed(cast, said)

    entry = Entry.objects.get(verb=verb)
    assert (entry.member_id, entry.client_id, entry.detail) == (cast.sato.pk, cast.hana.pk, {"number": 1})
    assert "血圧" not in str(entry.__dict__)


@pytest.mark.parametrize("deed", [edit, remove])
def test_nobody_changes_what_another_has_written(cast, said, deed):
    with pytest.raises(NotAllowed):
        deed(cast, said, by="suzuki")
    with pytest.raises(NotHere):
        deed(cast, said, by="takahashi")

    assert deed(cast, said).change == 1


def test_an_owner_removes_in_a_theme_room_and_does_not_edit(cast):
    room = makers.make_room(members=[cast.sato, cast.suzuki], title="勉強会")
    say(room, cast.suzuki)
    theirs = message_for(cast.sato, room.pk, 1)

    with pytest.raises(NotAllowed):
        edit(cast, theirs)
    assert remove(cast, theirs).removed_by == cast.sato


@pytest.mark.parametrize("deed", [edit, remove])
def test_a_removed_message_stays_removed(cast, said, deed):
    remove(cast, said)

    with pytest.raises(AlreadyRemoved):
        deed(cast, said)


@pytest.mark.parametrize("deed", [edit, remove])
def test_nothing_is_changed_in_an_archived_room(cast, said, deed):
    actions.archive_room(room=cast.room, reason="支援の終了", by=cast.sato)

    with pytest.raises(RoomArchived):
        deed(cast, said)


@pytest.mark.parametrize(("body", "why"), [("  ", NothingWritten), ("番号は123456789018です", IndividualNumber)])
def test_what_could_not_be_posted_cannot_be_edited_in(cast, said, body, why):
    with pytest.raises(why):
        edit(cast, said, body)

    assert Message.objects.get().body == "血圧 130/80"


# -- what the database keeps


@pytest.mark.parametrize(
    "change",
    [{"body": "別の"}, {"body": ""}, {"removed_at": timezone.now()}, {"number": 7}, {"posted_at": timezone.now()}],
    ids=["no-time", "emptied", "removed-by-nobody", "another-number", "another-day"],
)
def test_a_message_is_not_changed_past_its_versions(cast, said, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        Message.objects.filter(pk=said.pk).update(**change)

    assert Message.objects.get().body == "血圧 130/80"


def test_what_a_message_said_before_cannot_be_changed_or_taken_away(cast, said):
    edit(cast, said)

    for deed in (lambda: MessageVersion.objects.update(body=""), lambda: MessageVersion.objects.all().delete()):
        with pytest.raises(ProgrammingError), transaction.atomic():
            deed()


# -- the pages


def test_the_room_shows_that_a_message_was_edited_and_what_was_removed_is_gone(cast, said, browser_of):
    say(cast.room, cast.sato, "消す文")
    edit(cast, said)
    remove(cast, message_for(cast.sato, cast.room.pk, 2))

    page = browser_of(cast.suzuki).get(f"{URL}{cast.room.pk}/").content.decode()

    assert "血圧 138/80" in page
    assert "編集済み" in page
    assert "血圧 130/80" not in page
    assert "消す文" not in page
    assert "data-removed" in page


def test_what_it_said_before_is_read_by_whoever_reads_the_message_and_not_once_it_is_removed(cast, said, browser_of):
    edit(cast, said)
    reader = browser_of(cast.suzuki)
    assert "血圧 130/80" in reader.get(address(cast)).content.decode()

    remove(cast, said)

    page = reader.get(address(cast)).content.decode()
    assert "血圧" not in page
    assert reader.get(f"/api/v1{address(cast)}").json()["versions"] == []


def test_a_message_from_before_ones_time_is_missing_with_all_it_said(cast, said):
    newcomer = makers.make_member(cast.hidamari)
    makers.make_membership(cast.room, newcomer, history_from=timezone.now())
    say(cast.room, cast.sato)

    with pytest.raises(NotHere):
        message_for(newcomer, cast.room.pk, 1)
    assert message_for(newcomer, cast.room.pk, 2).number == 2


def test_a_message_is_edited_and_removed_without_a_script(cast, said, browser_of):
    browser = browser_of(cast.sato)

    answer = browser.post(address(cast, "text/"), {"body": "血圧 138/80"})
    assert (answer.status_code, answer["Location"]) == (302, f"{URL}{cast.room.pk}/#message-1")
    assert browser.post(address(cast, "removal/")).status_code == 302

    assert Message.objects.get().is_removed


def test_an_edit_that_is_refused_comes_back_with_its_sentence_and_what_was_typed(cast, said, browser_of):
    answer = browser_of(cast.sato).post(address(cast, "text/"), {"body": "番号は123456789018です"})

    assert answer.status_code == 422
    assert "番号は123456789018です" in answer.content.decode()
    assert "aria-invalid" in answer.content.decode()


def test_the_sheet_over_a_room_closes_when_the_deed_is_done(cast, said, browser_of):
    answer = browser_of(cast.sato).post(address(cast, "removal/"), headers={"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Trigger"]) == (204, "message-done")


# -- catching up


def test_a_screen_that_was_away_asks_what_was_changed(cast, said, browser_of):
    for _ in range(2):
        say(cast.room, cast.sato)
    reader = browser_of(cast.suzuki)
    messages = f"{URL}{cast.room.pk}/messages/"
    assert 'data-change="0"' in reader.get(f"{URL}{cast.room.pk}/").content.decode()
    edit(cast, said)
    remove(cast, message_for(cast.sato, cast.room.pk, 2))

    answer = reader.get(f"{messages}?after=3&changed_after=0")
    page = answer.content.decode()
    assert ("血圧 138/80" in page, 'id="message-2"' in page, 'id="message-3"' in page) == (True, True, False)
    assert answer["X-Carenet-Change"] == "2"
    assert 'id="message-1"' not in reader.get(f"{messages}?after=3&changed_after=1").content.decode()
    assert reader.get(f"{messages}?after=3&changed_after=2").status_code == 204


def test_a_program_reads_edits_and_removes_and_catches_up(cast, said, browser_of):
    browser = browser_of(cast.sato)
    api = f"/api/v1{address(cast)}"

    edited = browser.patch(api, {"body": "血圧 138/80"}, content_type="application/json").json()
    assert (edited["body"], [one["body"] for one in edited["versions"]]) == ("血圧 138/80", ["血圧 130/80"])
    found = browser.get(f"/api/v1{URL}{cast.room.pk}/messages/?after=1&changed_after=0").json()
    assert ([one["body"] for one in found["changed"]], found["messages"], found["change"]) == (["血圧 138/80"], [], 1)
    assert browser.delete(api).status_code == 204
    assert browser.get(api).json()["removed_at"] is not None


def test_changes_page_by_page_miss_none(cast, browser_of, monkeypatch):
    monkeypatch.setattr("apps.rooms.queries.PAGE", 2)
    monkeypatch.setattr("apps.rooms.queries.messages.PAGE", 2)
    for nth in range(5):
        actions.post(room=cast.room, body=f"第{nth}信", client_key=uuid4(), by=cast.sato)
        edit(cast, message_for(cast.sato, cast.room.pk, nth + 1), f"改{nth}信")
    reader, since, heard = browser_of(cast.suzuki), 0, []

    while True:
        found = reader.get(f"/api/v1{URL}{cast.room.pk}/messages/?after=5&changed_after={since}").json()
        since = found["change"]
        heard += [one["body"] for one in found["changed"]]
        if not found["changed"]:
            break

    assert heard == [f"改{nth}信" for nth in range(5)]

"""What one has still to do for a message stands until it is done, however far one has read; nobody else sees it."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.audit.models import Entry
from apps.kernel.refusals import NotHere
from apps.rooms import actions, queries
from apps.rooms.access import message_for
from apps.rooms.models import MarkKind, MessageMark, RoomMembership
from apps.rooms.queries import Show
from tests import makers
from tests.saying import say

URL = "/e/sakuragawa-care/rooms/"


@pytest.fixture
def said(cast):
    """suzuki has asked for something in hana's room."""
    say(cast.room, cast.suzuki, "指示書を送ってください。")
    return message_for(cast.sato, cast.room.pk, 1)


def mark(cast, said, kind=MarkKind.TO_DO, by="sato"):
    return actions.mark_message(message=said, kind=kind, by=cast[by])


def shown(cast, kind=MarkKind.TO_DO, by="sato"):
    return [(one.message.number, one.mark.done_at is not None) for one in queries.marks_shown(cast[by], kind)]


def rooms_to_do(cast, by="sato"):
    return [(room.pk, room.todo) for room in queries.room_rows(cast[by], Show.TO_DO)]


def test_what_is_to_do_survives_reading_and_ends_when_it_is_done(cast, said):
    mark(cast, said)
    actions.read_up_to(room=cast.room, number=1, by=cast.sato)
    assert rooms_to_do(cast) == [(cast.room.pk, 1)]
    assert shown(cast) == [(1, False)]

    actions.finish(message=said, by=cast.sato)

    assert rooms_to_do(cast) == []
    assert shown(cast) == [(1, True)]


def test_what_was_done_can_be_open_again_and_a_mark_taken_away_is_gone(cast, said):
    mark(cast, said)
    actions.finish(message=said, by=cast.sato)
    mark(cast, said)
    assert shown(cast) == [(1, False)]

    actions.unmark_message(message=said, kind=MarkKind.TO_DO, by=cast.sato)

    assert shown(cast) == []


@pytest.mark.parametrize("kind", list(MarkKind))
def test_nobody_else_sees_a_mark(cast, said, browser_of, kind):
    mark(cast, said, kind)

    assert (shown(cast, kind), shown(cast, kind, by="suzuki")) == ([(1, False)], [])
    assert rooms_to_do(cast, by="suzuki") == []
    attribute = f"data-{kind}>"
    assert attribute in browser_of(cast.sato).get(f"{URL}{cast.room.pk}/").content.decode()
    assert attribute not in browser_of(cast.suzuki).get(f"{URL}{cast.room.pk}/").content.decode()


def test_a_mark_is_in_the_ledger_without_words(cast, said):
    mark(cast, said)
    mark(cast, said)

    entry = Entry.objects.get(verb="rooms.message_marked")
    assert (entry.member_id, entry.client_id, entry.detail) == (
        cast.sato.pk,
        cast.hana.pk,
        {"number": 1, "kind": "todo"},
    )


def test_whoever_does_not_read_a_message_does_not_mark_it(cast, said):
    with pytest.raises(NotHere):
        mark(cast, said, by="takahashi")


def test_what_one_reads_no_more_is_not_among_what_one_marked(cast, said):
    mark(cast, said)
    say(cast.room, cast.suzuki)
    mark(cast, message_for(cast.sato, cast.room.pk, 2))
    second = cast.room.messages.get(number=2)
    RoomMembership.objects.filter(member=cast.sato).update(history_from=second.posted_at)
    assert (shown(cast), rooms_to_do(cast)) == ([(2, False)], [(cast.room.pk, 1)])

    actions.remove(member=cast.sato, room=cast.room, by=cast.suzuki)

    assert (shown(cast), rooms_to_do(cast)) == ([], [])


def test_only_what_is_to_do_can_be_done(cast, said):
    bookmark = mark(cast, said, MarkKind.BOOKMARK)

    with pytest.raises(IntegrityError), transaction.atomic():
        MessageMark.objects.filter(pk=bookmark.pk).update(done_at=timezone.now())


def test_a_message_is_marked_done_and_forgotten_without_a_script(cast, said, browser_of):
    browser, address = browser_of(cast.sato), f"{URL}{cast.room.pk}/messages/1/mark/"
    browser.post(address, {"kind": "todo", "state": "on"})
    assert "指示書を送ってください。" in browser.get(f"{URL}to-do/").content.decode()
    assert str(cast.room.pk) in browser.get(f"{URL}?show=todo").content.decode()

    answer = browser.post(address, {"kind": "todo", "state": "done", "back": "1"})
    assert answer["Location"] == f"{URL}to-do/"
    assert MessageMark.objects.get().done_at is not None
    browser.post(address, {"kind": "todo", "state": "off"})
    assert not MessageMark.objects.exists()


def test_the_sheet_is_told_how_the_message_is_marked_now(cast, said, browser_of):
    address = f"{URL}{cast.room.pk}/messages/1/mark/"

    answer = browser_of(cast.sato).post(address, {"kind": "bookmark", "state": "on"}, headers={"HX-Request": "true"})

    assert answer.status_code == 204
    assert answer["HX-Trigger"] == '{"message-done": {"number": 1, "marks": ["bookmark"]}}'


def test_a_program_marks_and_lists(cast, said, browser_of):
    browser, api = browser_of(cast.sato), f"/api/v1{URL}"
    todo = f"{api}{cast.room.pk}/messages/1/to-do/"
    assert browser.put(todo, {}, content_type="application/json").status_code == 204
    assert browser.get(f"{api}?show=todo").json()[0]["todo"] == 1

    assert browser.put(todo, {"is_done": True}, content_type="application/json").status_code == 204

    [found] = browser.get(f"{api}to-do/").json()["results"]
    assert (found["message"]["body"], found["done_at"] is not None) == ("指示書を送ってください。", True)
    browser.put(f"{api}{cast.room.pk}/messages/1/bookmark/")
    assert browser.get(f"{api}bookmarks/").json()["count"] == 1


def test_many_marks_are_as_many_questions_as_one(cast, said):
    def questions():
        with CaptureQueriesContext(connection) as asked:
            queries.marks_shown(cast.sato, MarkKind.TO_DO)
            queries.room_rows(cast.sato, Show.TO_DO)
        return len(asked)

    mark(cast, said)
    questions()
    before = questions()
    for nth in range(3):
        room = makers.make_room(members=[cast.sato, cast.suzuki], title=f"勉強会 {nth}")
        say(room, cast.suzuki)
        mark(cast, message_for(cast.sato, room.pk, 1))

    assert questions() <= before + 1
    assert len(shown(cast)) == 4

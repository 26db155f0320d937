"""Seen: by how many others a message was on a screen, told to whom the environment says, and never at what time."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.audit.models import Entry
from apps.rooms import actions, queries
from apps.rooms.access import message_for
from apps.rooms.models import ReadMark, RoomKind, RoomLimits, RoomMembership
from tests import makers
from tests.saying import say

URL = "/e/sakuragawa-care/rooms/"


@pytest.fixture
def said(cast):
    """sato has written in hana's room, in which tanaka is too."""
    makers.make_membership(cast.room, cast.tanaka)
    say(cast.room, cast.sato, "明日は午後に伺います。")
    return cast.room


def read(cast, *people, number=1):
    for person in people:
        actions.read_up_to(room=cast.room, number=number, by=cast[person])


def show(cast, to):
    actions.set_limits(members_per_room=500, rooms_per_person=500, seen_shown_to=to, by=cast.ito)


def counts(cast, person):
    return queries.seen_on(cast[person], cast.room, list(cast.room.messages.order_by("number")))


def people(cast, number=1):
    found = queries.who_saw(cast.sato, message_for(cast.sato, cast.room.pk, number))
    return [one.name for one in found.seen], [one.name for one in found.unseen]


def test_the_sender_is_told_how_many_others_have_seen_it_and_who(cast, said):
    read(cast, "sato")
    assert (counts(cast, "sato"), people(cast)) == ({}, ([], ["鈴木 一郎", cast.tanaka.name]))

    read(cast, "suzuki")

    assert counts(cast, "sato") == {1: 1}
    assert people(cast) == (["鈴木 一郎"], [cast.tanaka.name])


def test_being_in_the_room_and_opening_its_page_is_not_seeing(cast, said, browser_of):
    browser_of(cast.suzuki).get(f"{URL}{cast.room.pk}/")

    assert counts(cast, "sato") == {}


@pytest.mark.parametrize(
    ("to", "told"),
    [
        ("sender", {"sato": {1: 1}, "suzuki": {}}),
        ("readers", {"sato": {1: 1}, "suzuki": {1: 1}}),
        ("nobody", {"sato": {}}),
    ],
)
def test_the_environment_says_who_is_told(cast, said, to, told):
    read(cast, "suzuki")
    show(cast, to)

    assert {person: counts(cast, person) for person in told} == told
    assert Entry.objects.filter(verb="rooms.limits_set").latest("pk").detail["seen_shown_to"] == to


@pytest.mark.parametrize(("to", "status"), [("sender", 403), ("readers", 200), ("nobody", 403)])
def test_who_is_not_told_by_how_many_is_not_told_by_whom(cast, said, browser_of, to, status):
    show(cast, to)

    for address in (f"{URL}{cast.room.pk}/messages/1/seen/", f"/api/v1{URL}{cast.room.pk}/messages/1/seen/"):
        assert browser_of(cast.suzuki).get(address).status_code == status


def test_limits_that_say_nothing_of_seeing_leave_it_as_it_is(cast, said):
    show(cast, "nobody")

    actions.set_limits(members_per_room=10, rooms_per_person=10, by=cast.ito)

    assert RoomLimits.objects.get().seen_shown_to == "nobody"


def test_seeing_is_told_to_somebody_that_there_is(cast, said):
    show(cast, "nobody")

    with pytest.raises(IntegrityError), transaction.atomic():
        RoomLimits.objects.update(seen_shown_to="all")


def test_nobody_counts_to_whom_the_message_is_not_shown(cast, said):
    read(cast, "suzuki", "tanaka")
    say(cast.room, cast.sato, "変更しました。")
    read(cast, "tanaka", number=2)
    second = cast.room.messages.get(number=2)
    RoomMembership.objects.filter(member=cast.tanaka).update(history_from=second.posted_at)

    assert counts(cast, "sato") == {1: 1, 2: 1}
    assert people(cast) == (["鈴木 一郎"], [])


def test_whoever_has_left_counts_no_more(cast, said):
    read(cast, "suzuki", "tanaka")
    assert counts(cast, "sato") == {1: 2}

    actions.remove(member=cast.suzuki, room=cast.room, by=cast.sato)

    assert (counts(cast, "sato"), people(cast)) == ({1: 1}, ([cast.tanaka.name], []))


def test_of_a_removed_message_nobody_is_told(cast, said):
    read(cast, "suzuki")
    actions.remove_message(message=message_for(cast.sato, cast.room.pk, 1), by=cast.sato)

    assert counts(cast, "sato") == {}


def test_a_guest_learns_no_name_that_they_do_not_know(cast, browser_of):
    """Whoever only reads announcements is met by nobody."""
    told = {
        "kind": RoomKind.ANNOUNCEMENT,
        "title": "福祉用具のお知らせ",
        "purpose": "",
        "classification": "office_matter",
    }
    room = actions.open_room(members=[cast.matsumoto, cast.sato], by=cast.suzuki, **told)
    actions.give_role(member=cast.matsumoto, room=room, role="writer", by=cast.suzuki)
    say(room, cast.matsumoto, "納品は金曜です。")
    actions.read_up_to(room=room, number=1, by=cast.suzuki)

    page = browser_of(cast.matsumoto).get(f"{URL}{room.pk}/messages/1/seen/").content.decode()

    assert "鈴木 一郎" in page
    assert "佐藤 花子" not in page


def test_the_page_says_it_without_a_script_and_names_no_time(cast, said, browser_of):
    read(cast, "suzuki")
    browser = browser_of(cast.sato)
    assert "既読 1" in browser.get(f"{URL}{cast.room.pk}/").content.decode()
    assert "既読 1 / 2人" in browser.get(f"{URL}{cast.room.pk}/messages/1/").content.decode()

    page = browser.get(f"{URL}{cast.room.pk}/messages/1/seen/").content.decode()

    assert "鈴木 一郎" in page
    assert "<time" not in page.partition("<main")[2]
    assert "既読 1" not in browser_of(cast.suzuki).get(f"{URL}{cast.room.pk}/").content.decode()


def test_a_program_is_told_who_and_not_when(cast, said, browser_of):
    read(cast, "suzuki")

    told = browser_of(cast.sato).get(f"/api/v1{URL}{cast.room.pk}/messages/1/seen/").json()

    assert [one["name"] for one in told["seen"]] == ["鈴木 一郎"]
    assert [sorted(one) for one in told["unseen"]] == [["id", "known_as", "name", "organization"]]


def test_a_removed_message_is_unread_no_more(cast, said):
    [room] = [one for one in queries.room_rows(cast.suzuki) if one.pk == cast.room.pk]
    assert (room.unread, queries.unread_rooms_count(cast.suzuki)) == (1, 1)

    actions.remove_message(message=message_for(cast.sato, cast.room.pk, 1), by=cast.sato)

    [room] = [one for one in queries.room_rows(cast.suzuki) if one.pk == cast.room.pk]
    assert (room.unread, queries.unread_rooms_count(cast.suzuki)) == (0, 0)


def test_many_messages_and_readers_are_as_many_questions_as_one(cast, said):
    def questions():
        with CaptureQueriesContext(connection) as asked:
            counts(cast, "sato")
        return len(asked)

    questions()
    before = questions()
    for nth in range(4):
        say(cast.room, cast.sato, f"連絡 {nth}")
    read(cast, "suzuki", "tanaka", number=5)

    assert questions() == before
    assert ReadMark.objects.count() == 2

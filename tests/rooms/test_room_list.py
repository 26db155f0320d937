"""The room list: pinned first, then unread; searched by what people call a room; as quick with 300 rooms as with few."""

import json

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from rest_framework.renderers import JSONRenderer
from rest_framework.serializers import ModelSerializer

from apps.audit.models import Entry
from apps.environments.names import names_shown_to
from apps.rooms import actions
from apps.rooms.api.serializers import RoomSerializer
from apps.rooms.models import RoomPin
from apps.rooms.queries import Show, room_rows, rooms_found
from tests import makers
from tests.saying import say

URL = "/e/sakuragawa-care/rooms/"
API = f"/api/v1{URL}"


@pytest.fixture
def rooms(cast):
    """Read and old, read and newer, unread."""
    made = [makers.make_room(members=[cast.sato, cast.suzuki], title=title) for title in ("月例会", "研修会", "連絡会")]
    for room in made[:2]:
        say(room, cast.sato)
    say(made[2], cast.suzuki)
    return made


def test_pinned_rooms_stand_before_unread_ones_for_who_pinned_them(cast, rooms, browser_of):
    old, newer, unread = rooms
    assert list(room_rows(cast.sato))[:3] == [unread, newer, old]

    browser = browser_of(cast.sato)
    assert browser.post(f"{URL}{old.pk}/pin/").status_code == 302

    assert list(room_rows(cast.sato))[:3] == [old, unread, newer]
    assert room_rows(cast.suzuki)[0] != old
    assert browser.get(API).json()[0]["is_pinned"] is True
    browser.post(f"{URL}{old.pk}/pin/", {"off": "1"})
    assert list(room_rows(cast.sato))[:3] == [unread, newer, old]
    verbs = Entry.objects.filter(subject_id=str(old.pk), verb__contains="pinned").order_by("pk")
    assert [one.verb for one in verbs] == ["rooms.pinned", "rooms.unpinned"]


def test_a_program_pins_twice_and_unpins(cast, rooms, browser_of):
    browser, address = browser_of(cast.sato), f"{API}{rooms[0].pk}/pin/"

    assert [browser.put(address).status_code for _ in range(2)] == [204, 204]
    assert RoomPin.objects.count() == 1
    assert [browser.delete(address).status_code for _ in range(2)] == [204, 204]
    assert RoomPin.objects.count() == 0


def test_without_the_verb_a_room_is_pinned_once(cast):
    makers.make_pin(cast.room, cast.sato)
    with pytest.raises(IntegrityError, match="a_room_is_pinned_once"), transaction.atomic():
        makers.make_pin(cast.room, cast.sato)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ささき", "client"),
        ("ｻｻｷ", "client"),
        ("佐々木", "client"),
        ("れんらく", ""),
        ("連絡", "theme"),
        ("すずき", "pair"),
        ("髙", ""),
        ("", "client theme pair"),
    ],
)
def test_rooms_are_found_by_title_client_and_the_other_person(cast, typed, found):
    pair = actions.open_pair(other=cast.suzuki, by=cast.sato)
    theme = makers.make_room(members=[cast.sato, cast.takahashi], title="連絡会")
    called = {cast.room: "client", theme: "theme", pair: "pair"}

    assert {called[one] for one in rooms_found(cast.sato, Show.OPEN, typed)} == set(found.split())


def test_a_search_is_sent_and_stands_in_no_address(cast, rooms, browser_of):
    browser = browser_of(cast.sato)

    page = browser.post(URL, {"q": "月例"}).content.decode()
    fragment = browser.post(URL, {"q": "誰もいない"}, headers={"HX-Request": "true"}).content.decode()

    assert f'data-room="{rooms[0].pk}"' in page
    assert f'data-room="{rooms[1].pk}"' not in page
    assert "<html" not in fragment
    assert "見つかりません" in fragment


def test_rooms_of_clients_stand_by_the_reading_of_the_client(cast, rooms):
    first = makers.make_client(cast.environment, seats=[cast.hidamari], name="相川 一", kana="あいかわ はじめ")
    makers.make_consent(first, by=cast.sato)
    room = makers.make_room(members=[cast.sato], client=first, title="")

    assert list(room_rows(cast.sato, Show.CLIENTS)) == [room, cast.room]


def test_three_hundred_rooms_take_as_many_questions_as_one(cast, browser_of):
    def questions():
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(f"{URL}?show=unread").status_code == 200
        return len([one for one in captured if "rooms_" in one["sql"] or "clients_" in one["sql"]])

    say(cast.room, cast.suzuki)
    browser = browser_of(cast.sato)
    few = questions()
    for nth in range(12):
        say(makers.make_room(members=[cast.sato, cast.suzuki], title=f"部屋{nth}"), cast.suzuki)
        say(actions.open_pair(other=makers.make_member(cast.aozora), by=cast.sato), cast.sato)

    assert questions() == few > 0


def test_a_row_that_is_written_by_hand_says_what_its_fields_say(cast, rooms):
    actions.open_pair(other=cast.suzuki, by=cast.sato)
    told = {"mentions": {}, "member": cast.sato, "names": names_shown_to(cast.sato), "asked": {rooms[0].pk: 2}}
    listed = RoomSerializer(room_rows(cast.sato), many=True, context=told)

    by_fields = [ModelSerializer.to_representation(listed.child, room) for room in room_rows(cast.sato)]

    assert len(by_fields) == 5
    assert json.loads(JSONRenderer().render(listed.data)) == json.loads(JSONRenderer().render(by_fields))

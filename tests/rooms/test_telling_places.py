"""A place on the map within a message: a card computed from its coordinates; never in the room of a protected client."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from apps.clients import actions as clients
from apps.rooms import actions
from apps.rooms.access import message_for, room_for
from apps.rooms.models import Message, WaitingMessage
from apps.rooms.refusals import PlaceNotTold
from apps.rooms.wording import shown, tells_place
from tests.saying import say

HERE = "現在地 geo:39.2868,141.1132"
URL = "/e/sakuragawa-care/rooms/"


@pytest.fixture
def protected(cast):
    """hana's room, whose places nobody may tell."""
    clients.protect_client(client=cast.hana, by=cast.tanaka)
    return room_for(cast.sato, cast.room.pk)


def test_a_place_is_a_card_with_two_ways_to_a_map_that_asks_nobody():
    html = shown(f"{HERE} です")

    assert html.startswith('現在地 <span class="place"><a class="place-here" href="geo:39.2868,141.1132">')
    assert (
        'href="https://maps.gsi.go.jp/#17/39.2868/141.1132/" target="_blank" rel="noopener noreferrer nofollow"' in html
    )
    assert html.endswith("</span> です")
    assert "<img" not in html


@pytest.mark.parametrize(
    "text",
    ["geo:95.1,141.1", "geo:39.2868", "geo:39,141", "geo:39.1,141.1.5", 'geo:39.1"><b>,141.1', "geo:39.1,199.1"],
)
def test_what_is_no_place_on_earth_is_plain_text(text):
    assert "<a" not in shown(text)
    assert "<b>" not in shown(text)


def test_a_page_and_a_program_get_the_same_text(cast, browser_of):
    say(cast.room, cast.sato, HERE)

    assert 'class="place"' in browser_of(cast.suzuki).get(f"{URL}{cast.room.pk}/").content.decode()
    told = browser_of(cast.suzuki).get(f"/api/v1{URL}{cast.room.pk}/messages/1/").json()
    assert told["body"] == HERE


def test_in_the_room_of_a_protected_client_no_place_is_told_by_any_way(cast, protected):
    say(protected, cast.sato, "訪問しました。")
    tomorrow = timezone.now() + timedelta(days=1)
    told = {"room": protected, "body": HERE, "client_key": uuid4(), "by": cast.sato}

    for tell in (
        lambda: actions.post(**told),
        lambda: actions.hold(**told),
        lambda: actions.schedule(send_at=tomorrow, **told),
        lambda: actions.edit(message=message_for(cast.sato, protected.pk, 1), body=HERE, by=cast.sato),
    ):
        with pytest.raises(PlaceNotTold):
            tell()
    assert list(Message.objects.values_list("body", flat=True)) == ["訪問しました。"]
    assert not WaitingMessage.objects.exists()


def test_what_waited_while_the_client_became_protected_is_not_sent(cast):
    actions.hold(room=cast.room, body=HERE, client_key=uuid4(), by=cast.sato)
    clients.protect_client(client=cast.hana, by=cast.tanaka)
    WaitingMessage.objects.update(due_at=timezone.now() - timedelta(seconds=1))

    actions.send_due(author_id=cast.sato.pk, environment_id=cast.environment.pk)

    assert not Message.objects.exists()
    assert WaitingMessage.objects.get().refused == "place_not_told"


def test_the_button_is_missing_where_no_place_may_be_told(cast, browser_of):
    address = f"{URL}{cast.room.pk}/"
    assert "<current-place" in browser_of(cast.sato).get(address).content.decode()

    clients.protect_client(client=cast.hana, by=cast.tanaka)

    assert "<current-place" not in browser_of(cast.sato).get(address).content.decode()


def test_only_a_text_with_coordinates_is_asked_about():
    for told in (HERE, f"**{HERE}**", f"`{HERE}`"):
        assert tells_place(told)
    assert not tells_place("geo: 位置情報の件です。")

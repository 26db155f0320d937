"""Stamps: a message that is a phrase of the field as a whole is drawn, and stays words wherever nothing is drawn."""

from uuid import uuid4

import pytest

from apps.clients.access import names_beside
from apps.rooms import actions, queries
from apps.rooms.frames import as_html, as_json
from apps.rooms.models import Draft, Message, WaitingMessage
from apps.rooms.queries import Sought
from apps.rooms.stamps import STAMPS, stamp_of
from tests.house.sources import PROJECT
from tests.saying import say

URL = "/e/sakuragawa-care/rooms/"
UNDERSTOOD = "［承知しました］"
PICTURE = '<span class="stamp" role="img" aria-label="承知しました"'
TYPED = "明日の訪問は"
JSON = {"Accept": "application/json"}


def press(browser, cast, stamp=UNDERSTOOD, *, headers=None, **more):
    sent = {"stamp": stamp, "client_key": str(uuid4()), **more}
    return browser.post(f"{URL}{cast.room.pk}/messages/", sent, headers=headers)


def page_of(browser, cast):
    return browser.get(f"{URL}{cast.room.pk}/").content.decode()


# -- what is drawn


def test_every_stamp_is_drawn_by_its_own_drawing_and_called_by_its_words(cast, browser_of):
    for one in STAMPS:
        say(cast.room, cast.sato, one.text)

    page = page_of(browser_of(cast.suzuki), cast)

    drawings = set()
    for one in STAMPS:
        picture = page.split(f'<span class="stamp" role="img" aria-label="{one.phrase}"', 1)[1].split("</svg>", 1)
        drawings.add(picture[0].split("<svg", 1)[1])
        assert picture[1].startswith(f'<span class="stamp-words">{one.phrase}</span></span></div>')
    assert len(drawings) == len(STAMPS) == 8


@pytest.mark.parametrize(
    "text", ["承知しました", "[承知しました]", "［承知しました］。", "［承知しました］\n10時に伺います", "［承知］", ""]
)
def test_only_a_message_that_is_a_stamp_as_a_whole_is_drawn(text):
    assert stamp_of(UNDERSTOOD) is not None
    assert stamp_of(text) is None


def test_a_stamp_that_was_changed_into_other_words_is_words(cast, browser_of):
    say(cast.room, cast.sato, UNDERSTOOD)
    browser = browser_of(cast.suzuki)
    assert PICTURE in page_of(browser, cast)

    message = Message.objects.select_related("author").get(number=1)
    actions.edit(message=message, body="10時に伺います。", by=cast.sato)

    assert PICTURE not in page_of(browser, cast)


# -- and what is not


def test_programs_and_listeners_get_words_and_live_pages_the_picture(cast, browser_of):
    say(cast.room, cast.sato, UNDERSTOOD)
    message, names = Message.objects.get(number=1), names_beside(cast.suzuki, cast.hana)

    told = browser_of(cast.suzuki).get(f"/api/v1{URL}{cast.room.pk}/messages/1/").json()
    assert told["body"] == as_json(message, names, None)["body"] == UNDERSTOOD
    assert PICTURE in as_html(message, names, None)["html"]


def test_what_tells_of_a_stamp_in_a_line_says_its_words(cast, browser_of):
    say(cast.room, cast.sato, UNDERSTOOD)

    hits = queries.messages_found(cast.suzuki, Sought("承知")).hits
    assert [one.message.number for one in hits] == [1]
    actions.post(room=cast.room, body="お願いします。", client_key=uuid4(), answers=1, by=cast.suzuki)
    page = page_of(browser_of(cast.suzuki), cast)
    assert UNDERSTOOD in page.split('data-number="2"')[1].split("message-body")[0]


def test_who_writes_another_client_finds_every_stamp_in_its_description():
    described = (PROJECT / "docs/socket.md").read_text()

    assert [one.text for one in STAMPS if one.text not in described] == []


# -- pressed in the composer


def test_the_composer_offers_every_stamp(cast, browser_of):
    page = page_of(browser_of(cast.sato), cast)

    assert [one.phrase for one in STAMPS if f'name="stamp" value="{one.text}"' not in page] == []


def test_without_a_script_a_stamp_is_a_message_of_its_own_and_what_is_typed_a_draft(cast, browser_of):
    browser = browser_of(cast.sato)

    assert press(browser, cast, body=TYPED).status_code == 302

    assert Message.objects.get().body == UNDERSTOOD
    assert Draft.objects.get().body == TYPED
    assert f"{TYPED}</textarea>" in page_of(browser, cast)


def test_a_page_that_keeps_its_field_leaves_the_draft_as_it_was(cast, browser_of):
    actions.keep_draft(room=cast.room, body=TYPED, by=cast.sato)
    browser = browser_of(cast.sato)

    assert press(browser, cast, headers=JSON).status_code == 201
    assert Draft.objects.get().body == TYPED

    browser.post(f"{URL}{cast.room.pk}/messages/", {"body": TYPED, "client_key": str(uuid4())}, headers=JSON)
    assert not Draft.objects.exists()


def test_a_stamp_answers_what_is_being_answered(cast, browser_of):
    say(cast.room, cast.suzuki, "10時でよろしいですか。")

    press(browser_of(cast.sato), cast, answers="1")

    assert Message.objects.get(number=2).answers == 1


def test_what_is_no_stamp_of_the_set_is_refused(cast, browser_of):
    browser = browser_of(cast.sato)

    assert press(browser, cast, "［了解］", headers=JSON).status_code == 422
    assert not Message.objects.exists()
    assert press(browser, cast, headers=JSON).status_code == 201


def test_who_may_not_write_in_the_room_puts_no_stamp_there(cast, browser_of):
    assert press(browser_of(cast.takahashi), cast).status_code == 404
    assert press(browser_of(cast.suzuki), cast).status_code == 302

    assert Message.objects.get().author == cast.suzuki


def test_a_stamp_can_be_taken_back_and_leaves_what_is_typed_alone(cast, browser_of):
    browser = browser_of(cast.sato)
    for headers in (JSON, {}):
        held = press(browser, cast, headers=headers, hold="1", body=TYPED)
        assert held.status_code == (202 if headers else 302)
        assert PICTURE in page_of(browser, cast)

        one = WaitingMessage.objects.get()
        back = browser.post(f"{URL}waiting/{one.pk}/removal/", headers=headers)

        if headers:
            assert back.json() == {"body": "", "answers": None, "asked_of": ""}
        assert not WaitingMessage.objects.exists()
        assert f"{TYPED}</textarea>" in page_of(browser, cast)
    assert not Message.objects.exists()

"""The room's pages and fragments over HTTP: without a script, with one, and where no socket comes through."""

import threading
import time
import urllib.error
import urllib.request
from contextvars import Context
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.audit.models import Entry
from apps.audit.origin import COMMAND
from apps.clients.actions import withdraw_consent
from apps.rooms import actions
from apps.rooms.actions import Outgoing
from apps.rooms.models import Message, ReadMark
from tests import makers
from tests.live import PATIENCE, session_cookie, until_listening
from tests.saying import say

URL = "/e/sakuragawa-care/rooms/"


def room_url(cast, rest=""):
    return f"{URL}{cast.room.pk}/{rest}"


def test_the_room_list_shows_ones_own_rooms_unread_first(cast, browser_of):
    quiet = makers.make_room(members=[cast.sato, cast.suzuki], title="勉強会")
    say(quiet, cast.sato)
    say(cast.room, cast.suzuki)
    say(quiet, cast.sato)

    page = browser_of(cast.sato).get(URL).content.decode()

    assert page.index(f'data-room="{cast.room.pk}"') < page.index(f'data-room="{quiet.pk}"')
    assert "勉強会" not in browser_of(cast.takahashi).get(URL).content.decode()


def test_a_message_is_posted_without_a_script(cast, browser_of):
    browser = browser_of(cast.sato)

    answer = browser.post(room_url(cast, "messages/"), {"body": "本日訪問しました。"}, follow=True)

    assert answer.redirect_chain == [(room_url(cast), 302)]
    assert "本日訪問しました。" in answer.content.decode()


def test_an_empty_message_comes_back_with_its_sentence_and_what_was_there(cast, browser_of):
    answer = browser_of(cast.sato).post(room_url(cast, "messages/"), {"body": "  "})

    assert answer.status_code == 422
    assert Message.objects.count() == 0


def test_a_key_that_is_none_is_refused_and_nothing_is_stored(cast, browser_of):
    answer = browser_of(cast.sato).post(room_url(cast, "messages/"), {"body": "あ", "client_key": "not-a-key"})

    assert answer.status_code == 422
    assert Message.objects.count() == 0


def test_a_message_is_escaped(cast, browser_of):
    say(cast.room, cast.sato, "<script>alert(1)</script>")

    page = browser_of(cast.suzuki).get(room_url(cast)).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page


def test_catching_up_brings_what_came_after_a_number(cast, browser_of):
    for text in ("一", "二", "三"):
        say(cast.room, cast.sato, text)

    answer = browser_of(cast.suzuki).get(room_url(cast, "messages/?after=1"))

    assert "二" in answer.content.decode()
    assert "三" in answer.content.decode()
    assert "一</p>" not in answer.content.decode()
    assert browser_of(cast.suzuki).get(room_url(cast, "messages/?after=3")).status_code == 204


@pytest.mark.parametrize(
    "query", ["after=-1", "after=x", "after=99999999999999999999", "before=％", "wait=1e9", "after=²"]
)
def test_what_is_no_number_harms_nothing(cast, browser_of, query):
    assert browser_of(cast.sato).get(room_url(cast, f"messages/?{query}")).status_code == 204


def test_older_messages_come_page_by_page(cast, browser_of):
    for nth in range(60):
        actions.append(Outgoing(cast.room.pk, cast.sato.pk, uuid4(), f"第{nth + 1}信", COMMAND))

    page = browser_of(cast.suzuki).get(room_url(cast)).content.decode()
    assert "第11信" in page
    assert "第10信" not in page

    older = browser_of(cast.suzuki).get(room_url(cast, "messages/?before=11")).content.decode()
    assert "第10信" in older
    assert "第1信" in older
    assert "第11信" not in older


def test_opening_a_room_leaves_it_unread_until_the_last_message_was_on_screen(cast, browser_of):
    say(cast.room, cast.suzuki)
    browser = browser_of(cast.sato)
    browser.get(room_url(cast))
    assert not ReadMark.objects.filter(member=cast.sato).exists()

    browser.post(room_url(cast, "read-mark/"), {"number": 1})

    assert ReadMark.objects.get(member=cast.sato).number == 1


@pytest.mark.parametrize(("sent", "stands"), [("5", 2), ("1", 1), ("0", 0)])
def test_the_read_mark_stays_within_what_was_written(cast, browser_of, sent, stands):
    say(cast.room, cast.suzuki)
    say(cast.room, cast.suzuki)
    browser_of(cast.sato).post(room_url(cast, "read-mark/"), {"number": sent})

    assert ReadMark.objects.get(member=cast.sato).number == stands


def test_the_read_mark_never_moves_back(cast):
    say(cast.room, cast.suzuki)
    say(cast.room, cast.suzuki)
    actions.read_up_to(room=cast.room, number=2, by=cast.sato)

    assert actions.read_up_to(room=cast.room, number=1, by=cast.sato) == 2


def test_the_list_needs_a_constant_number_of_queries(cast, browser_of):
    def questions() -> int:
        # What the session and the ledger write now and then belongs to time, not to the number of rooms.
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(URL).status_code == 200
        return len([one for one in captured if "rooms_" in one["sql"] or "clients_" in one["sql"]])

    browser = browser_of(cast.sato)
    few = questions()
    for nth in range(20):
        say(makers.make_room(members=[cast.sato, cast.suzuki], title=f"部屋{nth}"), cast.suzuki)

    assert questions() == few > 0


def test_a_paste_beyond_all_bounds_is_refused_and_nothing_is_stored(cast, browser_of):
    answer = browser_of(cast.sato).post(room_url(cast, "messages/"), {"body": "あ" * 1_000_000})

    assert 400 <= answer.status_code < 500
    assert Message.objects.count() == 0


def test_somebody_is_admitted_from_now_on_and_the_reason_is_kept(cast, browser_of):
    say(cast.room, cast.sato, "まえ")
    sent = {"members": str(cast.tanaka.pk), "history": "nothing", "reason": "窓口担当"}

    answer = browser_of(cast.sato).post(room_url(cast, "people/"), sent)

    assert answer.status_code == 302
    page = browser_of(cast.tanaka).get(room_url(cast))
    assert page.status_code == 200
    assert "まえ" not in page.content.decode()


@pytest.mark.parametrize(
    "wrong", [{"members": []}, {"history": "date"}, {"history": "date", "history_from": "2026-02-30"}, {"reason": ""}]
)
def test_an_admission_that_lacks_something_comes_back_as_itself(cast, browser_of, wrong):
    sent = {"members": str(cast.tanaka.pk), "history": "nothing", "reason": "窓口担当", **wrong}

    assert browser_of(cast.sato).post(room_url(cast, "people/"), sent).status_code == 422
    assert browser_of(cast.tanaka).get(room_url(cast)).status_code == 404


def test_nobody_is_offered_for_admission_who_may_not_see_the_client(cast, browser_of):
    page = browser_of(cast.sato).get(room_url(cast, "people/")).content.decode()

    assert str(cast.tanaka.pk) in page
    assert str(cast.takahashi.pk) not in page


def test_who_leaves_is_led_to_the_list_and_finds_the_room_closed(cast, browser_of):
    browser = browser_of(cast.suzuki)

    answer = browser.post(room_url(cast, f"people/{cast.suzuki.pk}/removal/"))

    assert (answer.status_code, answer["Location"]) == (302, URL)
    assert browser.get(room_url(cast)).status_code == 404


def test_listing_rooms_is_one_entry_with_the_rooms_that_were_shown(cast, browser_of):
    browser_of(cast.sato).get(URL)

    entry = Entry.objects.get(verb="rooms.listed")
    assert entry.detail == {"rooms": [str(cast.room.pk)]}


@pytest.mark.django_db(transaction=True)
def test_a_waiting_poll_answers_with_the_message_as_soon_as_it_is_posted(cast, live):
    cookie = session_cookie(cast.suzuki.user)
    request = urllib.request.Request(
        f"{live.url}{room_url(cast, 'messages/?after=0&wait=20')}",
        headers={"Cookie": f"{cookie['name']}={cookie['value']}", "X-Carenet-Background": "1"},
    )
    answers = []

    def poll():
        began = time.monotonic()
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            answers.append((answer.status, answer.read().decode(), time.monotonic() - began))

    waiting = threading.Thread(target=Context().run, args=[poll])
    waiting.start()
    until_listening(cast.room, 1)
    assert answers == []
    say(cast.room, cast.sato, "ポーリングにも届く")
    waiting.join(PATIENCE)

    ((status, body, seconds),) = answers
    assert status == 200
    assert "ポーリングにも届く" in body
    # It waited for the message, and not until its twenty seconds were over.
    assert seconds < 20


@pytest.mark.django_db(transaction=True)
def test_a_withdrawal_ends_a_waiting_poll_which_answers_that_nothing_is_here_and_tells_no_message(cast, live):
    say(cast.room, cast.sato, "既読の言葉")
    cookie = session_cookie(cast.suzuki.user)
    request = urllib.request.Request(
        f"{live.url}{room_url(cast, 'messages/?after=1&wait=20')}",
        headers={"Cookie": f"{cookie['name']}={cookie['value']}", "X-Carenet-Background": "1"},
    )
    answers = []

    def poll():
        began = time.monotonic()
        try:
            urllib.request.urlopen(request, timeout=PATIENCE).close()
        except urllib.error.HTTPError as refused:
            answers.append((refused.code, refused.read().decode(), time.monotonic() - began))

    waiting = threading.Thread(target=Context().run, args=[poll])
    waiting.start()
    until_listening(cast.room, 1)
    assert answers == []
    # Both are told in one commit: there is a new message, and the poll may not read it.
    with transaction.atomic():
        say(cast.room, cast.sato, "最後の言葉")
        withdraw_consent(consent=cast.consent, by=cast.tanaka)
    waiting.join(PATIENCE)

    ((status, body, seconds),) = answers
    assert status == 404
    for word in ("既読の言葉", "最後の言葉", cast.hana.name):
        assert word not in body
    # The withdrawal ended it, and not the end of its twenty seconds.
    assert seconds < 20

"""Notes are found beside messages: by title and present text, and only by who is shown them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.audit.models import Entry
from apps.notes import actions
from apps.notes.models import NoteText
from apps.rooms import actions as rooms
from apps.rooms.models import RoomMembership
from apps.rooms.queries import Sought, messages_found
from tests import makers
from tests.notes.makers import make_note
from tests.saying import say

URL = "/e/sakuragawa-care/rooms/search/"
API = f"/api/v1{URL}"


def titles(cast, typed, person="sato", **narrowed):
    found = messages_found(cast[person], Sought(typed, **narrowed))
    return ["".join(part.text for part in note.title) for note in found.notes]


@pytest.fixture
def note(cast):
    return actions.begin_note(room=cast.room, title="担当者会議", body="ｹｱﾌﾟﾗﾝの案を配る。髙橋さんへ。", by=cast.sato)


@pytest.mark.parametrize("typed", ["担当者", "けあぷらん", "ケアプラン", "高橋", "会議 配る", "案"])
def test_title_and_text_are_found_whatever_their_width_kana_or_variant(cast, note, typed):
    assert titles(cast, typed) == ["担当者会議"]


@pytest.mark.parametrize("typed", ["鯨", "会議 鯨", "会議 ｹｱﾌﾟﾗﾝの案を配らない"])
def test_a_note_that_does_not_say_every_word_is_not_found(cast, note, typed):
    assert titles(cast, "会議") == ["担当者会議"]
    assert titles(cast, typed) == []


def test_what_it_says_now_is_found_and_what_it_said_before_is_not(cast, note):
    actions.save_note(note=note, expected=1, title="会議のまとめ", body="次は来月です。", by=cast.suzuki)

    assert titles(cast, "来月") == ["会議のまとめ"]
    assert titles(cast, "ケアプラン") == []
    assert NoteText.objects.count() == 1


@pytest.mark.parametrize(
    ("person", "finds"),
    [("sato", True), ("suzuki", True), ("takahashi", False), ("ito", False), ("ishii", False), ("tanaka", False)],
)
def test_only_people_of_the_room_find_it(cast, note, person, finds):
    assert bool(titles(cast, "会議", person)) is finds


def test_who_was_let_in_later_finds_only_what_was_begun_after(cast, note):
    actions.begin_note(room=cast.room, title="会議の準備", body="", by=cast.sato)
    RoomMembership.objects.filter(room=cast.room, member=cast.suzuki).update(
        history_from=cast.room.notes.get(number=2).begun_at
    )
    # A word of somebody else opens nothing of what was begun before.
    actions.save_note(note=note, expected=1, title="会議、改めて", body="会議", by=cast.sato)

    assert titles(cast, "会議", "suzuki") == ["会議の準備"]
    assert titles(cast, "会議", "sato") == ["会議、改めて", "会議の準備"]


def test_somebody_removed_from_the_room_finds_it_no_more(cast, note):
    rooms.remove(member=cast.suzuki, room=cast.room, by=cast.sato)

    assert titles(cast, "会議", "suzuki") == []
    assert titles(cast, "会議", "sato") == ["担当者会議"]


def test_it_is_narrowed_as_messages_are(cast, note):
    theme = makers.make_room(members=[cast.sato], title="連携会")
    old = timezone.now() - timedelta(days=9)
    make_note(theme, by=cast.sato, title="会議室", body="", at=old)
    actions.save_note(note=note, expected=1, title="会議", body="鈴木が書きました", by=cast.suzuki)

    assert titles(cast, "会議", room=theme.pk) == ["会議室"]
    assert titles(cast, "会議", client=cast.hana.pk) == ["会議"]
    assert titles(cast, "会議", author=cast.suzuki.pk) == ["会議"]
    assert titles(cast, "会議", until=timezone.localdate(old)) == ["会議室"]
    assert titles(cast, "会議", since=timezone.localdate()) == ["会議"]


def test_an_environment_finds_its_own(cast, note):
    from django_scopes import scope

    with scope(environment=cast.elsewhere):
        assert messages_found(cast.watanabe, Sought("会議")).notes == []
        assert not NoteText.objects.exists()


def test_the_page_shows_notes_before_messages_and_leads_to_them(cast, note, browser_of):
    say(cast.room, cast.suzuki, "会議に出ます。")

    page = browser_of(cast.suzuki).post(URL, {"q": "会議"}).content.decode()

    address = f"/e/sakuragawa-care/rooms/{cast.room.pk}/notes/1/"
    assert page.index(f'href="{address}"') < page.index("around/1/")
    assert "担当者<mark>会議</mark>" in page


def test_an_excerpt_has_the_words_without_the_signs_of_the_text(cast, browser_of):
    body = "# 会議の流れ\n|順|内容|\n|---|---|\n|一|**報告**|\n- [x] 資料\n- お茶\n以上"
    actions.begin_note(room=cast.room, title="会議", body=body, by=cast.sato)

    told = browser_of(cast.sato).post(API, {"q": "会議"}, content_type="application/json").json()

    excerpt = "".join(part["text"] for part in told["notes"][0]["excerpt"])
    assert excerpt == "会議の流れ 順 内容 一 報告 資料 お茶 以上"


def test_notes_alone_are_something_found_and_the_ledger_says_whose(cast, note, browser_of):
    page = browser_of(cast.suzuki).post(URL, {"q": "ケアプラン"}).content.decode()

    assert "<mark>ｹｱﾌﾟﾗﾝ</mark>" in page
    assert "見つかりませんでした" not in page
    entry = Entry.objects.get(verb="rooms.searched")
    assert entry.detail == {"hits": 1, "rooms": [str(cast.room.pk)]}
    assert Entry.objects.get(verb="rooms.found").client_id == cast.hana.pk


@pytest.mark.parametrize("person", ["kobayashi", "matsumoto"])
def test_a_guest_is_not_told_who_wrote_a_note_whom_they_have_not_met(cast, browser_of, person):
    room = makers.make_room(members=[cast.sato, cast.suzuki], title="相談")
    actions.begin_note(room=room, title="会議", body="", by=cast.suzuki)
    rooms.remove(member=cast.suzuki, room=room, by=cast.sato)
    makers.make_membership(room, cast[person])

    told = browser_of(cast[person]).post(API, {"q": "会議"}, content_type="application/json").json()
    by_author = {"q": "会議", "author": str(cast.suzuki.pk)}
    by_author = browser_of(cast[person]).post(API, by_author, content_type="application/json").json()

    [found] = told["notes"]
    assert (found["author"]["id"], found["room"], found["note"]) == (None, str(room.pk), 1)
    assert cast.suzuki.name not in str(told)
    assert by_author["notes"] == []


def test_many_notes_are_as_many_questions_as_one_and_there_is_said_to_be_more(cast, note, browser_of):
    browser = browser_of(cast.sato)

    def asked():
        with CaptureQueriesContext(connection) as questions:
            told = browser.post(API, {"q": "会議"}, content_type="application/json").json()
        return len(questions), told

    asked()
    before, told = asked()
    assert (len(told["notes"]), told["has_more_notes"]) == (1, False)
    for nth in range(20):
        room = cast.room if nth % 2 else makers.make_room(members=[cast.sato], title=f"相談 {nth}")
        make_note(room, by=cast.sato, title=f"会議 {nth}")

    now, told = asked()

    assert now == before
    assert (len(told["notes"]), told["has_more_notes"]) == (20, True)

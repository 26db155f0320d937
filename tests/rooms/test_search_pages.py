"""The page of the search, the place where a hit stands, the same for programs, and what the ledger keeps of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.audit.models import Entry
from apps.rooms import actions
from apps.rooms.models import ReadMark
from apps.rooms.taking_in import TakingIn
from tests import makers
from tests.saying import say

ROOMS = "/e/sakuragawa-care/rooms/"
URL = f"{ROOMS}search/"
API = f"/api/v1{URL}"


def text(answer):
    return answer.content.decode()


def test_a_hit_is_marked_and_says_where_who_and_when_and_leads_to_its_place(cast, browser_of):
    say(cast.room, cast.suzuki, "左の下肢に浮腫があります。")

    page = text(browser_of(cast.sato).post(URL, {"q": "浮腫"}))

    assert "左の下肢に<mark>浮腫</mark>があります。" in page
    assert f'href="{ROOMS}{cast.room.pk}/around/1/#message-1"' in page
    for told in (cast.hana.name, cast.suzuki.name, cast.aozora.name):
        assert told in page
    assert "浮腫があります" in text(browser_of(cast.sato).get(f"{ROOMS}{cast.room.pk}/around/1/"))


def test_what_was_looked_for_stands_in_no_address_and_not_in_the_ledger(cast, browser_of):
    say(cast.room, cast.suzuki, "浮腫があります。")

    browser_of(cast.sato).post(URL, {"q": "浮腫"})

    entry = Entry.objects.get(verb="rooms.searched")
    assert (entry.member_id, entry.detail) == (cast.sato.pk, {"hits": 1, "rooms": [str(cast.room.pk)]})
    assert Entry.objects.get(verb="rooms.found").client_id == cast.hana.pk
    assert not any("浮腫" in str(one.__dict__) for one in Entry.objects.all())


def test_without_a_word_the_page_says_what_can_be_typed_and_nothing_was_searched(cast, browser_of):
    browser = browser_of(cast.sato)

    assert "話した言葉を入力してください" in text(browser.get(URL))
    assert "話した言葉を入力してください" in text(browser.post(URL, {"q": " 　"}))
    assert not Entry.objects.filter(verb="rooms.searched").exists()


def test_nothing_found_says_what_to_do_next(cast, browser_of):
    assert "見つかりませんでした" in text(browser_of(cast.sato).post(URL, {"q": "鯨"}))


def test_a_room_leads_to_the_search_within_it(cast, browser_of):
    browser = browser_of(cast.sato)
    assert f'href="{URL}?room={cast.room.pk}"' in text(browser.get(f"{ROOMS}{cast.room.pk}/"))

    page = text(browser.get(f"{URL}?room={cast.room.pk}"))

    assert f'<option value="{cast.room.pk}" selected>' in page


def test_a_wrong_day_comes_back_beside_what_was_typed(cast, browser_of):
    answer = browser_of(cast.sato).post(URL, {"q": "浮腫", "since": "昨日"})

    assert answer.status_code == 422
    assert 'value="浮腫"' in text(answer)


def test_the_place_of_a_hit_shows_half_a_page_around_it_and_counts_nothing_as_read(cast, browser_of):
    for nth in range(60):
        say(cast.room, cast.suzuki, f"記録 {nth + 1}")
    browser = browser_of(cast.sato)

    page = text(browser.get(f"{ROOMS}{cast.room.pk}/around/30/"))

    assert [f'id="message-{number}"' in page for number in (5, 6, 30, 55, 56)] == [False, True, True, True, False]
    assert f"{ROOMS}{cast.room.pk}/around/55/#message-55" in page
    assert not ReadMark.objects.exists()
    assert browser.get(f"{ROOMS}{cast.room.pk}/around/61/").status_code == 404


def test_older_hits_come_with_the_same_words(cast, browser_of, monkeypatch):
    monkeypatch.setattr("apps.rooms.queries.searching.PAGE", 1)
    say(cast.room, cast.sato, "浮腫 一")
    say(cast.room, cast.sato, "浮腫 二")
    browser, fragment = browser_of(cast.sato), {"HX-Request": "true"}
    before = browser.post(API, {"q": "浮腫"}, content_type="application/json").json()["before"]

    answer = browser.post(URL, {"q": "浮腫", "before": before}, headers=fragment)

    assert "message-1" in text(answer)
    assert "message-2" not in text(answer)
    assert "<form" not in text(answer)


def test_a_program_finds_the_same_with_the_parts_marked(cast, browser_of):
    say(cast.room, cast.suzuki, "左の下肢に浮腫があります。")

    told = browser_of(cast.sato).post(API, {"q": "浮腫"}, content_type="application/json").json()

    [hit] = told["hits"]
    assert hit["message"]["message"] == 1
    assert [part["text"] for part in hit["excerpt"] if part["is_hit"]] == ["浮腫"]
    assert (told["before"], told["is_behind"], told["also"]) == (None, False, [])


@pytest.mark.parametrize("person", ["kobayashi", "matsumoto"])
def test_a_guest_is_not_told_who_wrote_a_hit_whom_they_have_not_met(cast, browser_of, person):
    room = makers.make_room(members=[cast.sato, cast.suzuki], title="相談")
    say(room, cast.suzuki, "浮腫があります。")
    actions.remove(member=cast.suzuki, room=room, by=cast.sato)
    makers.make_membership(room, cast[person])

    page = text(browser_of(cast[person]).post(URL, {"q": "浮腫"}))

    assert "<mark>浮腫</mark>" in page
    assert cast.suzuki.name not in page
    by_author = {"q": "浮腫", "author": str(cast.suzuki.pk)}
    assert "<mark>" not in text(browser_of(cast[person]).post(URL, by_author))


def test_many_rooms_and_hits_are_as_many_questions_as_one(cast, browser_of):
    browser = browser_of(cast.sato)

    def questions():
        with CaptureQueriesContext(connection) as asked:
            assert browser.post(API, {"q": "浮腫"}, content_type="application/json").status_code == 200
        return len(asked)

    say(cast.room, cast.suzuki, "浮腫")
    questions()
    before = questions()
    for nth in range(4):
        room = makers.make_room(members=[cast.sato, cast.suzuki], title=f"相談 {nth}")
        say(room, cast.suzuki, "浮腫 浮腫")

    assert questions() <= before


def test_the_worker_takes_in_what_is_new_and_asks_little_when_nothing_is(cast):
    from apps.rooms.models import SearchMark, SearchText

    say(cast.room, cast.suzuki, "浮腫")
    worker = TakingIn()
    worker.turn()
    assert (SearchText.objects.get().folded, SearchMark.objects.get().number) == ("浮腫", 1)

    with CaptureQueriesContext(connection) as asked:
        worker.turn()

    assert len(asked) == 1
    say(cast.room, cast.suzuki, "発赤")
    worker.turn()
    assert SearchText.objects.count() == 2

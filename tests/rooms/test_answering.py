"""A message answers another of its room, and shows no more of it than its reader may read."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.rooms import actions
from apps.rooms.access import message_for
from apps.rooms.models import Message, RoomMembership, WaitingMessage
from apps.rooms.refusals import AnsweredMissing
from tests import makers
from tests.saying import make_waiting, say, written_days_ago

URL = "/e/sakuragawa-care/rooms/"


@pytest.fixture
def asked(cast):
    """sato has asked something in hana's room."""
    say(cast.room, cast.sato, "明日の訪問は何時ですか。")
    return message_for(cast.sato, cast.room.pk, 1)


def answer(cast, number=1, by="suzuki", body="10時に伺います。", room=None):
    room = room or cast.room
    return actions.post(room=room, body=body, client_key=uuid4(), answers=number, by=cast[by])


def page_of(cast, browser_of, person, rest=""):
    return browser_of(person).get(f"{URL}{cast.room.pk}/{rest}").content.decode()


# -- what may be answered


def test_an_answer_is_kept_with_the_number_of_what_it_answers(cast, asked):
    answer(cast)

    assert Message.objects.get(number=2).answers == 1


def test_what_is_not_in_the_room_is_not_answered(cast, asked):
    with pytest.raises(AnsweredMissing):
        answer(cast, number=7)

    assert Message.objects.count() == 1


def test_what_was_before_ones_time_cannot_be_answered(cast, asked):
    newcomer = makers.make_member(cast.hidamari)
    makers.make_membership(cast.room, newcomer, history_from=timezone.now())
    say(cast.room, cast.sato)
    told = {"room": cast.room, "body": "はい", "by": newcomer}

    with pytest.raises(AnsweredMissing):
        actions.post(client_key=uuid4(), answers=1, **told)
    assert actions.post(client_key=uuid4(), answers=2, **told).number == 3


def test_the_database_lets_no_message_answer_one_of_another_room_or_of_the_future(cast, asked):
    other = makers.make_room(members=[cast.sato], title="勉強会")
    row = {"environment": cast.environment, "author": cast.sato, "body": "x"}
    for room, number, answers in ((other, 2, 1), (cast.room, 5, 5), (cast.room, 5, 6)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Message.objects.create(room=room, number=number, answers=answers, client_key=uuid4(), **row)

    assert Message.objects.create(room=cast.room, number=5, answers=1, client_key=uuid4(), **row).answers == 1


# -- what is shown


def test_the_room_shows_who_is_answered_and_the_first_words(cast, asked, browser_of):
    answer(cast)

    page = page_of(cast, browser_of, cast.sato)
    assert page.count("明日の訪問は何時ですか。") == 2
    assert f'data-answers="1" href="{URL}{cast.room.pk}/messages/1/"' in page


def test_a_quote_follows_what_becomes_of_the_message(cast, asked, browser_of):
    answer(cast)
    actions.edit(message=asked, body="明後日の訪問は何時ですか。", by=cast.sato)
    assert page_of(cast, browser_of, cast.suzuki).count("明後日の訪問は何時ですか。") == 2

    actions.remove_message(message=asked, by=cast.sato)

    page = page_of(cast, browser_of, cast.suzuki)
    assert "訪問は何時" not in page
    assert page.count("このメッセージは削除されました。") == 2


@pytest.fixture
def late(cast, asked):
    """Somebody who reads the room from after the question on, in which it has been answered."""
    newcomer = makers.make_member(cast.hidamari)
    written_days_ago(2)
    makers.make_membership(cast.room, newcomer, history_from=timezone.now() - timedelta(days=1))
    answer(cast, body="10時です。")
    return newcomer


def test_of_what_was_before_ones_time_a_quote_says_nothing(cast, late, browser_of):
    readers = {"late": late, "sato": cast.sato}
    pages = {name: page_of(cast, browser_of, one) for name, one in readers.items()}
    newer = {name: page_of(cast, browser_of, one, "messages/?after=1") for name, one in readers.items()}
    api = {
        name: browser_of(one).get(f"/api/v1{URL}{cast.room.pk}/messages/2/").json()["answers"]
        for name, one in readers.items()
    }

    for found in (pages, newer):
        assert ("訪問は何時" in found["late"], "訪問は何時" in found["sato"]) == (False, True)
        assert ("ここに参加する前のメッセージ" in found["late"], "ここに参加する前" in found["sato"]) == (True, False)
    assert api["late"] == {"message": 1, "author": None, "body": "", "is_removed": False}
    assert (api["sato"]["author"]["name"], api["sato"]["body"]) == ("佐藤 花子", "明日の訪問は何時ですか。")


def test_among_ones_bookmarks_a_quote_says_no_more_than_in_the_room(cast, late, browser_of):
    actions.mark_message(message=message_for(late, cast.room.pk, 2), kind="bookmark", by=late)

    [found] = browser_of(late).get(f"/api/v1{URL}bookmarks/").json()["results"]
    assert found["message"]["answers"]["body"] == ""


def test_a_guest_is_not_told_whom_somebody_answers_whom_they_have_not_met(cast, asked, browser_of):
    RoomMembership.objects.filter(room=cast.room, member=cast.sato).update(valid_to=timezone.now())
    room_guest = cast.matsumoto
    makers.make_seat(cast.hana, room_guest.organization)
    makers.make_consent(cast.hana, by=cast.sato, organizations=[room_guest.organization])
    makers.make_membership(cast.room, room_guest)
    answer(cast)

    page = page_of(cast, browser_of, room_guest)
    assert page.count("明日の訪問は何時ですか。") == 2
    assert "佐藤" not in page
    assert "ほかの参加者" in page


def test_a_page_of_answers_asks_no_more_than_a_page_of_one(cast, asked, browser_of, django_assert_max_num_queries):
    def asks():
        with django_assert_max_num_queries(200) as asked_for:
            page_of(cast, browser_of, cast.sato)
        return len(asked_for)

    answer(cast)
    asks()
    one = asks()
    for _ in range(5):
        answer(cast)

    assert asks() == one


# -- writing


def test_without_a_script_an_answer_is_begun_by_a_link_and_dropped_by_another(cast, asked, browser_of):
    browser = browser_of(cast.suzuki)
    sheet = browser.get(f"{URL}{cast.room.pk}/messages/1/").content.decode()
    assert f'href="{URL}{cast.room.pk}/?answer=1"' in sheet

    page = browser.get(f"{URL}{cast.room.pk}/?answer=1").content.decode()
    assert 'name="answers" value="1"' in page
    assert page.count("明日の訪問は何時ですか。") == 2
    assert browser.post(f"{URL}{cast.room.pk}/messages/", {"body": "10時です。", "answers": "1"}).status_code == 302
    assert Message.objects.get(number=2).answers == 1
    assert 'name="answers" value=""' in browser.get(f"{URL}{cast.room.pk}/").content.decode()


@pytest.mark.parametrize("number", ["7", "x", "-1", "9" * 30])
def test_a_link_to_answer_what_is_not_there_answers_nothing(cast, asked, browser_of, number):
    assert 'name="answers" value=""' in page_of(cast, browser_of, cast.suzuki, f"?answer={number}")


def test_an_answer_that_is_refused_keeps_what_it_answers(cast, asked, browser_of):
    sent = {"body": "番号は123456789018です", "answers": "1"}
    answered = browser_of(cast.suzuki).post(f"{URL}{cast.room.pk}/messages/", sent)

    assert answered.status_code == 422
    assert 'name="answers" value="1"' in answered.content.decode()


def test_what_waits_keeps_what_it_answers_and_gives_it_back(cast, asked, browser_of):
    told = {"room": cast.room, "client_key": uuid4(), "answers": 1, "by": cast.suzuki}
    held = actions.hold(body="10時です。", **told)
    browser = browser_of(cast.suzuki)
    page = browser.get(f"{URL}{cast.room.pk}/").content.decode()
    assert page.count("明日の訪問は何時ですか。") == 2

    back = browser.post(f"{URL}waiting/{held.pk}/removal/", headers={"Accept": "application/json"}).json()
    assert back == {"body": "10時です。", "answers": 1, "asked_of": ""}

    actions.send_now(waiting=actions.hold(body="10時です。", **told), by=cast.suzuki)
    assert Message.objects.get(number=2).answers == 1


def test_what_waits_answers_nothing_of_another_room(cast, asked):
    other = makers.make_room(members=[cast.suzuki], title="勉強会")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_waiting(other, cast.suzuki, answers=1)
    assert make_waiting(cast.room, cast.suzuki, answers=1).answers == 1
    assert WaitingMessage.objects.count() == 1


def test_a_program_answers_and_reads_what_is_answered(cast, asked, browser_of):
    api = f"/api/v1{URL}{cast.room.pk}/messages/"
    browser = browser_of(cast.suzuki)
    sent = {"body": "10時です。", "client_key": str(uuid4()), "answers": 1}

    assert browser.post(api, sent, content_type="application/json").status_code == 201
    assert (
        browser.post(api, {**sent, "client_key": str(uuid4()), "answers": 9}, content_type="application/json").json()[
            "code"
        ]
        == "answered_missing"
    )
    found = browser.get(f"{api}?after=1").json()["messages"]
    assert [one["answers"]["message"] for one in found] == [1]

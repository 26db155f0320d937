"""What was said is found again, however it is written, by whoever may read it at that moment and by nobody else."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django_scopes import scope
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.clients.actions import withdraw_consent
from apps.kernel.folding import fold
from apps.rooms import actions, queries
from apps.rooms.access import message_for, messages_readable_by, rooms_readable_by
from apps.rooms.models import Message, RoomMembership, SearchText
from apps.rooms.queries import Sought
from tests import makers
from tests.files import makers as file_makers
from tests.saying import say, written_days_ago

URL = "/e/sakuragawa-care/rooms/search/"


@pytest.fixture(params=["new", "taken in"])
def settle(request):
    """Both while a message is new and once the worker has taken it in, the same is found."""
    return actions.take_all_into_search if request.param == "taken in" else lambda: None


def found(cast, typed, person="sato", **narrowed):
    page = queries.messages_found(cast[person], Sought(typed, **narrowed))
    return [(one.message.room_id, one.message.number) for one in page.hits]


def numbers(cast, typed, person="sato", **narrowed):
    return [number for _, number in found(cast, typed, person, **narrowed)]


# -- found, however it is written


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("鈴木さんが訪問しました。", "鈴木"),
        ("すずきさんが訪問しました。", "ｽｽﾞｷ"),
        ("スズキさんが訪問しました。", "すずき"),
        ("ｽｽﾞｷさんが訪問しました。", "スズキ"),
        ("髙𣘺さんに電話しました。", "高橋"),
        ("高橋さんに電話しました。", "髙𣘺"),
        ("両下肢に浮腫があります。", "浮腫"),
        ("夜間の転倒なし。", "転倒な"),
        ("ＢＰ１３２／７８", "bp132"),
        ("薬が変わりました。", "薬"),
        ("転倒\nなし", "転倒なし"),
        ("浮腫は軽く、食事は全量です。", "食事 浮腫"),
        ("100%_\\です", "0%_\\"),
        ("It's fine", "t's"),
    ],
)
def test_a_message_is_found_however_it_is_written(cast, settle, said, typed):
    say(cast.room, cast.suzuki, said)
    say(cast.room, cast.suzuki, "変わりありません。")
    settle()

    assert numbers(cast, typed) == [1]


def test_a_reading_finds_the_name_of_somebody_the_person_knows(cast, settle):
    say(cast.room, cast.sato, "鈴木さんに伝えました。佐々木さんもご存じです。")
    settle()

    page = queries.messages_found(cast.sato, Sought("すずき"))
    assert ([one.message.number for one in page.hits], page.also) == ([1], ["鈴木"])
    assert [part.text for part in page.hits[0].excerpt if part.is_hit] == ["鈴木"]
    assert numbers(cast, "ささき") == [1]


def test_a_reading_tells_nobody_how_a_stranger_is_written(cast, settle):
    room = makers.make_room(members=[cast.sato, cast.kobayashi], title="ご家族と")
    say(room, cast.sato, "髙𣘺さんと佐々木さんの話です。")
    settle()

    assert found(cast, "たかはし") == [(room.pk, 1)]
    assert found(cast, "たかはし", "kobayashi") == found(cast, "ささき", "kobayashi") == []
    assert found(cast, "高橋", "kobayashi") == [(room.pk, 1)]


def test_the_name_of_a_file_finds_its_message(cast, settle):
    say(cast.room, cast.sato, "写真です。")
    message = Message.objects.get()
    file_makers.attach_everything(message)
    settle()
    name = message.attachments.first().file.name

    page = queries.messages_found(cast.suzuki, Sought(name.split(".")[0]))

    assert [one.message.number for one in page.hits] == [1]
    assert any(part.is_hit for part in page.hits[0].files[0])


def test_the_newest_come_first_and_a_page_leads_to_the_next(cast, settle, monkeypatch):
    monkeypatch.setattr("apps.rooms.queries.searching.PAGE", 2)
    for nth in range(5):
        say(cast.room, cast.sato, f"薬の話 {nth}")
    settle()

    seen, before = [], None
    for _ in range(3):
        page = queries.messages_found(cast.sato, Sought("薬", before=before))
        seen.append([one.message.number for one in page.hits])
        before = page.before

    assert (seen, before) == ([[5, 4], [3, 2], [1]], None)


# -- narrowed


def test_by_room_client_person_and_day(cast, settle):
    other = makers.make_room(members=[cast.sato, cast.suzuki], title="相談")
    say(cast.room, cast.sato, "浮腫 一")
    written_days_ago(3)
    say(cast.room, cast.suzuki, "浮腫 二")
    say(other, cast.sato, "浮腫 三")
    settle()
    today = timezone.localdate()

    assert found(cast, "浮腫") == [(other.pk, 1), (cast.room.pk, 2), (cast.room.pk, 1)]
    assert found(cast, "浮腫", room=other.pk) == [(other.pk, 1)]
    assert found(cast, "浮腫", client=cast.hana.pk) == [(cast.room.pk, 2), (cast.room.pk, 1)]
    assert found(cast, "浮腫", author=cast.suzuki.pk) == [(cast.room.pk, 2)]
    assert found(cast, "浮腫", since=today) == [(other.pk, 1), (cast.room.pk, 2)]
    assert found(cast, "浮腫", until=today - timedelta(days=1)) == [(cast.room.pk, 1)]
    assert found(cast, "浮腫", since=today - timedelta(days=3), until=today - timedelta(days=3)) == [(cast.room.pk, 1)]


# -- only what one reads


@pytest.mark.parametrize("person", ["takahashi", "ito", "ishii", "kobayashi", "matsumoto", "tanaka", "mori"])
def test_nobody_finds_what_they_do_not_read(cast, settle, person):
    say(cast.room, cast.sato, "浮腫があります。")
    settle()
    assert numbers(cast, "浮腫", "suzuki") == [1]

    assert found(cast, "浮腫", person) == []


def test_another_environment_finds_nothing_even_when_it_names_the_room(cast, settle):
    say(cast.room, cast.sato, "浮腫があります。")
    settle()
    asked = "SELECT * FROM rooms_search(%s, '{}', '{}', %s, '{1}', NULL, NULL, NULL, 9223372036854775807, 30)"

    def rows():
        with connection.cursor() as cursor:
            cursor.execute(asked, [[cast.room.pk], ["浮腫"]])
            return cursor.fetchall()

    assert len(rows()) == 1
    with scope(environment=cast.elsewhere):
        assert rows() == []


def test_nothing_from_before_ones_time_is_found(cast, settle):
    say(cast.room, cast.sato, "浮腫 一")
    written_days_ago(2)
    say(cast.room, cast.sato, "浮腫 二")
    settle()
    assert numbers(cast, "浮腫", "suzuki") == [2, 1]

    since = timezone.now() - timedelta(days=1)
    RoomMembership.objects.filter(member=cast.suzuki, room=cast.room).update(history_from=since)

    assert numbers(cast, "浮腫", "suzuki") == [2]


def test_what_was_removed_or_said_before_is_not_found(cast, settle):
    say(cast.room, cast.sato, "浮腫 一")
    say(cast.room, cast.sato, "浮腫 二")
    settle()
    actions.remove_message(message=message_for(cast.sato, cast.room.pk, 1), by=cast.sato)
    actions.edit(message=message_for(cast.sato, cast.room.pk, 2), body="むくみ 二", by=cast.sato)
    assert (numbers(cast, "浮腫"), numbers(cast, "むくみ")) == ([], [2])

    actions.take_all_into_search()

    assert (numbers(cast, "浮腫"), numbers(cast, "むくみ")) == ([], [2])
    assert [one.folded for one in SearchText.objects.all()] == ["ムクミ二"]


def test_when_consent_is_withdrawn_the_same_search_finds_nothing(cast, settle):
    say(cast.room, cast.sato, "浮腫があります。")
    settle()
    assert numbers(cast, "浮腫", "suzuki") == [1]

    withdraw_consent(consent=cast.consent, note="本人の申出", by=cast.tanaka)

    assert numbers(cast, "浮腫", "suzuki") == []


LETTERS = "あアｱいイ高髙橋𣘺ﾞがか薬 \nA1ａ%"


def test_a_search_finds_what_reading_everything_would_find(cast, monkeypatch):
    """Also where much is written: with so few allowed at once, the other two ways of the function are gone too."""
    other = makers.make_room(members=[cast.sato, cast.suzuki], title="相談")
    monkeypatch.setattr("apps.rooms.queries.searching.PAGE", 1_000)
    words = st.text(LETTERS, min_size=1, max_size=3).filter(lambda text: fold(text).split())
    texts = st.text(LETTERS, min_size=1, max_size=12).filter(lambda text: text.strip())

    @settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(texts, min_size=1, max_size=6), st.lists(words, min_size=1, max_size=5), st.booleans())
    def same(said, asked, is_taken_in):
        for nth, text in enumerate(said):
            say((cast.room, other)[nth % 2], (cast.sato, cast.suzuki)[nth % 2], text)
        if is_taken_in:
            actions.take_all_into_search()
        for typed in asked:
            for person in ("sato", "suzuki", "takahashi"):
                assert sorted(found(cast, typed, person)) == read_through(cast[person], typed)

    same()


def read_through(member, typed):
    wanted = fold(typed).split()
    return sorted(
        (room.pk, message.number)
        for room in rooms_readable_by(member)
        for message in messages_readable_by(member, room)
        if all(word in fold(message.body).replace(" ", "") for word in wanted)
    )

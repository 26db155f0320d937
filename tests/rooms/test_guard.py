"""The guard against the wrong room warns of nearly every message that names somebody else, and hardly ever of another."""

import random
from collections import Counter
from datetime import date

import pytest

from apps.rooms.queries.guard import doubt_about
from tests import makers
from tests.rooms.misdirected import misdirected, people, proper


@pytest.fixture
def town(cast):
    """An office with sixty clients, each with a room in which it talks with the visiting nurses."""
    luck = random.Random(20261122)
    written = people(60, luck)
    staff = people(66, luck)[60:]
    for one, member in zip(staff, (cast.sato, cast.suzuki), strict=False):
        member.name, member.kana = one.name, one.kana
        member.save(update_fields=["name", "kana"])
    offices = [cast.hidamari, cast.aozora]
    colleagues = [makers.make_member(cast.hidamari, name=one.name, kana=one.kana) for one in staff[2:]]
    rooms = []
    for nth, one in enumerate(written):
        client = makers.make_client(cast.environment, seats=offices, name=one.name, kana=one.kana, area="本町")
        makers.make_consent(client, by=cast.sato, organizations=offices)
        one.number = f"{nth:010}"
        makers.make_number(client, by=cast.sato, number=one.number)
        rooms.append(makers.make_room(members=[cast.sato, cast.suzuki], client=client, title=""))
    assert len(colleagues) == 4
    return cast, written, staff, rooms, luck


def warned(cast, rooms, written):
    return [one for one in written if doubt_about(cast.sato, rooms[one.room], one.text, file_names=one.files)]


def test_of_300_misdirected_messages_95_of_a_hundred_are_warned_of(town):
    cast, written, _, rooms, luck = town
    messages = misdirected(written, luck)
    found = warned(cast, rooms, messages)
    missed = Counter(one.how for one in messages if one not in found)
    assert len(found) >= 0.95 * len(messages), missed


def test_of_1000_proper_messages_two_of_a_hundred_are_warned_of_at_most(town):
    cast, written, staff, rooms, luck = town
    found = warned(cast, rooms, proper(written, staff, luck))
    assert len(found) <= 20, [one.text for one in found][:40]


@pytest.fixture
def room(cast):
    """Hana's room; beside her the office looks after a woman and a child."""
    offices = [cast.hidamari, cast.aozora]
    for name, kana, born_on in (
        ("遠藤 トメ", "えんどう とめ", date(1938, 5, 1)),
        ("森 さくら", "もり さくら", date(2019, 5, 1)),
    ):
        client = makers.make_client(cast.environment, seats=offices, name=name, kana=kana, born_on=born_on)
        makers.make_consent(client, by=cast.sato, organizations=offices)
    return cast.room


def named(cast, room, text, *files):
    doubt = doubt_about(cast.sato, room, text, file_names=files)
    return [] if doubt is None else [one.client.name for one in doubt.named]


@pytest.mark.parametrize(
    "text",
    [
        "遠藤様の件です",
        "本日遠藤トメ様宅へ",
        "エンドウさん",
        "先ほどえんどうさんから",
        "ｴﾝﾄﾞｳ ﾄﾒ さん",
        "T.Eさんの薬",
        "E・T様",
    ],
)
def test_another_client_is_found_however_they_are_written(cast, room, text):
    assert named(cast, room, text) == ["遠藤 トメ"]


@pytest.mark.parametrize(
    "text",
    [
        "佐々木様の件です",
        "遠藤町の角で転倒",
        "遠藤内科へ行かれた",
        "森の様子を見に",
        "森林浴",
        "小森さんに電話",
        "包括の遠藤さんから連絡",
        "お花さん",
    ],
)
def test_words_that_only_look_like_a_name_are_no_doubt(cast, room, text):
    assert named(cast, room, text) == []


def test_a_child_is_found_by_the_given_name_and_an_adult_is_not(cast, room):
    assert named(cast, room, "さくらちゃんの送迎") == ["森 さくら"]
    assert named(cast, room, "トメさんの送迎") == []


def test_the_name_of_a_file_is_looked_at_too(cast, room):
    assert named(cast, room, "資料です", "20261101_遠藤_計画書.pdf") == ["遠藤 トメ"]
    assert named(cast, room, "資料です", "佐々木ハナ様_計画書.pdf") == []


def test_a_colleague_of_the_same_surname_is_meant_unless_the_address_says_otherwise(cast, room):
    makers.make_member(cast.hidamari, name="遠藤 文子", kana="えんどう ふみこ")
    assert named(cast, room, "遠藤さんが伺います") == []
    assert named(cast, room, "遠藤様のお宅へ伺います") == ["遠藤 トメ"]
    assert named(cast, room, "遠藤さんが、遠藤様のお宅へ伺います") == ["遠藤 トメ"]


def test_nobody_learns_of_a_client_whom_they_may_not_see(cast, room):
    makers.make_client(cast.environment, seats=[cast.takahashi.organization], name="村上 キヨ", kana="むらかみ きよ")
    assert named(cast, room, "村上キヨ様の件です") == []


def test_in_a_theme_room_a_client_is_in_doubt_where_somebody_present_may_not_see_them(cast, room):
    among_two = makers.make_room(members=[cast.sato, cast.suzuki], title="感染対策")
    among_others = makers.make_room(members=[cast.sato, cast.matsumoto], title="福祉用具")
    assert named(cast, among_two, "遠藤様の件です") == []
    assert named(cast, among_others, "遠藤様の件です") == ["遠藤 トメ"]
    outsiders = doubt_about(cast.sato, among_others, "遠藤様の件です").outsiders
    assert [one.id for one in outsiders] == [cast.matsumoto.pk]

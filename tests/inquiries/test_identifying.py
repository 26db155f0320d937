"""Words that could tell who somebody is are found before anything is sent; harmless ones are left alone."""

from datetime import date
from itertools import pairwise

import pytest

from apps.inquiries.identifying import Identifying, Known, identifying
from tests.inquiries.texts import harmless, telling

TODAY = date(2026, 11, 22)
HANA = Known(
    full_names=("佐々木 ハナ", "ささき はな", "髙𣘺 みどり"),
    names=("佐々木", "ハナ", "ささき", "はな", "髙𣘺", "みどり"),
    places=("さくら川市緑が丘",),
)


def kinds_in(text, known=HANA):
    return [one.kind for one in identifying(text, today=TODAY, known=known)]


def test_of_two_hundred_texts_that_could_tell_who_it_is_ninety_five_in_a_hundred_are_found():
    missed = [text for text in telling(200) if not identifying(text, today=TODAY)]

    assert len(missed) <= 10, missed


def test_of_two_hundred_harmless_texts_five_in_a_hundred_are_doubted_at_most():
    doubted = [
        (text, [one.word for one in found]) for text in harmless(200) if (found := identifying(text, today=TODAY))
    ]

    assert len(doubted) <= 10, doubted


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_it_does_not_hang_on_one_throw_of_the_dice(seed):
    missed = [text for text in telling(200, seed) if not identifying(text, today=TODAY)]
    doubted = [text for text in harmless(200, seed) if identifying(text, today=TODAY)]

    assert (len(missed) <= 10, len(doubted) <= 10) == (True, True), (missed, doubted)


@pytest.mark.parametrize(
    "text",
    ["佐々木ハナです", "佐々木　ハナ", "ｻｻｷ ﾊﾅ", "ささきはな", "高橋みどり（長女）", "髙橋 みどり"],
)
def test_the_clients_own_name_is_found_in_any_width_kana_and_variant_and_is_certain(text):
    [found] = [one for one in identifying(text, today=TODAY, known=HANA) if one.is_certain]

    assert found.kind == Identifying.NAME
    assert text[found.begins : found.ends] == found.word


def test_a_part_of_the_clients_name_is_asked_about_and_not_certain():
    [found] = identifying("佐々木でお願いします", today=TODAY, known=HANA)

    assert (found.word, found.is_certain) == ("佐々木", False)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("０９０－１２３４－５６７８", Identifying.PHONE),
        ("０１９７ー６５ー１２３４", Identifying.PHONE),
        ("hanako@example.jp", Identifying.MAIL),
        ("被保険者番号は０００１２３４５６７", Identifying.NUMBER),
        ("駅前一丁目2-3", Identifying.ADDRESS),
        ("〒024-0061", Identifying.ADDRESS),
        ("コーポ桜203号室", Identifying.ADDRESS),
        ("緑が丘に住むさくら川市緑が丘の人", Identifying.ADDRESS),
        ("昭和１７年３月９日", Identifying.BIRTH),
        ("1942-03-09", Identifying.BIRTH),
        ("昭和十七年三月九日生", Identifying.BIRTH),
        ("黒沢尻北小学校", Identifying.PLACE),
        ("Sato Hanako", Identifying.NAME),
    ],
)
def test_a_word_is_said_to_be_what_it_is(text, kind):
    assert kind in kinds_in(text)


@pytest.mark.parametrize(
    "text",
    ["2026年12月1日から", "令和8年10月3日に退院", "3-5歳", "週3-4回", "同様の方", "たくさん", "お母さん", "看護師さん"],
)
def test_a_day_of_the_case_a_span_and_everyday_titles_are_harmless(text):
    assert kinds_in(text) == []


def test_what_is_found_stands_where_it_was_written_and_nothing_stands_twice():
    text = "連絡は０９０－１２３４－５６７８、佐々木 ハナさんまで"

    found = identifying(text, today=TODAY, known=HANA)

    assert [text[one.begins : one.ends] for one in found] == [one.word for one in found]
    assert all(first.ends <= second.begins for first, second in pairwise(found))


def test_an_empty_text_tells_nothing():
    assert identifying("", today=TODAY, known=HANA) == []

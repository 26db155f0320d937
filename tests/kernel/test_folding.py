"""What a person means by a name, folded alike by the code and by the database."""

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.kernel.folding import HYPHENS, SMALL_KANA, VARIANTS, fold, places_of

# Everything that names are written with, and what the folding speaks of by name.
LETTERS = "".join(
    map(chr, [*range(0x20, 0x7F), *range(0x3041, 0x3097), *range(0x309B, 0x3100), *range(0xFF01, 0xFFA0)])
)
LETTERS += "".join(map(chr, [*VARIANTS, *SMALL_KANA])) + HYPHENS.pattern.strip("[]") + "\u3000\ufe01\U000e0101佐々木葛"


def folded_by_database(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT kernel_fold(%s)", [text])
        return cursor.fetchone()[0]


def test_the_database_folds_every_letter_of_a_name_as_the_code_does(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT letter, kernel_fold(letter) FROM unnest(%s::text[]) AS letter", [list(LETTERS)])
        different = {letter: (folded, plain(letter)) for letter, folded in cursor.fetchall() if folded != plain(letter)}

    assert different == {}


def test_the_database_folds_whole_names_as_the_code_does(db):
    @settings(max_examples=150, deadline=None, database=None)
    @given(st.text(LETTERS, max_size=20))
    def alike(text):
        assert folded_by_database(text) == plain(text)

    alike()


def plain(text):
    return fold(text).replace(" ", "")


@pytest.mark.parametrize("written", ["ｻｻｷ ﾊﾅ", "ささき　はな", "ササキハナ", "ささきはな"])
def test_a_reading_is_the_same_in_every_width_and_kana(db, written):
    assert folded_by_database(written) == "ササキハナ"


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("左に浮腫がある", "浮腫", ["浮腫"]),
        ("ｽｽﾞｷさん", "スズキ", ["ｽｽﾞｷ"]),
        ("髙𣘺と高橋", "高橋", ["髙𣘺", "高橋"]),
        ("転倒\nなし", "転倒ナ", ["転倒\nな"]),
        ("㈱さくら", "株", ["㈱"]),
        ("あああ", "アア", ["あああ"]),
        ("葛\U000e0101城", "葛城", ["葛\U000e0101城"]),
        ("なし", "浮腫", []),
    ],
)
def test_a_folded_word_is_found_where_it_is_written(text, word, found):
    assert [text[begin:end] for begin, end in places_of([word], text)] == found

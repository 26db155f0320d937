"""Finding offices: width, kana, variant kanji and corporate forms make no difference, and the index serves it."""

import pytest
from django.db import connection

from apps.directory.actions import import_file
from apps.directory.models import Office, ServiceKind
from apps.directory.queries import office_by_number, offices_found, offices_holding
from apps.directory.search import grams, words
from tests.directory import files
from tests.directory.files import NUMBERS

NAMES = [
    ("株式会社さくら　訪問看護", "カブシキガイシャサクラホウモンカンゴ"),
    ("髙橋ケアプラン", "タカハシケアプラン"),
    ("（福）キャッスル", "キャッスル"),
    ("虹", "ニジ"),
]


@pytest.fixture
def listed(towns, tmp_path):
    rows = [
        {"事業所番号": number, "事業所名": name, "事業所名カナ": kana}
        for number, (name, kana) in zip(NUMBERS, NAMES, strict=True)
    ]
    import_file(path=files.kaigo(tmp_path, *rows))


def names(*asked, **limits):
    return [office.name for office in offices_found(*asked, **limits)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("さくら", 0),
        ("サクラ", 0),
        ("ｻｸﾗ", 0),
        ("（株）さくら", 0),
        ("(株) ｻｸﾗ", 0),
        ("株式会社さくら", 0),
        ("さくら 看護", 0),
        ("看護 さくら", 0),
        ("高橋", 1),
        ("髙橋", 1),
        ("たかはし", 1),
        ("きやっする", 2),
        ("キャツスル", 2),
        ("社会福祉法人キャッスル", 2),
        ("虹", 3),
        ("に", 3),
        ("0370600017", 0),
        ("０３７０６０００２５", 1),
    ],
)
def test_an_office_is_found_however_it_is_typed(listed, typed, found):
    assert NAMES[found][0] in names(typed)


@pytest.mark.parametrize("typed", ["さくら 高橋", "らさく", "看護訪問", "%", "_", "\\", "さ%ら", "'; --"])
def test_what_no_office_is_called_finds_none(listed, typed):
    assert names(typed) == []


@pytest.mark.parametrize("typed", ["", "  ", "　", "株式会社"])
def test_no_words_find_every_office_in_the_order_of_the_syllabary(listed, typed):
    assert names(typed) == [NAMES[place][0] for place in (0, 2, 1, 3)]


def test_a_kind_and_a_municipality_narrow_the_search(towns, tmp_path, listed):
    import_file(
        path=files.kaigo(
            tmp_path,
            {"サービスの種類": "通所介護", "事業所番号": "0370100018", "都道府県コード又は市町村コード": "032018"},
            name="jigyosho_150.csv",
        )
    )
    day = ServiceKind.objects.get(opendata_code="150")

    assert [office.office_number for office in offices_found("", kind=day)] == ["0370100018"]
    assert [office.office_number for office in offices_found("", None, towns["盛岡市"])] == ["0370100018"]
    assert not offices_found("", day, towns["北上市"]).exists()


def test_a_city_includes_its_wards(towns, tmp_path):
    import_file(path=files.kaigo(tmp_path, {"都道府県コード又は市町村コード": "011011"}))

    assert offices_found("", municipality=towns["札幌市"]).count() == 1
    assert offices_found("", municipality=towns["札幌市 中央区"]).count() == 1


def test_a_closed_office_is_not_found(towns, tmp_path, listed):
    import_file(path=files.kaigo(tmp_path, {"事業所番号": NUMBERS[0], "事業所名": NAMES[0][0]}))

    assert names("高橋") == []
    assert names("さくら") == [NAMES[0][0]]


def test_an_office_number_needs_its_system(listed):
    assert office_by_number("０３７０６０ー００１７").name == NAMES[0][0]
    assert office_by_number("0370600017", system="shogai") is None


def test_a_pasted_book_asks_for_five_words_at_most():
    assert len(words("さくら " * 10_000)) == 5
    assert sum(map(len, words("さ" * 10_000))) == 100


@pytest.mark.parametrize("word", ["虹", "サクラ", "ケアプランセンター", "0370600017"])
def test_the_database_cuts_text_into_the_very_pieces_that_are_asked_for(db, word):
    with connection.cursor() as cursor:
        cursor.execute("SELECT directory_grams(%s) @> %s::text[]", [f"前\n前{word}後", grams(word)])
        assert cursor.fetchone() == (True,)
        cursor.execute("SELECT directory_grams(%s)", [word])
        assert set(cursor.fetchone()[0]) == {*word, *grams(word)}


@pytest.mark.parametrize("typed", ["虹", "さくら", "さくら訪問看護"])
def test_one_two_and_more_letters_are_looked_up_in_the_index(db, typed):
    with connection.cursor() as cursor:
        # A few rows are read faster than an index: the question is whether the index can answer at all.
        cursor.execute("SET LOCAL enable_seqscan = off")

    plan = offices_holding(Office.objects.order_by(), typed).explain()

    assert "Bitmap Index Scan on offices_by_one_and_two_letters" in plan


def test_the_pieces_follow_the_text_by_themselves(listed):
    office = Office.objects.get(office_number=NUMBERS[3])
    Office.objects.filter(pk=office.pk).update(search_text="アメ")
    office.refresh_from_db()

    assert set(office.search_grams) == {"ア", "メ", "アメ"}

"""Japanese is complete, up to date and plain: one catalogue, said as the field says it."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from carenet.launch import messages as launcher
from tests.house.sources import PROJECT

CATALOGUE = PROJECT / "carenet" / "locale" / "ja" / "LC_MESSAGES" / "django.po"
JAPANESE = "ぁ-んァ-ヶー一-龠々"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
# Written alike in both languages.
ALIKE = {"API", "FAX"}
# The glossary's words are law; beside each stands what is said instead.
NOT_SAID_HERE = {
    "ユーザ": "利用者 for who is cared for, メンバー for who takes part",
    "クライアント": "利用者",
    "パスワード": "パスフレーズ",
    "サインイン": "ログイン",
    "サインアウト": "ログアウト",
    "エラー": "what happened",
    "フィールド": "what is asked for",
    "メンション": "呼びかけ",
    "テナント": "環境",
    "アドミン": "環境管理者",
    "デバイス": "端末",
    "ケアチーム": "支援チーム",
    "オフィス": "事業所",
    "下さい": "ください",
    "出来": "できます, できません",
    "お客様": "利用者",
    "リロード": "読み込み直す",
    "アクセスログ": "閲覧記録",
}
# 管理者 alone is the head of an office (domain glossary); who runs an environment is its 環境管理者.
HEAD_OF_AN_OFFICE = "管理者（事業所）"
# A sentence is です・ます; a motto and a greeting are no sentences.
POLITE = ("です", "ます", "ません", "ました", "でした", "ましょう", "ください", "など", "つながる", "ようこそ")


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="ja", domain="django")


@cache
def catalogue() -> Catalog:
    assert CATALOGUE.exists(), f"{CATALOGUE.relative_to(PROJECT)} is missing"
    return read(CATALOGUE)


def messages() -> list[Message]:
    return [message for message in catalogue() if message.id]


def english(message: Message) -> str:
    """The sentence, in the plural where there are two."""
    return str(message.id[-1] if isinstance(message.id, tuple | list) else message.id)


def translations(message: Message) -> list[str]:
    said = message.string
    return list(said) if isinstance(said, tuple | list) else [str(said)]


def said() -> Iterator[tuple[str, str]]:
    """Every sentence with what it is in Japanese."""
    return ((english(message), text) for message in messages() for text in translations(message))


def plain(text: str) -> str:
    """The text with a Japanese word where a placeholder stands."""
    return PLACEHOLDER.sub("名", text)


# -- complete


def test_every_sentence_is_said_in_japanese():
    assert [message.id for message in messages() if not all(translations(message))] == []


def test_no_japanese_sentence_is_a_guess():
    assert [message.id for message in messages() if message.fuzzy] == []


def test_japanese_has_one_form_for_any_number():
    assert catalogue().plural_forms == "nplurals=1; plural=0;"
    assert [message.id for message in messages() if len(translations(message)) != 1] == []


def test_no_sentence_stayed_english():
    letters = re.compile(f"[{JAPANESE}]")
    assert [source for source, text in said() if not letters.search(plain(text)) and source not in ALIKE] == []


def test_what_is_alike_is_still_said_somewhere():
    assert {source for source, text in said() if source == text} == ALIKE


# -- up to date


@pytest.fixture(scope="module")
def found_in_sources(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What makemessages finds in the sources as they stand, in a copy, so that nothing changes here."""
    assert shutil.which("xgettext"), "xgettext is missing: please run 'apt-get install -y gettext'."
    copy = tmp_path_factory.mktemp("sources")
    wordless = shutil.ignore_patterns("__pycache__", "locale", "static", "fonts")
    for folder in ("apps", "carenet"):
        shutil.copytree(PROJECT / folder, copy / folder, ignore=wordless)
    (copy / "locale").mkdir()
    command = (
        "import django; from django.conf import settings; settings.configure(LOCALE_PATHS=['locale'], USE_I18N=True);"
        "django.setup(); from django.core.management import call_command;"
        "call_command('makemessages', locale=['ja'], no_obsolete=True, verbosity=0)"
    )
    subprocess.run([sys.executable, "-c", command], cwd=copy, check=True, capture_output=True, text=True)
    return read(copy / "locale" / "ja" / "LC_MESSAGES" / "django.po")


def keys(of: Catalog) -> set[tuple[str | None, str]]:
    return {(message.context, str(message.id)) for message in of if message.id}


def test_the_catalogue_holds_every_sentence_of_the_sources(found_in_sources):
    # After a change: make messages, then say the new ones in Japanese.
    assert sorted(keys(found_in_sources) - keys(catalogue()), key=str) == []


def test_the_catalogue_holds_nothing_that_nobody_says_any_more(found_in_sources):
    assert sorted(keys(catalogue()) - keys(found_in_sources), key=str) == []
    assert list(catalogue().obsolete) == []


def test_collecting_twice_gives_the_same_file():
    # Dates, line numbers and wrapped lines would change with every run and make two branches disagree.
    text = CATALOGUE.read_text("utf-8")

    assert "POT-Creation-Date" not in text
    assert re.findall(r"^#: .*\.(?:py|html|txt):\d+", text, re.MULTILINE) == []
    assert re.findall(r'^msg(?:id|str)(?:_plural|\[0\])? ""\n"(?!Project)', text, re.MULTILINE) == []


# -- what a sentence is made of


def test_no_japanese_sentence_drops_or_invents_a_placeholder():
    different = [
        source
        for source, text in said()
        if sorted(set(PLACEHOLDER.findall(source))) != sorted(set(PLACEHOLDER.findall(text)))
    ]
    assert different == []


def test_what_the_launcher_compiles_says_every_sentence(tmp_path, monkeypatch):
    folder = tmp_path / "ja" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    shutil.copy(CATALOGUE, folder)
    monkeypatch.setattr(launcher, "LOCALE", tmp_path)

    (compiled,) = launcher.compile_messages()

    with compiled.open("rb") as file:
        words = GNUTranslations(file)
    unsaid = [message.id for message in messages() if spoken(words, message) not in translations(message)]
    assert unsaid == []


def spoken(words: GNUTranslations, message: Message) -> str:
    """What a page would say, for three of whatever is counted."""
    if isinstance(message.id, tuple | list):
        return words.ngettext(*message.id, 3)
    if message.context:
        return words.pgettext(message.context, message.id)
    return words.gettext(message.id)


def test_a_sentence_begins_and_ends_where_the_english_does():
    ragged = [
        source
        for source, text in said()
        if (source[:1].isspace(), source[-1:].isspace()) != (text[:1].isspace(), text[-1:].isspace())
    ]
    assert ragged == []


def test_a_sentence_ends_as_a_sentence_and_a_name_as_a_name():
    ends = {".": "。", "?": "？", ":": "：", "…": "…"}
    other = [
        source
        for source, text in said()
        if (source[-1] in ends and text[-1] not in {ends[source[-1]], "？"})
        or (source[-1] not in ends and text.endswith("。"))
    ]
    assert other == []


# -- how it is said


def test_sentences_are_polite():
    # What follows a colon is a list; what stands in brackets is a remark.
    aside = re.compile(r"（[^）]*）|[^。]*：[^。]*。|」")
    rude = [
        text
        for _, text in said()
        for sentence in re.findall(r"([^。？]+)。", aside.sub("", text))
        if not sentence.endswith(POLITE)
    ]
    assert rude == []


def test_words_of_other_houses_are_not_said():
    # A spreadsheet has a password; people here have a passphrase.
    foreign = [
        (word, text) for source, text in said() for word in NOT_SAID_HERE if word in text and "password" not in source
    ]
    assert foreign == []


def test_who_runs_an_environment_is_never_mistaken_for_the_head_of_an_office():
    unclear = [text for _, text in said() if "管理者" in text.replace("環境管理者", "").replace(HEAD_OF_AN_OFFICE, "")]
    assert unclear == []


def test_nobody_is_asked_for_an_e_mail_address():
    asked = [source for source, text in said() if "メール" in text and "mail" not in source]
    assert asked == []


def test_signs_are_full_width_and_digits_half_width():
    near = re.compile(rf"[{JAPANESE}][,.!?:;()]|[,!?:;()][{JAPANESE}]|[０-９Ａ-Ｚａ-ｚ]|[｡-ﾟ]")
    assert [text for _, text in said() if near.search(plain(text))] == []


def test_no_space_stands_between_japanese_and_digits_or_letters():
    gap = re.compile(rf"[{JAPANESE}、。] [A-Za-z0-9]|[A-Za-z0-9] [{JAPANESE}]|[、。！？：] ")
    numbered = re.compile(r"^\d\. ")
    assert [text for _, text in said() if gap.search(numbered.sub("", plain(text)))] == []


def test_quotation_marks_come_in_pairs():
    open_ended = [text for _, text in said() for pair in ("「」", "（）") if text.count(pair[0]) != text.count(pair[1])]
    foreign = [text for _, text in said() if re.search("[“”\"']", text)]

    assert open_ended == []
    assert foreign == []

"""Every word a person reads is a plain sentence in the sources and Japanese in one complete catalogue."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.house.sources import PROJECT, Module, everywhere, name_called, read, templates

CATALOGUE = PROJECT / "carenet" / "locale" / "ja" / "LC_MESSAGES" / "django.po"
GETTEXTS = {
    "_": 1,
    "gettext": 1,
    "gettext_lazy": 1,
    "gettext_noop": 1,
    "ngettext": 2,
    "ngettext_lazy": 2,
    "pgettext": 2,
    "pgettext_lazy": 2,
    "npgettext": 3,
}
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")


def gettext_calls() -> Iterator[tuple[Module, ast.Call, list[ast.expr]]]:
    for module in everywhere():
        for call in module.calls():
            name = name_called(call).rpartition(".")[2]
            if name in GETTEXTS and call.args:
                yield module, call, call.args[: GETTEXTS[name]]


def test_what_is_translated_is_one_constant():
    # An f-string, a sum or a variable cannot be found by those who translate.
    made_up = [
        f"{module.at(call)} {ast.unparse(call)}"
        for module, call, words in gettext_calls()
        for word in words
        if not (isinstance(word, ast.Constant) and isinstance(word.value, str)) and not is_a_rows_own_word(call)
    ]

    assert made_up == []


def is_a_rows_own_word(call: ast.Call) -> bool:
    """A notification holds its msgid, marked where it was written; it is translated for whoever reads it."""
    return ast.unparse(call) == "gettext(self.sentence)"


def test_placeholders_have_names():
    nameless = [
        f"{module.at(call)} {word.value!r}"
        for module, call, words in gettext_calls()
        for word in words
        if isinstance(word, ast.Constant) and re.search(r"(?<!%)%[sd]|\{\d*\}", str(word.value))
    ]

    assert nameless == []


def test_msgids_are_english():
    foreign = [
        f"{module.at(call)} {word.value!r}"
        for module, call, words in gettext_calls()
        for word in words
        # A sentence may show an example of what a Japanese keyboard types.
        if isinstance(word, ast.Constant) and not re.match(r"[A-Za-z%(]", str(word.value))
    ]

    assert foreign == []


def test_templates_hold_no_japanese_of_their_own():
    # Between a tag and a tag stands {% translate %}: what is written out in one language cannot be read in the other.
    speaking = [
        f"{template}: {found.group()}"
        for template in templates()
        for found in [JAPANESE.search(without_names_of_languages(without_comments(read(template))))]
        if found
    ]

    assert speaking == []


def without_comments(text: str) -> str:
    return re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", "", text, flags=re.DOTALL)


def without_names_of_languages(text: str) -> str:
    """Each language is written in itself: what is marked `lang="ja"` is Japanese whoever reads it."""
    return re.sub(r"""<(\w+)\b[^>]*\slang="ja"[^>]*>[^<]*</\1>""", "", text)


@cache
def catalogue() -> Catalog:
    assert CATALOGUE.exists(), f"{CATALOGUE.relative_to(PROJECT)} is missing"
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="ja", domain="django")


def test_japanese_is_complete():
    untranslated = [message.id for message in catalogue() if message.id and not all(translations(message))]

    assert untranslated == []


def translations(message: object) -> list[str]:
    said = message.string  # type: ignore[attr-defined]
    return list(said) if isinstance(said, tuple | list) else [said]


def test_no_japanese_sentence_is_a_guess():
    guessed = [message.id for message in catalogue() if message.id and message.fuzzy]

    assert guessed == []


def test_no_japanese_sentence_drops_a_placeholder():
    named = re.compile(r"%\((\w+)\)[sd]")
    wrong = []
    for message in catalogue():
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        wanted = set(named.findall(ids[-1] or ""))
        wrong += [message.id for said in translations(message) if said and set(named.findall(said)) != wanted]

    assert wrong == []


@pytest.fixture(scope="module")
def found_in_sources(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What makemessages finds in the sources as they stand, in a copy that changes nothing here."""
    assert shutil.which("xgettext"), "xgettext is missing: please run 'apt-get install -y gettext'."
    copy = tmp_path_factory.mktemp("sources")
    shutil.copytree(PROJECT / "apps", copy / "apps", ignore=shutil.ignore_patterns("__pycache__", "locale"))
    shutil.copytree(PROJECT / "carenet", copy / "carenet", ignore=shutil.ignore_patterns("__pycache__", "locale"))
    (copy / "locale").mkdir()
    command = (
        "import django; from django.conf import settings; settings.configure(LOCALE_PATHS=['locale'], USE_I18N=True);"
        "django.setup(); from django.core.management import call_command;"
        "call_command('makemessages', locale=['ja'], no_obsolete=True, verbosity=0)"
    )
    subprocess.run([sys.executable, "-c", command], cwd=copy, check=True, capture_output=True, text=True)
    with Path(copy / "locale" / "ja" / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale="ja", domain="django")


def keys(of: Catalog) -> set[tuple[object, object]]:
    return {(message.context, message.id) for message in of if message.id}


def test_the_catalogue_holds_every_sentence_of_the_sources(found_in_sources):
    assert sorted(keys(found_in_sources) - keys(catalogue()), key=str) == []

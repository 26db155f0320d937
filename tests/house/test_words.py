"""Every word a person reads is a plain English sentence in the sources, marked so that it can be translated."""

import ast
import re
from collections.abc import Iterator

from tests.house.sources import Module, everywhere, name_called, read, templates

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
        if isinstance(word, ast.Constant) and not re.match(r"[A-Za-z%(“]", str(word.value))
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

"""Templates, style sheets and scripts keep the rules that no tool knows."""

import re
from pathlib import Path

import pytest

from tests.house.sources import PROJECT, elements, modules, read, scripts, styles, templates

LAYERS = ["reset", "tokens", "base", "layout", "components", "pages", "utilities"]
# Where one swap target of htmx may be: a fragment is included or answered, a page extends or is a document.
PLAIN_ADDRESS = re.compile(r"""(?:src|href|action|srcset|poster|data)\s*=\s*["'](?:https?:)?//""")


def without_comments(text: str) -> str:
    return re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", "", text, flags=re.DOTALL)


def templates_with(pattern: str) -> list[str]:
    found = re.compile(pattern, re.IGNORECASE)
    return [f"{one}: {hit.group()}" for one in templates() if (hit := found.search(without_comments(read(one))))]


def test_no_template_has_a_style_of_its_own():
    assert templates_with(r"<[^>]+\sstyle\s*=|<style\b") == []


def test_no_template_has_a_script_of_its_own():
    # The import map is the one inline script, written by a tag with the request's nonce.
    assert templates_with(r"<[^>]+\son[a-z]+\s*=\s*[\"']|javascript:") == []
    assert list(templates_with(r"<script(?![^>]*\ssrc=)[^>]*>")) == []


def test_no_template_loads_what_is_built_in():
    assert templates_with(r"\{% load [^%]*\b(static|i18n|house)\b[^%]*%\}") == []


def test_nothing_is_fetched_from_another_host():
    calling = [
        f"{one}: {hit.group()}"
        for one in [*templates(), *scripts(), *styles()]
        if (
            hit := re.search(
                r"""(?:src|srcset|poster)\s*=\s*["'](?:https?:)?//|<link[^>]+href=["'](?:https?:)?//"""
                r"""|(?:import|fetch|url|WebSocket)\s*\(?\s*["']?(?:https?|wss?)://""",
                without_comments(read(one)),
            )
        )
    ]

    assert calling == []


def test_every_included_template_is_a_fragment():
    # {% include "rooms/_message.html" %}: one file, one swap target, prefixed with an underscore.
    whole = [
        f"{one} includes {name}"
        for one in templates()
        for name in re.findall(r"""\{% include ["']([^"']+)["']""", read(one))
        if not Path(name).name.startswith("_") and not name.endswith(".svg")
    ]

    assert whole == []


def test_no_fragment_is_a_page():
    pages = [str(one) for one in templates() if one.name.startswith("_") and re.search(r"\{% extends", read(one))]

    assert pages == []


def test_every_template_that_is_no_fragment_is_a_page_or_a_part_of_a_library():
    # Forms and widgets are rendered under names that Django and allauth gave them.
    lost = [
        str(one)
        for one in templates()
        if not one.name.startswith("_") and not re.search(r"\{% extends|<!doctype", read(one), re.IGNORECASE)
        if not {"allauth", "django", "forms", "elements"}.intersection(one.parts) and one.parts[-2] != "kernel"
        if not one.name.endswith(".txt")
    ]

    assert lost == []


def test_a_fragment_receives_its_things_by_name():
    # Without `only` a fragment would hang on whatever stood around its caller. A fragment that a view also answers
    # with has the view's whole context there, and so on its page.
    answered = {name for module in modules() for name in re.findall(r'"(\w+/_\w+\.html)"', module.text)}
    leaning = [
        f"{one}: {hit}"
        for one in templates()
        for hit in re.findall(r"\{% include [^%]*%\}", read(one))
        if " only " not in hit and not answered.intersection(re.findall(r'"([^"]+)"', hit))
    ]

    assert leaning == []


def test_every_form_that_writes_carries_its_token():
    for one in templates():
        for form in re.findall(r"<form\b.*?</form>", read(one), re.DOTALL):
            if re.search(r"""method\s*=\s*["']post["']""", form, re.IGNORECASE):
                assert "csrf_token" in form, f"{one}: a form that posts has no token"


# -- style sheets


def rules(text: str) -> str:
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("sheet", styles(), ids=str)
def test_every_rule_stands_in_a_known_layer(sheet):
    text = rules(read(sheet))
    # What stands outside every brace: only layers, imports into a layer, and rules for paper.
    depth, outside = 0, ""
    for sign in text:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth == 0 and sign != "}":
            outside += sign
    heads = [head.strip() for head in re.split(r"[;\n]\s*(?=@|\S)", outside) if head.strip()]

    for head in heads:
        assert re.match(r"@layer\b|@import\b|@font-face\b|@page\b|@charset\b|@view-transition\b", head), head
    named = {name.strip() for names in re.findall(r"@layer ([\w\s,]+)[;{]", text) for name in names.split(",")}
    assert named <= set(LAYERS)


def test_the_order_of_the_layers_is_declared_first():
    text = rules(read(Path("apps/kernel/static/kernel/layers.css"))).strip()

    assert text.startswith(f"@layer {', '.join(LAYERS)};")


def test_an_apps_own_sheet_styles_its_pages_only():
    straying = [
        f"{sheet}: {name}"
        for sheet in styles()
        if sheet.parts[1] != "kernel"
        for names in re.findall(r"@layer ([\w\s,]+)[;{]", rules(read(sheet)))
        for name in names.split(",")
        if name.strip() != "pages"
    ]

    assert straying == []


def selectors(text: str) -> list[str]:
    return [part.strip() for part in re.findall(r"([^{};]+)\{", rules(text)) if not part.strip().startswith("@")]


def test_no_selector_names_an_id():
    named = [
        f"{sheet}: {selector}"
        for sheet in styles()
        for selector in selectors(read(sheet))
        if re.search(r"(?<![\w\[=\"'])#[A-Za-z]", selector)
    ]

    assert named == []


def test_there_are_at_most_twenty_utilities():
    words = set(re.findall(r"\.([\w-]+)", " ".join(selectors(read(Path("apps/kernel/static/kernel/utilities.css"))))))

    assert 0 < len(words) <= 20, sorted(words)


def test_a_colour_is_named_and_never_written_out():
    # Dark mode and high contrast redefine the names; a written-out colour would stay behind. Paper is always white.
    written = [
        f"{sheet}: {hit}"
        for sheet in styles()
        if sheet.name not in {"tokens.css", "print.css"}
        for hit in re.findall(r":\s*[^;{}]*?(#[0-9a-fA-F]{3,8}\b|rgba?\(\s*\d|hsla?\(\s*\d)", rules(read(sheet)))
    ]

    assert written == []


# -- scripts


@pytest.mark.parametrize("element", elements(), ids=str)
def test_an_element_defines_itself_under_its_files_name_and_shows_its_html(element):
    text = read(element)
    comment = re.match(r"(?:\s*//[^\n]*\n)+", text)

    assert re.findall(r"""customElements\.define\(\s*["']([\w-]+)["']""", text) == [element.stem]
    assert "-" in element.stem
    assert comment, "a comment at the top says what the element is"
    assert f"<{element.stem}" in comment.group(), "its HTML is shown"


def test_elements_are_defined_nowhere_else():
    elsewhere = [str(one) for one in scripts() if one not in elements() and "customElements.define" in read(one)]

    assert elsewhere == []


def test_scripts_leave_no_globals_and_write_no_html_of_their_own():
    # `innerHTML` of a template element that came from the server is parsed, not spliced from strings.
    telling = re.compile(
        r"\bwindow\.\w+\s*=[^=]|\bglobalThis\.\w+\s*=[^=]|\beval\(|new Function\(|document\.write|insertAdjacentHTML\(\s*[\"'`]\w+[\"'`],\s*`"
    )
    wrong = [f"{one}: {hit.group()}" for one in scripts() if (hit := telling.search(read(one)))]

    assert wrong == []


def test_every_element_that_a_template_uses_exists():
    used = {
        (str(one), tag)
        for one in templates()
        for tag in re.findall(r"<([a-z]+(?:-[a-z]+)+)[\s>]", without_comments(read(one)))
    }
    known = {element.stem for element in elements()}

    assert {(page, tag) for page, tag in used if tag not in known} == set()


def test_every_element_is_used():
    shown = " ".join(read(one) for one in [*templates(), *PROJECT.glob("apps/*/templatetags/*.py")])

    assert [str(one) for one in elements() if f"<{one.stem}" not in shown] == []

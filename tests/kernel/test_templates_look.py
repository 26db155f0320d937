"""The rules of the look that a reader cannot see at once: layers, names, colours that can be read."""

import re
from pathlib import Path

import pytest
from django.conf import settings

APPS = settings.BASE / "apps"
KERNEL = APPS / "kernel" / "static" / "kernel"
SHEETS = sorted(path for path in APPS.rglob("static/**/*.css") if "vendor" not in path.parts)
TEMPLATES = sorted(APPS.rglob("templates/**/*.html"))
TOKENS = (KERNEL / "vendor" / "digital-go-jp" / "tokens.css").read_text() + (KERNEL / "tokens.css").read_text()

# What stands on what, with the contrast that WCAG 2.2 AA asks for.
READ = [
    ("text", "surface", 7),
    ("text", "ground", 7),
    ("text", "sunken", 7),
    ("text", "key-tint", 7),
    ("text-quiet", "surface", 4.5),
    ("text-quiet", "ground", 4.5),
    ("text-quiet", "sunken", 4.5),
    ("link", "surface", 4.5),
    ("link", "ground", 4.5),
    ("link", "error-tint", 4.5),
    ("key", "surface", 4.5),
    ("key", "key-tint", 4.5),
    ("on-key", "key", 4.5),
    ("on-key", "key-hover", 4.5),
    ("on-error", "error-text", 4.5),
    ("error-text", "surface", 4.5),
    ("error-text", "error-tint", 4.5),
    ("success-text", "success-tint", 4.5),
    ("warning-text", "warning-tint", 4.5),
    ("border-field", "surface", 3),
    ("error", "surface", 3),
    ("focus", "surface", 3),
    *[(f"hue-{hue}-letter", f"hue-{hue}-ground", 7) for hue in range(8)],
]


def written(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)


def colours(scheme: str) -> dict[str, str]:
    """Every custom property as it stands in light or dark."""
    plain = re.sub(r"@media \(prefers-contrast.*?\n  }\n", "", TOKENS, flags=re.DOTALL)
    dark = re.search(r"@media \(prefers-color-scheme: dark\) {\n(.*?)\n  }\n", plain, re.DOTALL)
    assert dark is not None
    light = plain.replace(dark[0], "")
    found = dict(re.findall(r"--([\w-]+):\s*([^;]+);", light))
    if scheme == "dark":
        found |= dict(re.findall(r"--([\w-]+):\s*([^;]+);", dark[1]))
    return found


def luminance(name: str, known: dict[str, str]) -> float:
    value = known[name].strip()
    while value.startswith("var("):
        value = known[value.removeprefix("var(--").removesuffix(")")].strip()
    digits = value.removeprefix("#")
    assert re.fullmatch(r"[0-9a-f]{6}", digits), f"--{name} is no plain colour: {value}"
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), READ)
def test_colours_can_be_read(scheme, front, back, least):
    known = colours(scheme)
    lighter, darker = sorted([luminance(front, known), luminance(back, known)], reverse=True)

    assert (lighter + 0.05) / (darker + 0.05) >= least


def test_the_order_of_the_cascade_is_declared_first():
    assert (
        written(KERNEL / "layers.css")
        .strip()
        .startswith("@layer reset, tokens, base, layout, components, pages, utilities;")
    )


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_every_rule_stands_in_a_layer(sheet):
    outside = re.sub(r"@layer [\w]+ {.*?\n}", "", written(sheet), flags=re.DOTALL)

    assert "{" not in outside


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_no_selector_names_an_id(sheet):
    selectors = re.findall(r"([^{};]+){", written(sheet))

    assert [selector for selector in selectors if "#" in selector] == []


@pytest.mark.parametrize("sheet", [path for path in SHEETS if path.name != "tokens.css"], ids=lambda path: path.name)
def test_rules_use_what_a_colour_is_for(sheet):
    """Dark mode turns over the first tier; a rule that names a colour itself would stay behind."""
    without_print = re.sub(r"#000\b", "", written(sheet)) if sheet.name == "print.css" else written(sheet)

    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|--(?:ink|paper|blue|red|green|yellow)-\d", without_print) == []


def test_utilities_are_few():
    names = set(re.findall(r"\.([\w-]+)", written(KERNEL / "utilities.css")))

    assert len({name for name in names if not name.isdigit() and name != "99em"}) <= 20


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_template_writes_no_style_and_no_program_into_a_page(template):
    text = template.read_text()

    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"\son(?!e=)[a-z]+=", text)
    assert "hx-on" not in text
    assert not re.search(r"<style\b", text)
    assert all("src=" in script for script in re.findall(r"<script\b[^>]*>", text))

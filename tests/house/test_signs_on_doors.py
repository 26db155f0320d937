"""Every app says what it is, and every module what may live in it."""

import ast
import re

import pytest

from tests.house.sources import APPS, FLOORS, apps, modules, parsed

# Words that hide what is inside.
NOWHERE = {"utils", "util", "helpers", "helper", "common", "misc", "services", "service", "managers", "manager", "base"}


def test_every_app_stands_on_a_floor():
    assert set(apps()) == set(FLOORS)


@pytest.mark.parametrize("app", apps())
def test_an_app_says_what_it_is_in_one_sentence_without_and(app):
    sign = ast.get_docstring(parsed((APPS / app / "__init__.py").relative_to(APPS.parent))) or ""

    assert sign.endswith("."), f"apps/{app}/__init__.py has no sentence as its docstring"
    assert "\n" not in sign
    assert len(re.findall(r"[.!?](?:\s|$)", sign)) == 1, "one sentence"
    assert not re.search(r"\band\b", sign), f"{sign!r} says two things"


def test_no_module_is_named_for_nothing():
    # Django looks a database back end up under `base`.
    named_for_nothing = [
        str(module.path)
        for module in modules()
        if NOWHERE.intersection(module.parts) and module.path.parts[2:] != ("postgres", "base.py")
    ]

    assert named_for_nothing == []


def test_every_module_says_what_may_live_in_it():
    silent = [
        str(module.path)
        for module in modules()
        # An app's configuration is its name; an empty file marks a package.
        if module.tree.body and module.parts != ("apps",) and not ast.get_docstring(module.tree)
    ]

    assert silent == []

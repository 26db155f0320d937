"""What the browser is told about every page: no foreign host, no program or style from the page itself, no copy."""

import re

import pytest
from django.urls import reverse

from tests.browser import Browser


@pytest.fixture
def answer(cast):
    return Browser(cast.sato).get(reverse("home:me"))


def policy_of(answer) -> dict[str, list[str]]:
    parts = (part.split() for part in answer["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in (part for part in parts if part)}


def test_nothing_is_allowed_that_is_not_named(answer):
    assert policy_of(answer)["default-src"] == ["'none'"]


def test_no_program_and_no_style_of_the_page_itself_is_run(answer):
    policy = policy_of(answer)

    assert "unsafe" not in answer["Content-Security-Policy"]
    assert policy["style-src"] == ["'self'"]
    assert [source for source in policy["script-src"] if not source.startswith("'nonce-")] == ["'self'"]


def test_the_only_program_in_the_page_is_the_import_map_with_the_nonce(answer):
    page = answer.content.decode()
    scripts = re.findall(r"<script\b([^>]*)>", page)
    [inline] = [script for script in scripts if "src=" not in script]
    nonce = re.search(r'type="importmap" nonce="([^"]+)"', inline)

    assert nonce is not None
    assert f"'nonce-{nonce[1]}'" in policy_of(answer)["script-src"]


def test_everything_a_page_loads_comes_from_this_host(answer):
    loaded = re.findall(r'(?:src|href)="([^"#]+)"', answer.content.decode())

    assert loaded
    assert [address for address in loaded if not address.startswith("/") or address.startswith("//")] == []


def test_a_page_is_not_kept_by_the_browser(answer):
    assert "no-store" in answer["Cache-Control"]


def test_nothing_of_a_page_is_kept_by_htmx(answer):
    config = re.search(r"<meta name=\"htmx-config\" content='([^']+)'", answer.content.decode())

    assert config is not None
    assert "&quot;historyCacheSize&quot;: 0" in config[1]
    assert "&quot;allowEval&quot;: false" in config[1]
    assert "&quot;includeIndicatorStyles&quot;: false" in config[1]


def test_a_page_stands_in_no_frame_and_tells_nobody_where_one_was(answer):
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"

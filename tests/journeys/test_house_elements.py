"""The small elements of the house in a real browser: words that age, doors to dialogs, sentences when a request fails."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import expect

from apps.kernel.templatetags import house

AGO = """async ([seconds, language]) => {
    const { ago } = await import("kernel/ago")
    const now = new Date()
    return ago(new Date(now - seconds * 1000), now, language)
}"""


@pytest.fixture
def page(db, on_desk):
    opened = on_desk(locale="en-GB")
    opened.goto(reverse("account_login"))
    return opened


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(minutes=1), "1分前"),
        (timedelta(minutes=59, seconds=59), "59分前"),
        (timedelta(hours=23), "23時間前"),
        (timedelta(days=6), "6日前"),
    ],
)
def test_the_browser_says_how_long_ago_as_the_server_does(page, passed, said):
    with translation.override("en"):
        server = house.ago(timezone.now() - passed)

    assert page.evaluate(AGO, [passed.total_seconds(), "en"]) == server
    assert page.evaluate(AGO, [passed.total_seconds(), "ja"]) == said


@pytest.mark.parametrize("passed", [timedelta(seconds=59), timedelta(days=7)])
def test_at_both_ends_the_words_of_the_server_stay(page, passed):
    assert page.evaluate(AGO, [passed.total_seconds(), "en"]) == ""


def test_a_dialog_opens_instead_of_the_link_and_the_escape_key_closes_it(page):
    page.evaluate("""async () => {
        await import("kernel/elements/dialog-door")
        const door = document.createElement("dialog-door")
        door.innerHTML = '<a class="button" href="/elsewhere/">Remove…</a>'
            + '<dialog class="dialog" aria-label="Remove"><button data-close>Keep</button></dialog>'
        document.querySelector("main").append(door)
    }""")

    page.get_by_role("link", name="Remove…").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()

    page.get_by_role("link", name="Remove…").click()
    page.get_by_role("button", name="Keep").click()
    expect(page.locator("dialog")).to_be_hidden()
    assert page.url.endswith(reverse("account_login"))


def test_a_request_that_does_not_arrive_is_said_once(page, watch):
    watch.forgive("ERR_INTERNET_DISCONNECTED|htmx:(afterRequest|sendError)")
    page.wait_for_function("() => window.htmx !== undefined")
    page.context.set_offline(True)

    for _ in range(2):
        page.evaluate("() => htmx.ajax('GET', '/healthz/', { target: 'main' }).catch(() => {})")

    page.locator(".announcements .notification").wait_for()
    assert page.locator(".announcements .notification").count() == 1
    assert "connection" in page.locator(".announcements").inner_text()
    assert page.get_by_role("heading", level=1).is_visible()


def test_a_refused_fragment_leaves_the_page_as_it_was(page, watch):
    watch.forgive("Response Status Error Code 404")
    page.wait_for_function("() => window.htmx !== undefined")

    page.evaluate("() => htmx.ajax('GET', '/no/such/page/', { target: 'main' }).catch(() => {})")

    page.locator(".announcements .notification").wait_for()
    assert page.get_by_role("heading", level=1).is_visible()

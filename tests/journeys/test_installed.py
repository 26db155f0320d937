"""In a real browser: what is installed, what is not kept, and what stays true while a page is open."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django_scopes import scope

from apps.rooms import actions
from tests.browsing import assert_everybody_can_use, assert_fits
from tests.cast import assemble

KEPT = """async () => {
    const kept = []
    for (const name of await caches.keys()) {
        for (const request of await (await caches.open(name)).keys()) kept.push(new URL(request.url).pathname)
    }
    return kept
}"""


@pytest.fixture
def people(transactional_db):
    return assemble()


def today(people) -> str:
    return reverse("home:today", kwargs={"slug": people.environment.slug})


def test_after_a_walk_through_a_room_the_browser_keeps_static_files_and_the_offline_page_only(people, on_phone):
    page = on_phone(people.sato, installs=True)
    page.goto(today(people))
    page.evaluate("() => navigator.serviceWorker.ready")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    page.goto(reverse("rooms:room", kwargs={"slug": people.environment.slug, "room_id": people.room.pk}))
    page.goto(reverse("home:me"))

    kept = page.evaluate(KEPT)

    assert reverse("home:offline") in kept
    assert [path for path in kept if not path.startswith("/static/") and path != reverse("home:offline")] == []
    # The time of the last deed, for the idle lock; and htmx's note of this page's address, until the tab is closed.
    assert all(value.isdigit() for value in page.evaluate("() => Object.values(localStorage)"))
    assert page.evaluate("() => Object.keys(sessionStorage)") in ([], ["htmx-current-path-for-history"])


def test_without_a_network_the_offline_page_stands_instead_of_the_page(people, on_phone, watch):
    watch.forgive("ERR_INTERNET_DISCONNECTED|WebSocket|Failed to fetch")
    page = on_phone(people.sato, installs=True)
    page.goto(today(people))
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")

    page.context.set_offline(True)
    page.goto(reverse("home:me"))

    assert people.sato.name not in page.content()
    assert page.evaluate("() => getComputedStyle(document.querySelector('.narrow-card')).display") == "flex"
    page.context.set_offline(False)
    page.get_by_role("main").get_by_role("link").click()
    page.wait_for_url(f"**{today(people)}")


def test_a_badge_follows_what_happens_elsewhere(people, on_desk):
    page = on_desk(people.sato)
    page.goto(today(people))
    badge = page.locator(".side [data-badge=rooms]")
    assert badge.is_hidden()

    with scope(environment=people.environment):
        actions.post(room=people.room, body="本日訪問しました。", client_key=uuid4(), by=people.suzuki)

    badge.wait_for(state="visible")
    assert badge.locator("[data-count]").inner_text() == "1"


@pytest.mark.parametrize("locale", ["ja-JP", "en-GB"])
@pytest.mark.parametrize("view", ["home:today", "home:me"])
def test_the_assembled_pages_fit_a_phone_and_can_be_used_by_everybody(people, on_phone, watch, view, locale):
    # The examiner itself writes a style into the page, and the policy stops it.
    watch.forgive("Applying inline style")
    page = on_phone(people.sato, locale=locale)
    page.goto(today(people) if view == "home:today" else reverse(view))

    assert_fits(page)
    assert_everybody_can_use(page)


def test_at_four_hundred_per_cent_nothing_covers_the_page(people, on_desk):
    """1280×1024 magnified four times leaves 320×256."""
    page = on_desk(people.sato)
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(today(people))

    assert_fits(page)
    assert page.locator(".bottom").evaluate("(bar) => getComputedStyle(bar).position") == "static"
    assert page.locator(".page-head").evaluate("(head) => getComputedStyle(head).position") == "static"


def test_the_first_key_leads_to_the_content(people, on_desk):
    page = on_desk(people.sato)
    page.goto(today(people))

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("() => document.activeElement.id") == "main"

"""A real browser: a phone in one hand, a desk with a keyboard, and somebody watching over both."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    Request,
    Response,
    expect,
    sync_playwright,
)

from tests.live import PATIENCE, LiveServer, chromium, session_cookie

PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1366, "height": 768}}
# The browser reports every 4xx answer as an error; tests look at the answers themselves.
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")
# axe puts a style of its own into the page it examines, which the policy stops; what is ours names our address.
OF_AXE = re.compile(r"Applying inline style violates .*'url': ''")


def persistent(goto: Callable[..., Response | None]) -> Callable[..., Response | None]:
    """Whoever goes elsewhere in the moment a page takes itself up anew is overtaken by it, and goes once more."""

    def gone(page: Page, url: str, **more: Any) -> Response | None:
        try:
            return goto(page, url, **more)
        except Error as trouble:
            if not re.search("ERR_ABORTED|interrupted by another navigation", trouble.message):
                raise
            return goto(page, url, **more)

    return gone


@pytest.fixture(scope="session")
def playwright(django_db_setup: None) -> Iterator[Playwright]:
    # Playwright's own event loop runs in the thread of the tests, which Django would take for async code.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as running:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        patch.setattr(Page, "goto", persistent(Page.goto))
        expect.set_options(timeout=PATIENCE * 1000)
        yield running


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_type_launch_args,
        "executable_path": chromium(),
        "args": [
            *(["--no-sandbox"] if os.geteuid() == 0 else []),
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@dataclass
class Watch:
    """Notes whatever a page must never do: an error in its console, a breach of the policy, a word to another host."""

    host: str
    seen: list[str] = field(default_factory=list)
    forgiven: list[re.Pattern[str]] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.seen.append(f"exception: {error.error}"))
        context.on("request", self._request)
        context.on("response", lambda answer: answer.status < 500 or self.seen.append(f"{answer.status}: {answer.url}"))

    def forgive(self, pattern: str) -> None:
        """Expect something in this test, such as the lost connection that it is about."""
        self.forgiven.append(re.compile(pattern))

    def _console(self, message: ConsoleMessage) -> None:
        line = f"{message.text} {message.location}"
        if message.type == "error" and not REFUSED.match(line) and not OF_AXE.match(line):
            self.seen.append(f"console: {line}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self.host:
            self.seen.append(f"another host: {request.url}")

    def unforgiven(self) -> list[str]:
        return [line for line in self.seen if not any(pattern.search(line) for pattern in self.forgiven)]


@pytest.fixture
def watch(live: LiveServer) -> Iterator[Watch]:
    """Watches over every page of the test, and fails it for what it saw."""
    watching = Watch(host=live.host)
    yield watching
    assert watching.unforgiven() == []


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, live: LiveServer, watch: Watch) -> Iterator[Open]:
    """Open a page of one's own browser: `open_page(PHONE, sato)`. Relative addresses lead to the live server."""
    contexts: list[BrowserContext] = []

    def opened(
        device: dict[str, Any],
        person: Any = None,
        *,
        locale: str = "ja-JP",
        second_factor: bool = True,
        installs: bool = False,
    ) -> Page:
        context = browser.new_context(
            base_url=live.url,
            locale=locale,
            timezone_id="Asia/Tokyo",
            reduced_motion="reduce",
            # A service worker fetches every static file: only where it is what the test is about.
            service_workers="allow" if installs else "block",
            **device,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE * 1000)
        watch.over(context)
        if person is not None:
            user = getattr(person, "user", person)
            context.add_cookies([{**session_cookie(user, second_factor=second_factor), "url": live.url}])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def on_phone(open_page: Open) -> Open:
    """`on_phone(cast.sato)`: a page on 390×844 with a touch screen, signed in as that person; nobody when left out."""
    return lambda person=None, **more: open_page(PHONE, person, **more)


@pytest.fixture
def on_desk(open_page: Open) -> Open:
    """`on_desk(cast.ito)`: a page on 1366×768 with mouse and keyboard."""
    return lambda person=None, **more: open_page(DESK, person, **more)

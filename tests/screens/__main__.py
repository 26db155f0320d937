"""`make screens`: photographs the demonstration city on a phone and on a desk, in both languages, into docs/screens.

python -m tests.screens [FOLDER] [ja|en …]
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.live import chromium, free_port, session_cookie
from tests.ownserver import PROJECT, become_django, fresh_database, manage, serving

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
DESK: dict[str, Any] = {"viewport": {"width": 1366, "height": 768}}
CITY = "/e/sakuragawa-care/"
LOCALES = {"ja": "ja-JP", "en": "en-GB"}


def main(words: list[str]) -> None:
    folder = Path(words[0]) if words else PROJECT / "docs" / "screens"
    languages = words[1:] or ["ja"]
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with fresh_database("screens") as environ:
        manage(environ, "seed_directory")
        manage(environ, "demo")
        become_django(environ)
        port = free_port()
        with serving(["-m", "carenet.server"], environ, port), browsing() as browser:
            for language in languages:
                photograph(browser, f"http://localhost:{port}", folder, language)


@contextmanager
def browsing() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        words = [
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-sync",
        ]
        words += ["--no-sandbox"] if os.geteuid() == 0 else []
        yield playwright.chromium.launch(executable_path=chromium(), args=words)


def photograph(browser: Browser, address: str, folder: Path, language: str) -> None:
    for size, device in (("phone", PHONE), ("desk", DESK)):
        for name, (person, path) in pages().items():
            context = browser.new_context(base_url=address, locale=LOCALES[language], reduced_motion="reduce", **device)
            if person is not None:
                context.add_cookies([{**cookie_of(person), "url": address}])  # type: ignore[list-item]
            page = context.new_page()
            page.goto(path)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=folder / f"{name}-{size}-{language}.png")
            context.close()


def pages() -> dict[str, tuple[str | None, str]]:
    """What is photographed: a name, who looks, and the address."""
    from django_scopes import scope

    from apps.environments.models import Environment
    from apps.rooms.models import TalkRoom

    with scope(environment=Environment.objects.get(slug="sakuragawa-care")):
        room = TalkRoom.objects.select_related("client").get(client__name="大野 ハル")
    return {
        "sign-in": (None, "/accounts/login/"),
        "today": ("sato", CITY),
        "rooms": ("suzuki", f"{CITY}rooms/"),
        "room": ("sato", f"{CITY}rooms/{room.pk}/"),
        "client": ("sato", f"{CITY}clients/{room.client_id}/"),
        "team": ("sato", f"{CITY}clients/{room.client_id}/team/"),
        "consents": ("tanaka", f"{CITY}clients/{room.client_id}/consents/"),
        "directory": ("sato", f"{CITY}directory/"),
        "members": ("ito", f"{CITY}members/"),
        "new-environment": ("operator", "/environments/new/?municipality=032069"),
    }


def cookie_of(login_id: str) -> dict[str, str]:
    from apps.accounts.models import User

    return session_cookie(User.objects.get(login_id=login_id))


if __name__ == "__main__":
    main(sys.argv[1:])

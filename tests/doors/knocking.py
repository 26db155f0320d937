"""Knock at a door as somebody, and say in one word what was answered. Nothing that happens inside stays."""

from typing import Any

from django.db import transaction
from django.urls import reverse

from tests.doors.world import World

SENT = {"sent": "1"}


def knock(world: World, person: str, method: str, path: str, **options: Any) -> Any:
    """The answer; whatever the request wrote is taken back, so that the next person finds the world unchanged."""
    browser = world.browser(person)
    with transaction.atomic():
        answer = ask(browser, method, path, **options)
        # A page is written while the world still stands.
        if getattr(answer, "streaming", False):
            answer.content_read = b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    return answer


def ask(browser: Any, method: str, path: str, **options: Any) -> Any:
    if method != "GET":
        # Something was sent, but nothing a door expects: whoever may come in is told what is missing.
        empty = {"data": "{}", "content_type": "application/json"} if path.startswith("/api/") else {"data": SENT}
        options = {**empty, **options}
    return getattr(browser, method.lower())(path, **options)


def word_for(answer: Any) -> str:
    """A status, or where a person is sent to prove who they are: `login`, `factor`, `proof`."""
    if answer.status_code != 302:
        return str(answer.status_code)
    target = answer["Location"].partition("?")[0]
    proofs = {
        reverse("account_login"): "login",
        reverse("accounts:second_factor"): "factor",
        reverse("mfa_reauthenticate"): "proof",
        reverse("account_reauthenticate"): "proof",
    }
    return proofs.get(target, "302")

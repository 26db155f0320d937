"""A browser without a window: Django's test client, signed in, its requests in a context of their own."""

from contextvars import Context
from functools import cache
from typing import Any

from django.conf import settings
from django.test import Client
from django.test.client import ClientHandler

from tests.live import session_cookie


class Browser(Client):
    """Sends requests as a person would, with CSRF checks as `enforce_csrf_checks` says.

    Each request runs in a fresh context: the scope that a test has open for its own questions is not the request's.
    """

    def __init__(self, person: Any = None, *, second_factor: bool = True, **options: Any) -> None:
        super().__init__(**options)
        # The application is put together once and not for every browser: that walks through all static files.
        self.handler = application(self.handler.enforce_csrf_checks)
        if person is not None:
            cookie = session_cookie(getattr(person, "user", person), second_factor=second_factor)
            self.cookies[settings.SESSION_COOKIE_NAME] = cookie["value"]

    def request(self, **request: Any) -> Any:
        return Context().run(super().request, **request)


@cache
def application(enforce_csrf_checks: bool) -> ClientHandler:
    return ClientHandler(enforce_csrf_checks)


def said(answer: Any) -> bytes:
    """The whole answer, also where it comes in pieces."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content

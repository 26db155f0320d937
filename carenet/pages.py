"""How a request is answered: in one thread from the first middleware to the last, of a fixed number of threads.

Django's own handler goes through its middleware on the event loop and hops into a thread for each part that is not
asynchronous: twenty times for a page of ours, which took three quarters of the server's time (26 ms of processor time for
a place that was just taken, 7 in one thread; `ONLY=visits make bench`). What waits for something to happen stays on the
event loop, where thousands can wait, and so do static files.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from asgiref.sync import iscoroutinefunction, sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.base import BaseHandler
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, ResolverMatch, get_resolver

# As many as there are connections to the database (carenet/database.py): more would wait for one.
THREADS = int(os.environ.get("CARENET_POOL", "8"))


class InOneThread(BaseHandler):
    """The same middleware and views, called one after the other."""

    def __init__(self) -> None:
        super().__init__()
        self.load_middleware(is_async=False)

    def resolve_request(self, request: Any) -> Any:
        """Which view it is was found when a thread was chosen."""
        request.resolver_match = request.found
        return request.found

    def answered(self, request: HttpRequest) -> HttpResponseBase:
        close_old_connections()
        try:
            return self.get_response(request)
        finally:
            # The thread goes on to somebody else: its connection goes back to the pool.
            close_old_connections()


class Pages(ASGIHandler):
    """Answers in a thread what can be answered at once, and on the event loop what waits."""

    def __init__(self) -> None:
        super().__init__()
        self._in_one_thread = InOneThread()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="page")

    async def get_response_async(self, request: Any) -> HttpResponseBase:
        found = view_of(request)
        if found is None or iscoroutinefunction(found.func):
            return await super().get_response_async(request)
        request.found = found
        in_a_thread = sync_to_async(self._in_one_thread.answered, thread_sensitive=False, executor=self._threads)
        return await in_a_thread(request)


def view_of(request: HttpRequest) -> ResolverMatch | None:
    """The view behind the address; none for a static file, or where nothing is."""
    try:
        return get_resolver().resolve(request.path_info)
    except Resolver404:
        return None

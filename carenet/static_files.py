"""Static files are answered on the event loop; a request that a thread answers asks for something else (carenet/pages.py)."""

from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest
from django.utils.decorators import sync_and_async_middleware
from servestatic.middleware import ServeStaticMiddleware


@sync_and_async_middleware
def static_files(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    return ServeStaticMiddleware(get_response) if iscoroutinefunction(get_response) else get_response

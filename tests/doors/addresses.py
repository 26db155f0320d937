"""Every address of the site, found by walking the resolver: pages, fragments, endpoints of the API, sockets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module, util
from typing import Any

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver, reverse


@dataclass(frozen=True)
class Address:
    """A named address. `words` are the names of what stands in it, such as `slug` and `room_id`."""

    name: str
    route: str
    words: tuple[str, ...]
    view: Any

    @property
    def is_api(self) -> bool:
        return self.route.startswith("api/v1/")

    @property
    def is_inside(self) -> bool:
        """Below an environment."""
        return "slug" in self.words

    @property
    def endpoints(self) -> set[str]:
        """The methods an endpoint of the API speaks."""
        view = getattr(self.view, "cls", None)
        return {name.upper() for name in ("get", "post", "put", "patch", "delete") if hasattr(view, name)}

    def path(self, things: dict[str, Any]) -> str:
        return reverse(self.name, kwargs={word: things[word] for word in self.words})


@cache
def addresses() -> tuple[Address, ...]:
    return tuple(walked(get_resolver().url_patterns, "", ""))


def walked(patterns: Any, prefix: str, route: str) -> Iterator[Address]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from walked(pattern.url_patterns, inner, here)
        elif isinstance(pattern, URLPattern):
            words = tuple(re.findall(r"<(?:\w+:)?(\w+)>", here))
            yield Address(
                f"{prefix}{pattern.name}" if pattern.name else f"unnamed {here}", here, words, pattern.callback
            )


@cache
def sockets() -> tuple[str, ...]:
    """The routes of sockets of every app that has a `routing` module."""
    found = []
    for config in apps.get_app_configs():
        if config.name.startswith("apps.") and util.find_spec(f"{config.name}.routing"):
            routing = import_module(f"{config.name}.routing")
            found += [str(pattern.pattern) for pattern in routing.websocket_urlpatterns]
    return tuple(found)

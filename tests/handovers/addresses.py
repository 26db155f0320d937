"""Addresses of this app, said shortly."""

from typing import Any

from django.urls import reverse

from tests.cast import Cast


def address(name: str, cast: Cast, **kwargs: Any) -> str:
    return reverse(f"handovers:{name}", kwargs={"slug": cast.environment.slug, **kwargs})

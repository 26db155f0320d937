"""Refusing a body that is too large before anything of it is read."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from apps.environments.sheets import check_weight

Check = Callable[[int], None]

# What a form around a file may weigh.
AROUND = 64 * 1024


def sized(check: Check) -> Callable[..., Any]:
    """Looks at the announced size before the CSRF check does, because that one reads the whole body to find its word.

    `check` raises a refusal for what weighs too much, in bytes. The view is as protected as any other: the CSRF check
    runs right behind.
    """

    def guard(view: Callable[..., Any]) -> Callable[..., Any]:
        protected = csrf_protect(view)

        @wraps(view)
        def weighed(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            check(max(0, int(request.META.get("CONTENT_LENGTH") or 0) - AROUND))
            return protected(request, *args, **kwargs)

        return csrf_exempt(weighed)

    return guard


def sheet_sized(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view that takes a list of people in a file."""
    return sized(check_weight)(view)

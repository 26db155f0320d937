"""Refusing a body that is too large before anything of it is read."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from apps.environments.sheets import check_weight

# What a form around a file may weigh.
AROUND = 64 * 1024


def sheet_sized(view: Callable[..., Any]) -> Callable[..., Any]:
    """Looks at the announced size before the CSRF check does, because that one reads the whole body to find its word.

    The view is as protected as any other: the check runs right behind.
    """
    protected = csrf_protect(view)

    @wraps(view)
    def weighed(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        check_weight(max(0, int(request.META.get("CONTENT_LENGTH") or 0) - AROUND))
        return protected(request, *args, **kwargs)

    return csrf_exempt(weighed)

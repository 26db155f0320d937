"""What stands before views that no environment's fence protects."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse

from apps.accounts.access import has_two_factors
from apps.accounts.answers import sent_elsewhere
from apps.accounts.refusals import SecondFactorMissing
from apps.environments.access import check_can_open_environments
from apps.environments.requests import PersonRequest


def operators_only(view: Callable[..., Any]) -> Callable[..., Any]:
    """Only the operator, and only with both factors: whoever builds an environment hands out its first key."""

    @wraps(view)
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        check_can_open_environments(request.user)
        if not has_two_factors(request):
            return sent_elsewhere(request, SecondFactorMissing(), to=reverse("accounts:second_factor"))
        return view(request, *args, **kwargs)

    return guarded

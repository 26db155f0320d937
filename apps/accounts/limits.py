"""How often something may be tried, counted for all processes in the shared cache by allauth's rate limits."""

from datetime import datetime

from allauth.account import app_settings
from allauth.core.internal.ratelimit import RateLimitUsage, consume, get_cache_key, get_ip, get_rates
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.timezone import localtime

from apps.accounts.models import User
from apps.accounts.refusals import LockedOut

APP = "allauth.account"


def sign_in_key(request: HttpRequest, login_id: str) -> str:
    return f"{login_id.strip().lower()}@{get_ip(request)}"


def take_try(request: HttpRequest, *, action: str, key: str = "") -> RateLimitUsage:
    """Count one try of `action`, looking at a page too; a LockedOut that names the time when the limit has been reached.

    Whoever turns out to be right rolls the try back: a whole office may join from one network address.
    """
    taken = consume(request, app=APP, action=action, config=app_settings.RATE_LIMITS, key=key, limit_get=True)
    if taken is None:
        raise locked_out(request, key=key, action=action)
    return taken


def locked_out(
    request: HttpRequest, *, key: str, action: str = "login_failed", subject: User | None = None
) -> LockedOut:
    """The refusal for somebody over the limit, with the time of day when the next try is open."""
    at = open_again_at(request, action=action, key=key)
    return LockedOut(subject=subject, time=localtime(at).strftime("%H:%M"))


def open_again_at(request: HttpRequest, *, action: str, key: str) -> datetime:
    """When the fullest of the action's limits has room again."""
    times = [timezone.now().timestamp()]
    for rate in get_rates(app=APP, action=action, config=app_settings.RATE_LIMITS):
        user = request.user if rate.per == "user" else None
        tries = cache.get(get_cache_key(request, app=APP, action=action, rate=rate, key=key, user=user), [])
        if len(tries) >= rate.amount:
            times.append(tries[-1] + rate.duration)
    # Rounded up to the next minute, so that the time named is never a moment too early.
    return datetime.fromtimestamp(max(times) + 59, tz=timezone.get_current_timezone())

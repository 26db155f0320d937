"""How fast one person may post: a bucket of tokens in each server process, generous to people and not to loops."""

import time
from uuid import UUID

from django.conf import settings

from apps.rooms.refusals import TooFast

# member → (tokens left, when they were counted)
_buckets: dict[UUID, tuple[float, float]] = {}
MOST_BUCKETS = 50_000


def check_pace(member_id: UUID) -> None:
    """Refuse when this person has used up a minute's worth of messages."""
    most = float(settings.POSTS_PER_MINUTE)
    now = time.monotonic()
    left, counted = _buckets.get(member_id, (most, now))
    left = min(most, left + (now - counted) * most / 60)
    if left < 1:
        raise TooFast
    if len(_buckets) > MOST_BUCKETS:
        _buckets.clear()
    _buckets[member_id] = (left - 1, now)


def forget() -> None:
    """Begin anew, as a fresh process does."""
    _buckets.clear()

"""The clock of one environment: wakes the hub when somebody's access begins or ends by itself."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.utils import timezone

# A timer of months is set anew on the way; so is one for a moment that nobody has told of.
LONGEST = 600.0
# A little after the moment, so that it has passed for the database too.
AFTER = 0.05


class Clock:
    """All methods run on the event loop."""

    def __init__(self, environment_id: UUID, ring: "Callable[[Clock], None]") -> None:
        self.environment_id = environment_id
        # What changed by itself until then has been worked through.
        self.seen = timezone.now()
        # When something changes next; until that has been asked, it may be now.
        self.rings_at: datetime | None = self.seen
        # The earliest moment told since it last began to ring.
        self._told: datetime | None = None
        self._ring = ring
        self._timer: asyncio.TimerHandle | None = None

    @property
    def is_true(self) -> bool:
        """Whether nothing has changed by itself that has not been worked through."""
        return self.rings_at is None or timezone.now() < self.rings_at

    def set(self, moment: datetime | None) -> None:
        """Ring at this moment and not before."""
        self.stop()
        self.rings_at = moment
        seconds = LONGEST if moment is None else (moment - timezone.now()).total_seconds() + AFTER
        self._wake_in(min(max(seconds, 0.0), LONGEST))

    def set_earlier(self, moment: datetime | None) -> None:
        """Ring at this moment, if that is before the other."""
        if moment is None:
            return
        self._told = moment if self._told is None else min(self._told, moment)
        if self.rings_at is None or moment < self.rings_at:
            self.set(moment)

    def begin(self) -> None:
        """It rings. What is told from now on may be unknown to whoever asks what comes next."""
        self._told = None

    def done(self, until: datetime, following: datetime | None) -> None:
        """What changed until then has been worked through."""
        self.seen = until
        self.set(following if self._told is None else min(self._told, following or self._told))

    def ring_again_in(self, seconds: float) -> None:
        """The ring was in vain; until the next, the clock is not true."""
        self.stop()
        self._wake_in(seconds)

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _wake_in(self, seconds: float) -> None:
        self._timer = asyncio.get_running_loop().call_later(seconds, self._ring, self)

"""The worker's hand that seals the ledger, once a second, and signs what has changed, once a minute."""

import logging
from datetime import timedelta
from threading import Event, Thread
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from apps.audit.anchors import anchor
from apps.audit.merkle import HashesAreMissing
from apps.audit.places import standing_in
from apps.audit.seals import TreeDiffers, seal_all, sign_head
from apps.audit.tree import being_written, head_here, newest_entry, places_with_unsealed, sealed_places

log = logging.getLogger("carenet.ledger")
SECONDS = 1.0
# Less than a minute, with the turn that comes a second late.
A_HEAD_EVERY = timedelta(seconds=50)
# An export signs too: every so many turns all places are looked at, so that such a head leaves the database as well.
ANYHOW = 60


class Sealer:
    """Runs beside the queue in a thread of its own; two workers do each other's work and nothing twice.

    Below `settled` no entry can still come: every transaction that might have held one has ended, and what it left is
    sealed. That is known when whoever wrote entries at the moment a number was read has gone (as PostgreSQL itself waits
    before it trusts a new index), and not by transaction numbers, which begin anew where a backup is restored. It is
    kept in memory alone: nobody can make a sealer overlook an entry by changing a row, and one that begins anew looks
    through the whole ledger once.
    """

    def __init__(self) -> None:
        self._stop = Event()
        self._settled = 0
        # A number up to which entries have been drawn, and who was writing when it was read.
        self._watched: tuple[int, frozenset[str]] | None = None
        # Where something was sealed, perhaps by one who was killed before he signed.
        self._unsigned: set[UUID | None] | None = None
        self._turns = 0
        self._thread = Thread(target=self._for_ever, name="carenet ledger", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def turn(self) -> None:
        """Seal what is committed. Where nothing has been written since the last turn, that is one small question."""
        self._turns += 1
        if self._unsigned is None or self._turns % ANYHOW == 0:
            self._unsigned = set(sealed_places())
        newest = newest_entry()
        if newest > self._settled:
            self._seal(newest, self._unsigned)
        for place in list(self._unsigned):
            self._sign(place, self._unsigned)

    def _seal(self, newest: int, unsigned: set[UUID | None]) -> None:
        writing = being_written()
        has_settled = self._watched is not None and not self._watched[1] & writing
        # Only now is it looked what is there: whatever the watched have left is seen.
        for place in places_with_unsealed(self._settled):
            unsigned.add(place)
            with standing_in(place):
                seal_all(after=self._settled)
        if self._watched is not None and has_settled:
            self._settled, self._watched = self._watched[0], None
        if self._watched is None:
            self._watched = (newest, writing)

    def _sign(self, place: UUID | None, unsigned: set[UUID | None]) -> None:
        with standing_in(place):
            last = head_here()
            if last is not None and timezone.now() - last.signed_at < A_HEAD_EVERY:
                return
            unsigned.discard(place)
            try:
                sign_head()
                anchor()
            except (TreeDiffers, HashesAreMissing):
                log.exception("ledger: the tree of %s is not the one that was signed; it is not signed again", place)
            except OSError:
                log.exception("ledger: the head of %s could not be written into the folder of anchors", place)
            except InvalidToken:
                log.exception("ledger: no present key of CARENET_DATA_KEYS opens the signing key of %s", place)

    def _for_ever(self) -> None:
        while not self._stop.wait(SECONDS):
            try:
                self.turn()
            except DatabaseError:
                # What waits is sealed by a later turn, which asks anew.
                log.exception("ledger: entries could not be sealed")
                close_old_connections()
        connection.close()

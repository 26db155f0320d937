"""The worker's hand that takes new messages into what is searched, once a second."""

import logging
from threading import Event, Thread

from django.db import DatabaseError, close_old_connections, connection

from apps.rooms.actions import AT_ONCE, take_into_search

log = logging.getLogger("carenet.search")
SECONDS = 1.0
# A message may be numbered before another one and be committed after it: every so many turns the rooms are asked anyhow.
ANYHOW = 30
# Between two full batches: who writes goes before who will search.
BREATH = 0.5
NEWEST = "SELECT last_value FROM rooms_message_id_seq"


class TakingIn:
    """Runs beside the queue in a thread of its own; two workers do each other's work and nothing twice."""

    def __init__(self) -> None:
        self._stop = Event()
        self._seen = 0
        self._turns = 0
        self._thread = Thread(target=self._for_ever, name="carenet search", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def turn(self) -> None:
        """Take in what is new. Where nothing has been written since the last turn, that is one small question."""
        newest = newest_message()
        self._turns += 1
        if newest == self._seen and self._turns % ANYHOW:
            return
        while take_into_search() == AT_ONCE and not self._stop.wait(BREATH):
            pass
        self._seen = newest

    def _for_ever(self) -> None:
        while not self._stop.wait(SECONDS):
            try:
                self.turn()
            except DatabaseError:
                # Searched as it stands meanwhile; the next turn asks anew.
                log.exception("search: new messages could not be taken in")
                close_old_connections()
        connection.close()


def newest_message() -> int:
    with connection.cursor() as cursor:
        cursor.execute(NEWEST)
        return int(cursor.fetchone()[0])

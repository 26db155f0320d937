"""Several deeds in the same moment, each with a database connection of its own."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from contextvars import copy_context
from typing import Any

from django.db import DatabaseError, connection, transaction

from apps.kernel.refusals import Refusal

PATIENCE = 60


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Run the deeds in threads with connections of their own that start together; what each returned or raised."""
    start = threading.Barrier(len(deeds))
    told: list[Any] = [None] * len(deeds)

    def run(number: int, deed: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            start.wait(PATIENCE)
            told[number] = deed()
        except (Refusal, DatabaseError) as error:
            told[number] = error
        finally:
            connection.close()

    threads = [
        threading.Thread(target=copy_context().run, args=(run, number, deed)) for number, deed in enumerate(deeds)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads), "somebody still waits: a deadlock, or worse"
    return told


def kinds_of(told: list[Any]) -> Counter[str]:
    return Counter(type(one).__name__ if isinstance(one, Exception) else "done" for one in told)


def one_was_written(told: list[Any], promise: str = "") -> bool:
    """Whether the database let exactly one through: the others broke the promise, or waited for one another in a circle
    at an exclusion constraint and were sent away for that."""
    refused = [one for one in told if isinstance(one, DatabaseError)]
    said = [promise in str(one) or "deadlock detected" in str(one) for one in refused]
    return len(refused) == len(told) - 1 and all(said)


def inside(deed: Callable[[], Any]) -> Callable[[], Any]:
    """The deed in a transaction that reaches its end before anybody else's constraint is looked at."""

    def whole() -> Any:
        with transaction.atomic():
            return deed()

    return whole


def meanwhile(rows: Any, deed: Callable[[], Any], change: Callable[[], Any]) -> Any:
    """Hold the rows, let the deed run until it waits for them, change something, let go; what the deed came to."""
    told: list[Any] = []
    with transaction.atomic():
        list(rows.order_by("pk").select_for_update(of=("self",)))
        waiting = threading.Thread(target=copy_context().run, args=(lambda: told.extend(at_once(deed)),))
        waiting.start()
        until_somebody_waits()
        change()
    waiting.join(PATIENCE)
    return told[0]


def until_somebody_waits() -> None:
    until = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid IN"
                " (SELECT pid FROM pg_stat_activity WHERE datname = current_database())"
            )
            if cursor.fetchone()[0]:
                return
            time.sleep(0.01)
    raise AssertionError("nobody waits for the lock")

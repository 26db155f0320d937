"""Take new messages into what is searched."""

from django.db import connection

# So many at once: an edit that comes meanwhile waits for less than half a second.
AT_ONCE = 2_000


def take_into_search(most: int = AT_ONCE) -> int:
    """Take in at most so many new messages, of every environment, and say how many there were.

    Deletes nothing and decides nothing: what is not taken in yet is searched all the same, only not as fast.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT rooms_take_into_search(%s)", [most])
        return int(cursor.fetchone()[0])


def take_all_into_search(most: int = AT_ONCE) -> int:
    """Until nothing is left."""
    taken = 0
    while now := take_into_search(most):
        taken += now
    return taken

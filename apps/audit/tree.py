"""The tree of the open place, read from its leaves and tiles, and what is told of it."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Exists, Max, OuterRef, QuerySet

from apps.audit.merkle import HEIGHT, Tree
from apps.audit.models import Entry, Leaf, Tile, TreeHead

NEWEST = "SELECT last_value FROM audit_entry_id_seq"
# Every statement that writes entries holds this lock from before it draws their numbers until its transaction has ended.
WRITING = """
SELECT virtualtransaction FROM pg_locks
WHERE locktype = 'relation' AND relation = 'audit_entry'::regclass AND mode = 'RowExclusiveLock' AND granted
AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND pid IS DISTINCT FROM pg_backend_pid()
"""
# Among so many of the newest entries it is looked for what waits to be sealed.
LOOKED_AT = 10_000


def tree_here() -> Tree:
    """The tree as it stands. A root or a proof asks several times within one tile, which is read once."""
    tiles: dict[tuple[int, int], list[bytes]] = {}

    def read(level: int, first: int, past: int) -> list[bytes]:
        found: list[bytes] = []
        for tile in range(first >> HEIGHT, ((past - 1) >> HEIGHT) + 1):
            start = tile << HEIGHT
            if (level, tile) not in tiles:
                tiles[level, tile] = stored(level, start, start + (1 << HEIGHT))
            found += tiles[level, tile][max(first - start, 0) : past - start]
        return found

    return Tree(read)


def stored(level: int, first: int, past: int) -> list[bytes]:
    if level == 0:
        # Leaves are numbered from 1, the tree counts from 0.
        rows: QuerySet[Leaf] | QuerySet[Tile] = Leaf.objects.filter(number__gt=first, number__lte=past)
    else:
        rows = Tile.objects.filter(level=level, number__gte=first, number__lt=past)
    return [bytes(one) for one in rows.order_by("number").values_list("hash", flat=True)]


def size_here() -> int:
    """How many entries of the open place are numbered."""
    return Leaf.objects.aggregate(most=Max("number"))["most"] or 0


def head_here() -> TreeHead | None:
    """The newest signed head of the open place."""
    return TreeHead.objects.order_by("-size").first()


def without_a_number(after: int = 0) -> QuerySet[Entry]:
    """Entries of the open place that wait to be sealed, the oldest first."""
    numbered = Leaf.objects.filter(entry_id=OuterRef("pk"))
    return Entry.objects.filter(~Exists(numbered), pk__gt=after).order_by("pk")


def waiting_since() -> datetime | None:
    """When the oldest entry was written that waits to be sealed; None where none does. Lag in seconds is what it should be."""
    return without_a_number(after=long_ago()).values_list("recorded_at", flat=True).first()


def long_ago() -> int:
    """An entry of the open place with so many newer ones that a sealer at work has been there."""
    newest = Entry.objects.order_by("-pk").values_list("pk", flat=True)[LOOKED_AT : LOOKED_AT + 1]
    return next(iter(newest), 0)


def newest_entry() -> int:
    """The last number that was drawn for an entry, in any place; its transaction may not have ended yet."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST)
        return int(cursor.fetchone()[0])


def being_written() -> frozenset[str]:
    """The transactions that have written entries and have not ended yet."""
    with connection.cursor() as cursor:
        cursor.execute(WRITING)
        return frozenset(str(name) for (name,) in cursor.fetchall())


def places_with_unsealed(after: int) -> list[UUID | None]:
    """Where entries wait to be sealed, of those after this one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM audit_unsealed_places(%s)", [after])
        return [place for (place,) in cursor.fetchall()]


def sealed_places() -> list[UUID | None]:
    """Every place that has a tree."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM audit_sealed_places()")
        return [place for (place,) in cursor.fetchall()]

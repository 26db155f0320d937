"""The temporary tables of one import."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from apps.directory.layouts.columns import Trouble

# Rows and warnings take turns on one connection; this many wait in memory.
BATCH = 2_000

WARNINGS = "CREATE TEMP TABLE staged_warnings (line integer, code text, column_name text, value text)"


@dataclass
class Filled:
    rows: int = 0
    left_out: int = 0


@dataclass(frozen=True)
class Merged:
    """What a file changed. `closed` counts rows of the directory, everything else rows of the file."""

    new: int
    changed: int
    unchanged: int
    reopened: int = 0
    closed: int = 0
    repeated: int = 0


def fill(
    cursor: Any,
    *,
    columns: str,
    staged: Iterable[tuple[tuple[Any, ...] | None, list[Trouble]]],
    troubles: Iterable[Trouble] = (),
) -> Filled:
    """Make the staging tables and stream the rows and their warnings into them."""
    cursor.execute(f"CREATE TEMP TABLE staged ({columns})")
    cursor.execute(WARNINGS)
    copy(cursor, "staged_warnings", map(written, troubles))
    filled = Filled()
    for batch in batches(staged):
        rows = [row for row, _troubles in batch if row is not None]
        copy(cursor, "staged", rows)
        copy(cursor, "staged_warnings", (written(trouble) for _row, found in batch for trouble in found))
        filled.rows += len(batch)
        filled.left_out += len(batch) - len(rows)
    cursor.execute("ANALYZE staged")
    return filled


def batches(staged: Iterable[Any]) -> Iterator[list[Any]]:
    waiting = iter(staged)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def copy(cursor: Any, table: str, rows: Iterable[Sequence[Any]]) -> None:
    with cursor.copy(f"COPY {table} FROM STDIN") as stream:
        for row in rows:
            stream.write_row(row)


def written(trouble: Trouble) -> tuple[int, str, str, str]:
    return trouble.line, trouble.code, trouble.column[:80], trouble.value


def set_repeats_aside(cursor: Any, *, key: str, column: str, index: str | None = None) -> int:
    """Keep the first row of each key and report the others. Returns how many were set aside."""
    # What PostgreSQL knows of the directory's tables may be of a time when they were empty, and then it loops over
    # the staged rows for every row it has: with an index such a loop is harmless.
    cursor.execute(f"CREATE INDEX ON staged ({index or key})")
    cursor.execute(
        f"""
        WITH later AS (
            DELETE FROM staged USING (
                SELECT line, row_number() OVER (PARTITION BY {key} ORDER BY line) AS place FROM staged
            ) AS ranked
            WHERE ranked.place > 1 AND ranked.line = staged.line
            RETURNING staged.line, staged.{column}
        )
        INSERT INTO staged_warnings SELECT line, 'repeated', '', {column}::text FROM later
        """
    )
    return int(cursor.rowcount)


def keep_warnings(cursor: Any, *, run_id: int) -> int:
    cursor.execute(
        """
        INSERT INTO directory_importfinding (run_id, line, code, "column", value)
        SELECT %s, line, code, column_name, left(value, 200) FROM staged_warnings ORDER BY line
        """,
        [run_id],
    )
    return int(cursor.rowcount)


def clear(cursor: Any) -> None:
    # Not ON COMMIT DROP: several files may be imported in one transaction.
    cursor.execute("DROP TABLE IF EXISTS staged, staged_warnings, touched")

"""Municipalities, postal codes and holidays."""

from dataclasses import replace
from typing import Any

from .staging import Merged, set_repeats_aside

MUNICIPALITY_COLUMNS = """
    line integer, lg_code text, prefecture text, name text, kana text, latitude float, longitude float, url text,
    search_text text, city text
"""
POSTAL_COLUMNS = """
    line integer, postal_code text, municipality_id text, town text, kana text, town_name text, reading text
"""
HOLIDAY_COLUMNS = "line integer, date date, name text"


def merge_municipalities(cursor: Any) -> Merged:
    """Municipalities are added and changed, never removed: offices and environments refer to them."""
    repeated = set_repeats_aside(cursor, key="lg_code", column="lg_code")
    cursor.execute("ALTER TABLE staged ADD COLUMN parent_id text")
    cursor.execute(
        """
        UPDATE staged SET parent_id = cities.lg_code FROM staged AS cities
        WHERE staged.city IS NOT NULL AND cities.prefecture = staged.prefecture AND cities.name = staged.city
        """
    )
    columns = "prefecture, name, kana, latitude, longitude, url, search_text, parent_id"
    return upserted(cursor, table="directory_municipality", key="lg_code", columns=columns, repeated=repeated)


def merge_holidays(cursor: Any, *, complete: bool) -> Merged:
    """A holiday that the list no longer names within the years it covers was moved: it goes.

    A list with a line that cannot be read removes nothing.
    """
    repeated = set_repeats_aside(cursor, key="date", column="date")
    merged = upserted(cursor, table="directory_holiday", key="date", columns="name", repeated=repeated)
    if not complete:
        return merged
    cursor.execute(
        """
        DELETE FROM directory_holiday AS holiday
        WHERE date BETWEEN (SELECT min(date) FROM staged) AND (SELECT max(date) FROM staged)
            AND NOT EXISTS (SELECT 1 FROM staged WHERE staged.date = holiday.date)
        """
    )
    return replace(merged, closed=cursor.rowcount)


def upserted(cursor: Any, *, table: str, key: str, columns: str, repeated: int) -> Merged:
    cursor.execute("SELECT count(*) FROM staged")
    rows = cursor.fetchone()[0]
    staged = ", ".join(f"staged.{name}" for name in columns.split(", "))
    kept = ", ".join(f"kept.{name}" for name in columns.split(", "))
    # A set of one column is no row to SQL: the key comes along.
    cursor.execute(
        f"""
        UPDATE {table} AS kept SET ({key}, {columns}) = ROW(staged.{key}, {staged}) FROM staged
        WHERE kept.{key} = staged.{key} AND ({kept}) IS DISTINCT FROM ({staged})
        """
    )
    changed = cursor.rowcount
    cursor.execute(
        f"""
        INSERT INTO {table} ({key}, {columns}) SELECT {key}, {columns} FROM staged
        WHERE NOT EXISTS (SELECT 1 FROM {table} AS kept WHERE kept.{key} = staged.{key})
        """
    )
    new = cursor.rowcount
    return Merged(new=new, changed=changed, unchanged=rows - new - changed, repeated=repeated)


SAME_AREA = """
    staged.postal_code = area.postal_code AND staged.municipality_id = area.municipality_id
    AND md5(staged.town) = md5(area.town) AND md5(staged.kana) = md5(area.kana)
"""


def merge_postal_areas(cursor: Any, *, prefectures: list[str], complete: bool) -> Merged:
    """An area is what it says: one that says something else is another area. Nothing refers to areas, so old ones go.

    A list with a line that cannot be read removes nothing.
    """
    # A joined town may be longer than an index entry can be.
    key = "postal_code, municipality_id, town, kana"
    repeated = set_repeats_aside(cursor, key=key, column="postal_code", index="postal_code")
    cursor.execute("SELECT count(*) FROM staged")
    rows = cursor.fetchone()[0]
    closed = 0
    if complete:
        cursor.execute(
            f"""
            DELETE FROM directory_postalarea AS area
            WHERE left(municipality_id, 2) = ANY(%s) AND NOT EXISTS (SELECT 1 FROM staged WHERE {SAME_AREA})
            """,
            [prefectures],
        )
        closed = cursor.rowcount
    cursor.execute(
        f"""
        INSERT INTO directory_postalarea (postal_code, municipality_id, town, kana, town_name, reading)
        SELECT postal_code, municipality_id, town, kana, town_name, reading FROM staged
        WHERE NOT EXISTS (SELECT 1 FROM directory_postalarea AS area WHERE {SAME_AREA})
        ORDER BY line
        """
    )
    new = cursor.rowcount
    return Merged(new=new, changed=0, unchanged=rows - new, closed=closed, repeated=repeated)

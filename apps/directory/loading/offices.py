"""Offices and services: what is new, what changed, who left the list and who came back."""

from datetime import date
from typing import Any

from apps.directory.layouts.offices import Place, Service

from .staging import Merged, set_repeats_aside

# The order of StagedService.flat.
COLUMNS = """
    line integer, kind_id bigint, office_number text, sort_kana text, prefecture_code text, search_text text,
    fingerprint text, as_written jsonb,
    name text, kana text, municipality_id text, address text, building text, latitude float, longitude float,
    phone text, fax text, url text, corporate_name text, corporate_number text,
    authority_code text, capacity integer, weekdays text, hours jsonb, remarks text
"""
PLACE = ", ".join(Place._fields)
KEPT = ", ".join((*Place._fields, *Service._fields, "prefecture_code", "search_text", "fingerprint", "as_written"))


def merge(
    cursor: Any, *, system: str, kind_ids: list[int], prefectures: list[str] | None, complete: bool, on: date
) -> Merged:
    """Write the staged services. `prefectures` is what the file covers, None the whole nation.

    A file that is not complete closes nothing: the row that could not be read may be the one that is missing.
    """
    repeated = set_repeats_aside(cursor, key="office_number, kind_id", column="office_number")
    cursor.execute("CREATE TEMP TABLE touched (office_id uuid)")
    add_offices(cursor, system=system)
    know_offices(cursor, system=system)
    cursor.execute("SELECT count(*) FROM staged")
    rows = cursor.fetchone()[0]
    reopened = count_returning(cursor)
    updated = update_services(cursor)
    new = add_services(cursor, on=on)
    closed = close_services(cursor, kind_ids=kind_ids, prefectures=prefectures, on=on) if complete else 0
    refresh_offices(cursor)
    changed = updated - reopened
    return Merged(
        new=new,
        changed=changed,
        unchanged=rows - new - changed - reopened,
        reopened=reopened,
        closed=closed,
        repeated=repeated,
    )


def add_offices(cursor: Any, *, system: str) -> None:
    # The text to search comes with refresh_offices: cutting it into pieces is the dearest step of an import.
    cursor.execute(
        f"""
        INSERT INTO directory_office (id, system, office_number, sort_kana, search_text, {PLACE})
        SELECT DISTINCT ON (office_number)
            gen_random_uuid(), %(system)s, office_number, sort_kana, '', {PLACE}
        FROM staged
        WHERE NOT EXISTS (
            SELECT 1 FROM directory_office AS known
            WHERE known.system = %(system)s AND known.office_number = staged.office_number
        )
        ORDER BY office_number, line
        """,
        {"system": system},
    )


def know_offices(cursor: Any, *, system: str) -> None:
    """Write each staged row's office beside it: what follows compares services by ids and an index of few bytes."""
    cursor.execute("ALTER TABLE staged ADD COLUMN office_id uuid")
    cursor.execute(
        """
        UPDATE staged SET office_id = office.id FROM directory_office AS office
        WHERE office.system = %s AND office.office_number = staged.office_number
        """,
        [system],
    )
    cursor.execute("CREATE INDEX ON staged (office_id, kind_id)")
    cursor.execute("ANALYZE staged")


SAME_SERVICE = "service.office_id = staged.office_id AND service.kind_id = staged.kind_id"
STAGED = ", ".join(f"staged.{name}" for name in KEPT.split(", "))


def count_returning(cursor: Any) -> int:
    cursor.execute(
        f"""
        SELECT count(*) FROM staged, directory_officeservice AS service
        WHERE {SAME_SERVICE} AND service.valid_to IS NOT NULL
        """
    )
    return int(cursor.fetchone()[0])


def update_services(cursor: Any) -> int:
    cursor.execute(
        f"""
        WITH updated AS (
            UPDATE directory_officeservice AS service SET ({KEPT}, valid_to) = ROW({STAGED}, NULL)
            FROM staged
            WHERE {SAME_SERVICE} AND (service.fingerprint <> staged.fingerprint OR service.valid_to IS NOT NULL)
            RETURNING service.office_id
        )
        INSERT INTO touched SELECT office_id FROM updated
        """
    )
    return int(cursor.rowcount)


def add_services(cursor: Any, *, on: date) -> int:
    cursor.execute(
        f"""
        WITH added AS (
            INSERT INTO directory_officeservice (office_id, kind_id, valid_from, {KEPT})
            SELECT office_id, kind_id, %s, {KEPT} FROM staged
            WHERE NOT EXISTS (SELECT 1 FROM directory_officeservice AS service WHERE {SAME_SERVICE})
            RETURNING office_id
        )
        INSERT INTO touched SELECT office_id FROM added
        """,
        [on],
    )
    return int(cursor.rowcount)


def close_services(cursor: Any, *, kind_ids: list[int], prefectures: list[str] | None, on: date) -> int:
    cursor.execute(
        f"""
        WITH closed AS (
            UPDATE directory_officeservice AS service SET valid_to = greatest(valid_from, %(on)s)
            WHERE valid_to IS NULL AND kind_id = ANY(%(kinds)s)
                AND (%(prefectures)s::text[] IS NULL OR prefecture_code = ANY(%(prefectures)s::text[]))
                AND NOT EXISTS (SELECT 1 FROM staged WHERE {SAME_SERVICE})
            RETURNING office_id
        )
        INSERT INTO touched SELECT office_id FROM closed
        """,
        {"kinds": kind_ids, "prefectures": prefectures, "on": on},
    )
    return int(cursor.rowcount)


def refresh_offices(cursor: Any) -> None:
    """An office says what its first open service says, and is found by the names of all its services.

    The order of the kinds decides which service is first, so that no order of imports makes a difference.
    """
    place = ", ".join(f"first.{name}" for name in Place._fields)
    cursor.execute("ANALYZE touched")
    cursor.execute(
        f"""
        UPDATE directory_office AS office
        SET ({PLACE}, sort_kana, search_text)
            = ROW({place}, first.sort_kana, lower(office.office_number) || E'\\n' || first.every_name)
        FROM (
            SELECT DISTINCT ON (service.office_id) service.*,
                left(split_part(service.search_text, E'\\n', -1), 100) AS sort_kana,
                string_agg(service.search_text, E'\\n') OVER (
                    PARTITION BY service.office_id ORDER BY kind.opendata_code, service.id
                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                ) AS every_name
            FROM (SELECT DISTINCT office_id FROM touched) AS hit
            JOIN directory_officeservice AS service USING (office_id)
            JOIN directory_servicekind AS kind ON kind.id = service.kind_id
            ORDER BY service.office_id, service.valid_to IS NOT NULL, kind.opendata_code
        ) AS first
        WHERE office.id = first.office_id
        """
    )

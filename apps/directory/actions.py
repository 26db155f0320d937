"""The verbs of the directory: importing what the publishers publish. Nothing else writes here."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from . import kinds
from .importing import recognised
from .loading import staging
from .models import ImportRun, ServiceKind
from .reading import SourceFile, digest_of
from .refusals import RowsMissing

# One import at a time: two files may close and open the same services.
IMPORTING = 0x6361_7265_0001

OnBytes = Callable[[int], None]


@transaction.atomic
def import_file(
    *, path: Path, kind: str | None = None, edition_on: date | None = None, on_bytes: OnBytes | None = None
) -> ImportRun:
    """Import one official file, all of it or nothing, and return the report.

    The layout is told by the header. `kind` names the service kind where neither the file's name nor its rows do.
    The same file again changes nothing. Services that the file should list and does not are closed, never deleted.
    """
    started_at = timezone.now()
    source = SourceFile(path)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORTING])
        plant_kinds()
        wanted = recognised(source, kind=kind)
        digest = source.check_encoding()
        edition_on = edition_on or wanted.edition_on
        filled = staging.fill(
            cursor,
            columns=wanted.columns,
            staged=wanted.staged(source.rows(on_bytes)),
            troubles=wanted.troubles,
        )
        if filled.rows == filled.left_out:
            raise RowsMissing
        merged = wanted.merge(cursor, filled.left_out == 0, edition_on or timezone.localdate())
        run = ImportRun.objects.create(
            layout=wanted.layout,
            file_name=path.name[-255:],
            digest=digest,
            encoding=source.encoding,
            edition_on=edition_on,
            kind_codes=wanted.kinds(),
            rows=filled.rows,
            left_out=filled.left_out,
            started_at=started_at,
            finished_at=timezone.now(),
            **asdict(merged),
        )
        staging.keep_warnings(cursor, run_id=run.pk)
        staging.clear(cursor)
    return run


def plant_kinds() -> None:
    """The kinds of service are part of the software; whatever is missing is added, nothing is touched."""
    ServiceKind.objects.bulk_create(kinds.published(), ignore_conflicts=True)


def import_once(*, path: Path, edition_on: date | None = None, on_bytes: OnBytes | None = None) -> ImportRun | None:
    """Import a file unless the very same bytes were imported before; nothing is returned then."""
    if ImportRun.objects.filter(digest=digest_of(path)).exists():
        return None
    return import_file(path=path, edition_on=edition_on, on_bytes=on_bytes)

"""Import official files into the directory: manage.py import_directory FILE… [--kind 430], or --shipped."""

from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count

from apps.directory.actions import import_file, import_once
from apps.directory.models import ImportFinding, ImportRun
from apps.directory.progress import Bar
from apps.directory.refusals import FileRefused
from apps.directory.shipped import ShippedFile, shipped_files

# The first warnings are shown; all of them are kept in the report.
SHOWN_WARNINGS = 20


class Command(BaseCommand):
    help = "Import official files (offices, holidays, municipalities, postal codes); the header tells which is which."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument("--kind", help="code of the service kind (430, 063) where neither name nor rows tell it")
        parser.add_argument("--edition", type=date.fromisoformat, help="date the publisher gave the data (YYYY-MM-DD)")
        parser.add_argument("--shipped", action="store_true", help="import the files that come with the software")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not options["files"] and not options["shipped"]:
            raise CommandError("Name at least one file, or use --shipped.")
        refused = 0
        for asked, once in self.wanted(options):
            refused += not self.imported(asked, once=once, kind=options["kind"])
        if refused:
            raise CommandError(f"{refused} file(s) refused.")

    def wanted(self, options: dict[str, Any]) -> Iterator[tuple[ShippedFile, bool]]:
        if options["shipped"]:
            yield from ((shipped, True) for shipped in shipped_files())
        yield from ((ShippedFile(path, options["edition"]), False) for path in options["files"])

    def imported(self, asked: ShippedFile, *, once: bool, kind: str | None) -> bool:
        path = asked.path
        bar = Bar(label=path.name, size=path.stat().st_size if path.is_file() else 0)
        try:
            if once:
                run = import_once(path=path, edition_on=asked.edition_on, on_bytes=bar.show)
            else:
                run = import_file(path=path, kind=kind, edition_on=asked.edition_on, on_bytes=bar.show)
        except FileRefused as refusal:
            bar.end()
            self.stderr.write(f"{path.name}: {refusal.said}")
            return False
        bar.end()
        if run is None:
            self.stdout.write(f"{path.name}: already imported, nothing to do.")
        else:
            self.report(run)
        return True

    def report(self, run: ImportRun) -> None:
        seconds = (run.finished_at - run.started_at).total_seconds()
        self.stdout.write(
            f"{run.file_name}: {run.rows} rows as {run.layout} ({run.encoding}) in {seconds:.1f} s: {run.new} new, "
            f"{run.changed} changed, {run.unchanged} unchanged, {run.reopened} reopened, {run.closed} closed, "
            f"{run.repeated} repeated, {run.left_out} left out."
        )
        counts = run.warnings.values_list("code").annotate(count=Count("id")).order_by("code")
        for code, count in counts:
            self.stdout.write(f"  {count} × {ImportFinding.Code(code).label}")
        for warning in run.warnings.all()[:SHOWN_WARNINGS]:
            self.stdout.write(f"  line {warning.line}: {warning.code} {warning.column} {warning.value[:60]!r}")

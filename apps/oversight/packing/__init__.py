"""Entries of the ledger as a file: a table, resources of FHIR, or a signed report. What is in one never depends on when
it is written, and a table and the resources end with how many entries there are and what all before hashes to."""

from collections.abc import Callable
from typing import IO

from apps.oversight.models import Export, Form
from apps.oversight.packing import fhir, report, tables

PACKERS = {Form.CSV: tables.write, Form.FHIR: fhir.write, Form.PDF: report.write}


def pack(export: Export, target: IO[bytes], tell: Callable[[int], None]) -> None:
    """Write the file, and say after each part how many entries are in it."""
    PACKERS[Form(export.form)](export, target, tell)

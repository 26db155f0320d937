"""Collects the sentences of the sources; `make messages` calls it."""

import re
from pathlib import Path
from typing import Any

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    """Django's command, told once how: the same sources always give the same file, line for line."""

    # A sentence that resembles an older one is still another sentence: nothing is translated by guess.
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]

    def handle(self, *args: Any, **options: Any) -> None:
        options["locale"] = options["locale"] or ["ja"]
        options["ignore_patterns"] = [*options["ignore_patterns"], "tests", "static-root"]
        super().handle(*args, **options | {"no_obsolete": True, "no_wrap": True, "add_location": "file"})

    def write_po_file(self, potfile: str, locale: str) -> None:
        super().write_po_file(potfile, locale)
        # When they were collected is known to git; here it would only make two branches disagree.
        catalogue = Path(potfile).parent / locale / "LC_MESSAGES" / f"{self.domain}.po"
        catalogue.write_text(
            re.sub(r'^"POT-Creation-Date:.*\n', "", catalogue.read_text("utf-8"), flags=re.MULTILINE), "utf-8"
        )

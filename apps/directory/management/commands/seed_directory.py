"""Import the files that come with the software; what was imported before is not read again."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Import the shipped public files (data/). Quick when nothing is new."

    def handle(self, *_args: Any, **_options: Any) -> None:
        call_command("import_directory", shipped=True, stdout=self.stdout, stderr=self.stderr)

"""Take all messages that are not searched by index yet into the index, in batches. The worker does it by itself too."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from apps.rooms.actions import take_all_into_search


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--at-once", type=int, default=20_000, help="messages in one transaction")

    def handle(self, *args: Any, **wanted: Any) -> None:
        taken = take_all_into_search(wanted["at_once"])
        self.stdout.write(f"{taken} messages were taken in.")

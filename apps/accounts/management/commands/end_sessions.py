"""Sign a person out everywhere, from the command line: a lost phone on a Sunday."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from apps.accounts import actions
from apps.accounts.models import User


class Command(BaseCommand):
    help = "End every session and every device token of the person with this login id."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("login_id")

    @transaction.atomic
    def handle(self, *args: Any, login_id: str, **options: Any) -> None:
        user = User.objects.filter(login_id=login_id).first()
        if user is None:
            raise CommandError(f"Nobody signs in as {login_id}.")

        ended = actions.end_sessions(user=user, by=None)
        actions.revoke_devices(user=user, by=None)
        self.stdout.write(f"{ended} sessions ended, and every device token with them.")

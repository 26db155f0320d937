"""Make an operator: somebody who may build new environments, and nothing inside them."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils.timezone import localtime

from apps.accounts import actions
from apps.accounts.models import User


class Command(BaseCommand):
    help = "Make an operator account and print the code with which its person joins. Again: a new code."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("login_id")

    def handle(self, *args: Any, login_id: str, **options: Any) -> None:
        user = User.objects.filter(login_id=login_id).first()
        if user is not None and not user.is_operator:
            raise CommandError(f"{login_id} is somebody else's login ID. Please choose another one.")
        try:
            User(login_id=login_id).clean_fields(exclude=["password"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error

        issued = actions.issue_slip(
            user=user or actions.make_user(login_id=login_id, by=None, is_operator=True), by=None
        )
        self.stdout.write(f"Open {settings.BASE_URL}{reverse('accounts:join')} and type this code:")
        self.stdout.write(f"    {issued.code}")
        self.stdout.write(f"It works once, until {localtime(issued.expires_at):%Y-%m-%d %H:%M}.")

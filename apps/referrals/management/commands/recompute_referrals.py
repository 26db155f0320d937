"""Folds every referral's steps anew and names those that stand elsewhere: none, as long as the database keeps its promise."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_scopes import scope

from apps.environments.models import Environment
from apps.referrals.queries import astray


class Command(BaseCommand):
    help = "Check that every referral stands where its steps say."

    def handle(self, *args: Any, **options: Any) -> None:
        found: list[str] = []
        for environment in Environment.objects.all():
            with scope(environment=environment):
                found += [str(one.pk) for one in astray()]
        if found:
            raise CommandError("Not where their steps say: " + ", ".join(found))
        self.stdout.write("Every referral stands where its steps say.")

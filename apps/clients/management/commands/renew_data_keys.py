"""`manage.py renew_data_keys`: lock every number anew with the first of CARENET_DATA_KEYS, so that the old key can go."""

from typing import Any

from django.core.management.base import BaseCommand

from apps.clients import actions


class Command(BaseCommand):
    help = "Locks every number of a certificate anew with the first of CARENET_DATA_KEYS. Repeating it does no harm."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{actions.renew_locks()} numbers are locked with the first key.")

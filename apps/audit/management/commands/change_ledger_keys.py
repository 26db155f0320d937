"""`manage.py change_ledger_keys`: from now on, heads are signed by new keys, for which the old ones vouch."""

from typing import Any

from django.core.management.base import BaseCommand

from apps.audit.places import standing_in
from apps.audit.seals import change_key
from apps.audit.tree import sealed_places


class Command(BaseCommand):
    help = "Gives every ledger a new signing key, locked with the first of CARENET_DATA_KEYS. Old public keys are kept."

    def handle(self, *args: Any, **options: Any) -> None:
        places = sealed_places()
        for place in places:
            with standing_in(place):
                change_key()
        self.stdout.write(f"{len(places)} ledgers have a new key. Their public parts are in the next export.")

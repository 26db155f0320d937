"""Lock numbers anew after the keys have changed."""

from django.db import transaction
from django_scopes import scope

from apps.audit import actions as audit
from apps.clients.models import ClientNumber
from apps.clients.models.certificates import PURPOSE, fingerprints_of
from apps.environments.models import Environment
from apps.kernel import vault


def renew_locks() -> int:
    """Lock every number, also those struck out, with the first key; how many there are. Nobody reads them meanwhile."""
    renewed = 0
    for environment in Environment.objects.order_by("pk"):
        with scope(environment=environment):
            renewed += renew_locks_here()
    return renewed


@transaction.atomic
def renew_locks_here() -> int:
    renewed = 0
    for number in ClientNumber.objects.select_for_update(of=("self",)).order_by("pk"):
        clear = number.opened()
        number.locked = vault.lock(clear, purpose=PURPOSE)
        number.fingerprint = fingerprints_of(number.certificate, clear)[0]
        number.save(update_fields=["locked", "fingerprint"])
        renewed += 1
    audit.record(verb="clients.locks_renewed", by=None, detail={"numbers": renewed})
    return renewed

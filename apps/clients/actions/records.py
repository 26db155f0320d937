"""Change what is written of a client; what stood there before is kept."""

from datetime import date
from typing import Any

from django.db import transaction

from apps.audit import actions as audit
from apps.clients.access import check_can_edit, client_for
from apps.clients.models import Client, PlacesBefore, Revision
from apps.clients.models.protection import OF_THE_RECORD
from apps.clients.refusals import EditedMeanwhile, PlacesWithheld
from apps.environments.models import Member
from apps.kernel.my_number import check_no_individual_number

EDITABLE = ("name", "kana", "born_on", "area", "school_district", "needs", "weekdays")


@transaction.atomic
def edit_client(*, client: Client, facts: dict[str, Any], version: int, by: Member) -> Client:
    """Change some of the editable facts, as somebody saw them at this version; EditedMeanwhile when it is no longer the
    present one. The ledger names the fields, the revision keeps what they held."""
    check_can_edit(by, client)

    # Read again under the lock: the one in hand may be a version behind.
    client_for(by, client.pk)
    fresh = Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    if fresh.version != version:
        raise EditedMeanwhile(subject=client, client_id=client.pk)

    changed = {name: value for name, value in facts.items() if name in EDITABLE and getattr(fresh, name) != value}
    if fresh.is_protected and any(changed.get(name) for name in OF_THE_RECORD):
        raise PlacesWithheld(subject=client, client_id=client.pk)
    check_no_individual_number(*(value for value in changed.values() if isinstance(value, str)))
    if changed:
        write_revision(fresh, changed, by)
    return fresh


def write_revision(client: Client, changed: dict[str, Any], by: Member) -> None:
    was = {name: plain(getattr(client, name)) for name in sorted(changed)}
    places = {name: was.pop(name) for name in OF_THE_RECORD if name in was}
    revision = Revision.objects.create(
        environment_id=client.environment_id, client=client, number=client.version, was=was, changed_by=by
    )
    if places:
        PlacesBefore.objects.create(environment_id=client.environment_id, revision=revision, was=places)
    for name, value in changed.items():
        setattr(client, name, value)
    client.version += 1
    client.save(update_fields=[*changed, "version"])
    audit.record(verb="clients.edited", subject=client, client=client, by=by, detail={"fields": sorted(changed)})


def plain(value: Any) -> Any:
    """As JSON holds it."""
    return value.isoformat() if isinstance(value, date) else value

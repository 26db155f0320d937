"""Register clients."""

from datetime import date

from django.db import transaction

from apps.audit import actions as audit
from apps.clients.access import can_see, check_can_register, is_division
from apps.clients.actions.consents import Given, write_consent
from apps.clients.actions.teams import take_seat
from apps.clients.models import Client
from apps.clients.refusals import ConsentDoesNotHold, ConsentNeeded, NotADivision
from apps.environments.models import Member, Organization
from apps.kernel.my_number import check_no_individual_number


@transaction.atomic
def register_client(
    *,
    name: str,
    kana: str,
    born_on: date,
    by: Member,
    area: str = "",
    division: Organization | None = None,
    consent: Given | None = None,
) -> Client:
    """Write down a care recipient.

    A division registers those it is in charge of. Any other organization takes the first seat on the care team and
    brings the signed consent with it: without one it could not see what it has just written.
    """
    check_can_register(by)
    check_no_individual_number(name, kana, area)

    own = by.organization
    if is_division(own):
        division = own
    elif consent is None:
        raise ConsentNeeded
    if division is not None and not is_division(division):
        raise NotADivision

    client = Client.objects.create(
        environment_id=by.environment_id, name=name, kana=kana, born_on=born_on, area=area, division=division
    )
    audit.record(verb="clients.registered", subject=client, client=client, by=by)
    if not is_division(own):
        take_seat(client=client, organization=own, by=by)
    if consent is not None:
        write_consent(client=client, given=consent.covering(own), by=by)
    if not can_see(by, client):
        raise ConsentDoesNotHold
    return client

"""The family and guardians of a client: written down, changed, struck out."""

import unicodedata
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from apps.audit import actions as audit
from apps.clients.access import check_can_change_contact, check_can_edit, contact_for
from apps.clients.models import Client, FamilyContact
from apps.clients.refusals import ContactIncomplete, PhoneMalformed, StruckAlready
from apps.directory.numbers import HYPHENS, dialled
from apps.environments.models import Member
from apps.kernel.my_number import check_no_individual_number

LONGEST = 20


@dataclass(frozen=True)
class Reached:
    """Who it is and how they are reached."""

    name: str
    relation: str
    phone: str = ""
    is_key_person: bool = False
    is_guardian: bool = False


@transaction.atomic
def write_contact(*, client: Client, reached: Reached, by: Member) -> FamilyContact:
    """Write down somebody of the family. A new key person takes the place of the one before."""
    check_can_edit(by, client)
    check_reached(client, reached)

    lock(client)
    written = put(client, reached, by)
    audit.record(verb="clients.contact_written", subject=written, client=client, by=by)
    return written


@transaction.atomic
def change_contact(*, contact: FamilyContact, reached: Reached, by: Member) -> FamilyContact:
    """Write a contact anew; what stood there before is struck out and kept."""
    client = contact.client
    check_can_change_contact(by, contact)
    check_reached(client, reached)

    lock(client)
    contact = standing(client, contact, by)
    strike(contact, by)
    written = put(client, reached, by, before=contact)
    audit.record(verb="clients.contact_changed", subject=written, client=client, by=by)
    return written


@transaction.atomic
def strike_contact(*, contact: FamilyContact, by: Member) -> None:
    """Strike out somebody who is no longer to be called."""
    client = contact.client
    check_can_change_contact(by, contact)

    lock(client)
    contact = standing(client, contact, by)
    strike(contact, by)
    audit.record(verb="clients.contact_struck", subject=contact, client=client, by=by)


def check_reached(client: Client, reached: Reached) -> None:
    check_no_individual_number(reached.name, reached.relation, reached.phone)
    if not reached.name.strip() or not reached.relation.strip():
        raise ContactIncomplete(subject=client, client_id=client.pk)
    if reached.phone.strip() and not dialled(reached.phone):
        raise PhoneMalformed(subject=client, client_id=client.pk)


def lock(client: Client) -> None:
    # One change of a client's contacts at a time: there is one key person.
    Client.objects.select_for_update(of=("self",), no_key=True).get(pk=client.pk)


def standing(client: Client, contact: FamilyContact, by: Member) -> FamilyContact:
    contact = contact_for(by, client, contact.pk)
    if not contact.stands:
        raise StruckAlready(subject=client, client_id=client.pk)
    return contact


def put(client: Client, reached: Reached, by: Member, before: FamilyContact | None = None) -> FamilyContact:
    if reached.is_key_person:
        make_room_for_key_person(client, by)
    phone = written_plainly(reached.phone)
    # Who wrote the number down stays so while the number stays the same.
    same = before is not None and before.phone == phone
    return FamilyContact.objects.create(
        environment_id=client.environment_id,
        client=client,
        name=reached.name,
        relation=reached.relation,
        phone=phone,
        phone_from_id=(before.phone_from_id if same and before else by.organization_id) if phone else None,
        is_key_person=reached.is_key_person,
        is_guardian=reached.is_guardian,
        written_by=by,
    )


def make_room_for_key_person(client: Client, by: Member) -> None:
    former = FamilyContact.objects.standing().filter(client=client, is_key_person=True).first()
    if former is not None:
        strike(former, by)
        FamilyContact.objects.create(
            environment_id=client.environment_id,
            client=client,
            name=former.name,
            relation=former.relation,
            phone=former.phone,
            phone_from_id=former.phone_from_id,
            is_guardian=former.is_guardian,
            written_by=by,
        )


def strike(contact: FamilyContact, by: Member) -> None:
    contact.struck_at, contact.struck_by = timezone.now(), by
    contact.save(update_fields=["struck_at", "struck_by"])


def written_plainly(phone: str) -> str:
    """As it was typed, in half-width signs; the digits alone where that is longer than a number is."""
    text = " ".join(HYPHENS.sub("-", unicodedata.normalize("NFKC", phone)).split())
    return text if len(text) <= LONGEST else dialled(phone)

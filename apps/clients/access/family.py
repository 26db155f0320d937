"""Who may see how a client's family is reached.

Names and relations belong to the client's record: whoever sees the client sees them. A phone number is the family
member's own data. It is shown to

- the division in charge, by law;
- the organization whose people wrote it down;
- the organizations that this family member's own consent names (`covers_family`, in force, for coordinating care);
- who has opened the client in an emergency, while that lasts: somebody has to be called (個人情報保護法 27条1項2号).

Nobody else, also not with the client's consent: the client cannot consent for the family (平11厚令38 23条3項).
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.clients.access.doors import client_for
from apps.clients.access.records import can_edit
from apps.clients.access.rule import exceptions_open_to, is_of_the_division
from apps.clients.models import Audience, Client, ConsentRecord, ExceptionKind, FamilyContact, Purpose
from apps.environments.models import Member
from apps.kernel.folding import fold
from apps.kernel.refusals import NotAllowed, NotHere

PHONE_RULE = _(
    "A phone number is shown to the division in charge, to the organization that wrote it down, to those whom this family "
    "member's own consent names, and in an emergency."
)


def contact_for(member: Member, client: Client, contact_id: UUID) -> FamilyContact:
    """The only way to get a contact by id: one of a client this member sees."""
    client = client_for(member, client.pk)
    found = FamilyContact.objects.select_related("client").filter(client=client, pk=contact_id).first()
    if found is None:
        raise NotHere(subject=contact_id, client_id=client.pk)
    return found


def phones_open_to(member: Member, client: Client, contacts: Iterable[FamilyContact]) -> set[UUID]:
    """Of the contacts of one client, those whose phone number this member may see; as many queries for many as for one."""
    emergencies = exceptions_open_to(member).filter(client=client, kind=ExceptionKind.BREAK_GLASS)
    if is_of_the_division(member, client) or emergencies.exists():
        return {contact.pk for contact in contacts}
    signed = names_signed_for(member, client)
    return {
        contact.pk
        for contact in contacts
        if contact.phone_from_id == member.organization_id or plain(contact.name) in signed
    }


def names_signed_for(member: Member, client: Client) -> set[str]:
    """Who of the family has consented that this member's organization works with their own data, as names are told alike."""
    now = timezone.now()
    named = Audience.objects.filter(Q(organization=member.organization_id) | Q(kind=member.organization.kind))
    records = ConsentRecord.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=now),
        client=client,
        covers_family=True,
        purposes__contains=[Purpose.COORDINATION],
        valid_from__lte=now,
        withdrawn_at=None,
        audience__in=named,
    )
    return {plain(name) for name in records.values_list("signer_name", flat=True)}


def plain(name: str) -> str:
    return fold(name).replace(" ", "")


def can_change_contact(member: Member, contact: FamilyContact) -> bool:
    """Who cares for the client, and sees all that would be written anew."""
    client = contact.client
    return can_edit(member, client) and (not contact.phone or contact.pk in phones_open_to(member, client, [contact]))


def check_can_change_contact(member: Member, contact: FamilyContact) -> None:
    if not can_change_contact(member, contact):
        raise NotAllowed(subject=contact, client_id=contact.client_id)

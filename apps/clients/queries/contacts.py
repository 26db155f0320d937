"""The family of a client, as one member may see it."""

from dataclasses import dataclass

from apps.clients.access import can_edit, phones_open_to
from apps.clients.models import Client, FamilyContact
from apps.environments.models import Member


@dataclass(frozen=True)
class ContactShown:
    """A contact with what this reader may know and do."""

    contact: FamilyContact
    is_phone_open: bool
    can_change: bool

    @property
    def phone(self) -> str:
        return self.contact.phone if self.is_phone_open else ""

    @property
    def hides_phone(self) -> bool:
        """There is a phone number, and it is not for this reader."""
        return bool(self.contact.phone) and not self.is_phone_open


def contacts_of(member: Member, client: Client) -> list[ContactShown]:
    """Who stands in the record now, the key person first; a constant number of queries."""
    contacts = list(FamilyContact.objects.standing().filter(client=client))
    opened = phones_open_to(member, client, contacts) if contacts else set()
    editing = can_edit(member, client)
    return [ContactShown(one, one.pk in opened, editing and (not one.phone or one.pk in opened)) for one in contacts]

"""What would let the place of a protected client be inferred: the organizations around them, and by name their people.

Whoever has not been let in to the places (access.protection) is told of an organization only its kind, and of its people
no name, because the list of members says where somebody works. Named are one's own organization and those that work for
the whole municipality: the city's divisions, one of which decides who is let in and must be known to everybody, and the
core consultation center. A community support center has one district, and is withheld like every other office. The
school grade is no more than the date of birth, which tells clients apart, and is not withheld.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Q

from apps.clients.access.doors import can_change_team, check_can_change_team
from apps.clients.access.protection import can_see_places
from apps.clients.access.why import READING_ONLY, reasons
from apps.clients.models import Client, Petition, Seat
from apps.environments.access import organizations_visible_to
from apps.environments.models import Member, Organization, OrganizationKind
from apps.environments.names import Names, names_shown_to
from apps.kernel.refusals import NotAllowed

OF_THE_WHOLE_MUNICIPALITY = {OrganizationKind.CITY_DIVISION, OrganizationKind.CORE_CONSULTATION_CENTER}


def is_withheld_from(member: Member, client: Client) -> bool:
    """Whether this member has not been let in to the places of a protected client."""
    return client.is_protected and not can_see_places(member, client)


def withheld_among(member: Member, clients: Iterable[UUID]) -> set[UUID]:
    """Those of the clients whose places are withheld from this member; as many queries for many as for one."""
    marked = set(Client.objects.filter(pk__in=list(clients), is_protected=True).values_list("pk", flat=True))
    if not marked:
        return marked
    asked = Petition.objects.filter(client__in=marked, asked_by=member).seeing()
    sees = writes_about(member, set(asked.values_list("client", flat=True)))
    return marked - sees


def writes_about(member: Member, clients: set[UUID]) -> set[UUID]:
    known = reasons(member, [Client(pk=one) for one in clients])
    return {client for client, why in known.items() if why not in READING_ONLY}


def names_beside(reader: Member, client: Client | None) -> Names:
    """Whose names a page, a program or a socket may tell this reader where it is about this client."""
    names = names_shown_to(reader)
    if client is None or not is_withheld_from(reader, client):
        return names
    return names.only(people_who_tell_no_place(reader))


def names_beside_each(reader: Member, clients: Iterable[UUID]) -> dict[UUID, Names]:
    """The same for many clients at once: those whose places are withheld, with the names that may be told beside them."""
    withheld = withheld_among(reader, clients)
    return dict.fromkeys(withheld, names_shown_to(reader).only(people_who_tell_no_place(reader))) if withheld else {}


def names_of_hands_beside(reader: Member, client: Client) -> Names:
    """The names of those whose deed is on the page, for whoever confirms, judges, inspects or lets in: who answers for a
    deed is told by name, but not for which organization."""
    names = names_shown_to(reader)
    if not is_withheld_from(reader, client):
        return names
    whole = Q(kind__in=OF_THE_WHOLE_MUNICIPALITY) | Q(pk=reader.organization_id)
    return replace(names, bodies=frozenset(Organization.objects.filter(whole).values_list("pk", flat=True)))


def people_who_tell_no_place(reader: Member) -> frozenset[UUID]:
    whole = Q(organization__kind__in=OF_THE_WHOLE_MUNICIPALITY)
    people = Member.objects.filter(Q(organization=reader.organization_id) | whole)
    return frozenset(people.values_list("pk", flat=True))


@dataclass(frozen=True)
class Bodies:
    """Which organizations one reader is told by name beside one client; `known` is None where it is every one."""

    reader: Member
    known: frozenset[UUID] | None
    is_withheld: bool

    def include(self, organization: Organization) -> bool:
        if self.known is not None and organization.pk not in self.known:
            return False
        return not self.is_withheld or tells_no_place(organization, self.reader)

    def name(self, organization: Organization) -> str:
        """The name, or the kind in words."""
        return organization.name if self.include(organization) else organization.get_kind_display()

    def names(self, organizations: Iterable[Organization]) -> list[str]:
        """Sorted, and each kind once however many of it there are."""
        return sorted({self.name(one) for one in organizations})


def tells_no_place(organization: Organization, reader: Member) -> bool:
    return organization.pk == reader.organization_id or organization.kind in OF_THE_WHOLE_MUNICIPALITY


def bodies_beside(reader: Member, client: Client) -> Bodies:
    """For a guest those with whose people a room is shared; for everybody fewer where the client is protected."""
    known = organizations_visible_to(reader).values_list("pk", flat=True) if reader.is_guest else None
    return Bodies(reader, None if known is None else frozenset(known), is_withheld_from(reader, client))


def can_name_people_of(member: Member, seat: Seat) -> bool:
    """Whoever changes the team names people of a seat, if they may know whose seat it is."""
    return can_change_team(member, seat.client) and bodies_beside(member, seat.client).include(seat.organization)


def check_can_name_people_of(member: Member, seat: Seat) -> None:
    check_can_change_team(member, seat.client)
    if not can_name_people_of(member, seat):
        raise NotAllowed(subject=seat, client_id=seat.client_id)

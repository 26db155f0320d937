"""Who may see a client, decided here and nowhere else.

A member sees a client while one of these holds:

- the client is in the charge of their division, by law (`BY_DIVISION`);
- a written consent of the client covers their organization, and their organization holds an open seat on the care team
  (`BY_SEAT`), or the client was opened to them by hand, as a grant of django-guardian (`BY_HAND`).

A role opens nothing: not admin, not auditor, not superuser. A seat without consent waits: its people see a card that
names nobody (queries.waiting_cards).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.clients.models import Audience, Client, ClientUserObjectPermission, ConsentRecord, Seat
from apps.clients.refusals import CannotBeOpened
from apps.environments.models import Member, Organization, OrganizationKind, Role
from apps.kernel.refusals import NotAllowed, NotHere

VIEW = "view_client"
BY_DIVISION = _("Visible because your division is in charge.")
BY_SEAT = _("Visible because your organization is on the care team, with the client's consent.")
BY_HAND = _("Visible because it was opened to you by hand, with the client's consent.")
# Who works with clients in a division; its admins and auditors do not.
IN_CHARGE = {Role.DESK, Role.MEMBER}


def clients_visible_to(member: Member) -> QuerySet[Client]:
    """The clients this member may see now."""
    granted = Exists(grants_to(member).filter(content_object=OuterRef("pk")))
    return Client.objects.filter(in_charge(member) | (covers(member) & (seats(member) | Q(granted))))


def clients_in_care_of(member: Member) -> QuerySet[Client]:
    """The clients whose care team and consents this member may change: those of `can_change_team`."""
    if member.is_guest:
        return Client.objects.none()
    return Client.objects.filter(in_charge(member) | (covers(member) & seats(member)))


def seats_waiting_for(member: Member) -> QuerySet[Seat]:
    """The open seats of the member's organization whose client they do not see, because no consent covers them."""
    seated = Seat.objects.open().filter(organization=member.organization_id)
    return seated.exclude(client__in=clients_visible_to(member).values("pk"))


def covers(member: Member) -> Q:
    return Q(Exists(consents_covering(member.organization).filter(consent__client=OuterRef("pk"))))


def seats(member: Member) -> Q:
    return Q(Exists(Seat.objects.open().filter(client=OuterRef("pk"), organization=member.organization_id)))


def in_charge(member: Member) -> Q:
    """The clients of the member's division; none for somebody who is not of a division or does not work with clients."""
    return Q(division=member.organization_id) if member.role in IN_CHARGE else Q(pk__in=[])


def consents_covering(organization: Organization) -> QuerySet[Audience]:
    """The consents in force that name the organization or its kind."""
    named: QuerySet[Audience] = Audience.objects.in_force()
    return named.filter(Q(organization=organization.pk) | Q(kind=organization.kind))


def organizations_covered(client: Client) -> QuerySet[Organization]:
    """The reverse: the organizations that the client's consents cover now."""
    return organizations_named(Audience.objects.in_force().filter(consent__client=client))


def organizations_named(named: QuerySet[Audience]) -> QuerySet[Organization]:
    return Organization.objects.filter(Exists(named.filter(Q(organization=OuterRef("pk")) | Q(kind=OuterRef("kind")))))


def grants_to(member: Member) -> QuerySet[ClientUserObjectPermission]:
    """Clients opened to this person by hand, while the opening lasts."""
    return grants_in_force().filter(user=member.user_id)


def grants_in_force() -> QuerySet[ClientUserObjectPermission]:
    lasting = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
    return ClientUserObjectPermission.objects.filter(lasting, permission__codename=VIEW)


def client_for(member: Member, client_id: UUID) -> Client:
    """The only way to get a client by id. Hidden and missing answer alike."""
    found = clients_visible_to(member).filter(pk=client_id).first() if member.is_current else None
    if found is None:
        raise NotHere(subject=client_id)
    return found


def can_see(member: Member, client: Client) -> bool:
    return member.is_current and clients_visible_to(member).filter(pk=client.pk).exists()


def people_who_can_see(client: Client) -> QuerySet[Member]:
    """The reverse question, from the same rule."""
    seated = Seat.objects.open().filter(client=client).values("organization")
    granted = grants_in_force().filter(content_object=client).values("user")
    covered = Q(organization__in=organizations_covered(client).values("pk"))
    return (
        Member.objects.current()
        .filter(user__is_active=True)
        .filter(of_the_division(client) | (covered & (Q(organization__in=seated) | Q(user__in=granted))))
    )


def of_the_division(client: Client) -> Q:
    """The people of the division in charge who work with clients."""
    return Q(organization=client.division_id, role__in=IN_CHARGE) if client.division_id else Q(pk__in=[])


def people_who_lose(consent: ConsentRecord) -> QuerySet[Member]:
    """Who sees the client by this consent alone, and would no longer when it is withdrawn."""
    client = consent.client
    others = Audience.objects.in_force().filter(consent__client=client).exclude(consent=consent)
    still = organizations_named(others).values("pk")
    return people_who_can_see(client).exclude(organization__in=still).exclude(of_the_division(client))


def people_ever_near(client: Client) -> QuerySet[Member]:
    """Who may have the client on a screen: the division in charge, every organization that ever had a seat, and those
    let in by hand."""
    seated = Seat.objects.filter(client=client).values("organization")
    granted = ClientUserObjectPermission.objects.filter(content_object=client).values("user")
    return Member.objects.filter(Q(organization__in=seated) | Q(user__in=granted) | Q(organization=client.division_id))


def reasons(member: Member, clients: Iterable[Client]) -> Mapping[UUID, Promise]:
    """Why this member sees each of the clients, as sentences; clients they do not see are left out."""
    if not member.is_current:
        return {}
    ids = [client.pk for client in clients]
    seats = Seat.objects.open().filter(client__in=ids, organization=member.organization_id)
    granted = grants_to(member).filter(content_object__in=ids)
    consents = consents_covering(member.organization).filter(consent__client__in=ids)
    covered = set(consents.values_list("consent__client", flat=True))
    by_division = Client.objects.filter(in_charge(member), pk__in=ids).values_list("pk", flat=True)
    return (
        dict.fromkeys(covered & set(granted.values_list("content_object", flat=True)), BY_HAND)
        | dict.fromkeys(covered & set(seats.values_list("client", flat=True)), BY_SEAT)
        | dict.fromkeys(by_division, BY_DIVISION)
    )


def why_visible(member: Member, client: Client) -> Promise | None:
    """The sentence shown under a name: why this member sees this client. None when they do not."""
    return reasons(member, [client]).get(client.pk)


def seat_for(member: Member, client: Client, seat_id: UUID) -> Seat:
    """The only way to get a seat by id: one of a client this member sees."""
    client = client_for(member, client.pk)
    found = Seat.objects.select_related("organization", "client").filter(client=client, pk=seat_id).first()
    if found is None:
        raise NotHere(subject=seat_id, client_id=client.pk)
    return found


def can_change_team(member: Member, client: Client) -> bool:
    """The division in charge and the people of the care team give and end seats; guests and those let in by hand do not."""
    if not member.is_current or member.is_guest:
        return False
    return why_visible(member, client) in {BY_DIVISION, BY_SEAT}


def check_can_change_team(member: Member, client: Client) -> None:
    if not can_see(member, client):
        raise NotHere(subject=client)
    if not can_change_team(member, client):
        raise NotAllowed(subject=client, client_id=client.pk)


def can_register(member: Member) -> bool:
    """The desk, and members of organizations that manage care, register clients."""
    return member.is_current and not member.is_guest and member.role in {"desk", "member"}


def check_can_register(member: Member) -> None:
    if not can_register(member):
        raise NotAllowed


def can_be_opened_to(member: Member, client: Client) -> bool:
    """People at work, of a covered organization, who do not see the client yet. Admins and auditors stay outside."""
    if not member.is_current or member.role in {Role.ADMIN, Role.AUDITOR} or can_see(member, client):
        return False
    return organizations_covered(client).filter(pk=member.organization_id).exists()


def check_can_be_opened_to(member: Member, client: Client) -> None:
    if not can_be_opened_to(member, client):
        raise CannotBeOpened(subject=client, client_id=client.pk)


def is_division(organization: Organization) -> bool:
    return organization.kind == OrganizationKind.CITY_DIVISION


def consent_for(member: Member, client: Client, consent_id: UUID) -> ConsentRecord:
    """The only way to get a consent by id: one of a client this member sees."""
    client = client_for(member, client.pk)
    found = ConsentRecord.objects.filter(client=client, pk=consent_id).first()
    if found is None:
        raise NotHere(subject=consent_id, client_id=client.pk)
    return found


def next_change(clients: QuerySet[Client], after: datetime) -> datetime | None:
    """The next moment at which access to one of these clients begins or ends by itself."""
    moments: list[datetime] = []
    periods = [
        (Seat.objects.filter(client__in=clients), ["valid_from", "valid_to"]),
        (ConsentRecord.objects.filter(client__in=clients, withdrawn_at=None), ["valid_from", "valid_to"]),
        (ClientUserObjectPermission.objects.filter(content_object__in=clients), ["expires_at"]),
    ]
    for rows, edges in periods:
        for edge in edges:
            moments += rows.filter(**{f"{edge}__gt": after}).order_by(edge).values_list(edge, flat=True)[:1]
    return min(moments, default=None)

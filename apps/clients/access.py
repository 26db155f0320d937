"""Who may see a client, decided here and nowhere else.

Two ways open a client: one's organization holds an open seat on the care team (a rule), or the client was opened to
one person by hand (a grant of django-guardian). A role opens nothing: not admin, not auditor, not superuser.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.clients.models import Client, ClientUserObjectPermission, Seat
from apps.clients.refusals import CannotBeOpened
from apps.environments.models import Member
from apps.kernel.refusals import NotAllowed, NotHere

VIEW = "view_client"
BY_SEAT = _("Visible because your organization is on the care team.")
BY_HAND = _("Visible because it was opened to you by hand.")


def clients_visible_to(member: Member) -> QuerySet[Client]:
    """The clients this member may see now."""
    seats = Seat.objects.open().filter(client=OuterRef("pk"), organization=member.organization_id)
    return Client.objects.filter(Exists(seats) | Exists(grants_to(member).filter(content_object=OuterRef("pk"))))


def grants_to(member: Member) -> QuerySet[ClientUserObjectPermission]:
    """Clients opened to this person by hand."""
    return ClientUserObjectPermission.objects.filter(user=member.user_id, permission__codename=VIEW)


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
    seats = Seat.objects.open().filter(client=client)
    grants = ClientUserObjectPermission.objects.filter(content_object=client, permission__codename=VIEW)
    return (
        Member.objects.current()
        .filter(user__is_active=True)
        .filter(Q(organization__in=seats.values("organization")) | Q(user__in=grants.values("user")))
    )


def people_ever_near(client: Client) -> QuerySet[Member]:
    """Who may have the client on a screen: people of every organization that ever had a seat, and those let in by hand."""
    seats = Seat.objects.filter(client=client).values("organization")
    grants = ClientUserObjectPermission.objects.filter(content_object=client).values("user")
    return Member.objects.filter(Q(organization__in=seats) | Q(user__in=grants))


def reasons(member: Member, clients: Iterable[Client]) -> Mapping[UUID, Promise]:
    """Why this member sees each of the clients, as sentences; clients they do not see are left out. Two queries."""
    ids = [client.pk for client in clients]
    seats = Seat.objects.open().filter(client__in=ids, organization=member.organization_id)
    granted = grants_to(member).filter(content_object__in=ids)
    by_hand = dict.fromkeys(granted.values_list("content_object", flat=True), BY_HAND)
    return by_hand | dict.fromkeys(seats.values_list("client", flat=True), BY_SEAT)


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
    """People of the care team give and end seats; guests, family and those who only look do not."""
    seated = Seat.objects.open().filter(client=client, organization=member.organization_id)
    return member.is_current and not member.is_guest and seated.exists()


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
    """People at work who do not see the client yet. Who runs or audits the environment stays outside of its clients."""
    return member.is_current and member.role not in {"admin", "auditor"} and not can_see(member, client)


def check_can_be_opened_to(member: Member, client: Client) -> None:
    if not can_be_opened_to(member, client):
        raise CannotBeOpened(subject=client, client_id=client.pk)


def next_change(client_ids: QuerySet[Client], after: datetime) -> datetime | None:
    """The next moment at which a seat of these clients ends or begins by itself."""
    ends = Seat.objects.filter(client__in=client_ids, valid_to__gt=after).values_list("valid_to", flat=True)
    begins = Seat.objects.filter(client__in=client_ids, valid_from__gt=after).values_list("valid_from", flat=True)
    moments = [*ends.order_by("valid_to")[:1], *begins.order_by("valid_from")[:1]]
    return min((moment for moment in moments if moment is not None), default=None)

"""The rule, as sets of rows: the clients one member sees, and what the seeing rests on."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from apps.clients.models import Audience, Charge, Client, ClientUserObjectPermission, LegalException, Seat
from apps.environments.models import Member, Organization, Role

VIEW = "view_client"
# Who works with clients in a division; its admins and auditors do not.
IN_CHARGE = {Role.DESK, Role.MEMBER}


def clients_visible_to(member: Member) -> QuerySet[Client]:
    """The clients this member may see now."""
    granted = Exists(grants_to(member).filter(content_object=OuterRef("pk")))
    ordinary = in_charge(member) | (covers(member) & (seats(member) | Q(granted)))
    return Client.objects.filter(ordinary | excepted(member))


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
    if member.role not in IN_CHARGE:
        return Q(pk__in=[])
    return Q(pk__in=Charge.objects.open().filter(division=member.organization_id).values("client"))


def excepted(member: Member) -> Q:
    """The clients that this person has opened by a legal exception: to be read, and not to be changed."""
    return Q(Exists(exceptions_open_to(member).filter(client=OuterRef("pk"))))


def exceptions_open_to(member: Member) -> QuerySet[LegalException]:
    """What this person has opened in an emergency or to report an abuse, while it lasts."""
    found: QuerySet[LegalException] = LegalException.objects.open()
    return found.filter(member=member)


def consents_covering(organization: Organization) -> QuerySet[Audience]:
    """The consents in force that name the organization or its kind."""
    named: QuerySet[Audience] = Audience.objects.in_force()
    return named.filter(Q(organization=organization.pk) | Q(kind=organization.kind))


def grants_to(member: Member) -> QuerySet[ClientUserObjectPermission]:
    """Clients opened to this person by hand, while the opening lasts."""
    return grants_in_force().filter(user=member.user_id)


def grants_in_force() -> QuerySet[ClientUserObjectPermission]:
    lasting = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
    return ClientUserObjectPermission.objects.filter(lasting, permission__codename=VIEW)

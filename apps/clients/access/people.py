"""The reverse question, from the same rule: the people who see one client."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.clients.access.rule import IN_CHARGE, grants_in_force
from apps.clients.models import Audience, Client, ClientUserObjectPermission, ConsentRecord, Seat
from apps.environments.models import Member, Organization


def organizations_covered(client: Client) -> QuerySet[Organization]:
    """The reverse: the organizations that the client's consents cover now."""
    return organizations_named(Audience.objects.in_force().filter(consent__client=client))


def organizations_named(named: QuerySet[Audience]) -> QuerySet[Organization]:
    return Organization.objects.filter(Exists(named.filter(Q(organization=OuterRef("pk")) | Q(kind=OuterRef("kind")))))


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

"""The reverse question, from the same rule: the people who see one client."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.clients.access.rule import IN_CHARGE, charges_now, grants_in_force
from apps.clients.models import (
    Audience,
    Charge,
    Client,
    ClientUserObjectPermission,
    ConsentRecord,
    LegalException,
    Purpose,
    Seat,
)
from apps.environments.models import Member, Organization, OrganizationKind, Suspension


def organizations_covered(client: Client, purpose: str = Purpose.COORDINATION) -> QuerySet[Organization]:
    """The reverse: the organizations that the client's consents cover now for a purpose."""
    return organizations_named(standing(client, purpose))


def standing(
    client: Client, purpose: str | OuterRef, *, without: ConsentRecord | None = None, at: datetime | None = None
) -> QuerySet[Audience]:
    """Whom the client's consents name for a purpose now; or would name, if one of them were withdrawn; or named once."""
    named: QuerySet[Audience] = Audience.objects.known_in_force_at(purpose, at).filter(consent__client=client)
    return named if without is None else named.exclude(consent=without)


def introducing_consent(client: Client, organization: Organization) -> ConsentRecord | None:
    """A consent of the client, in force, for introducing them to this organization or to every one of its kind: the newest."""
    named = Audience.objects.in_force(Purpose.INTRODUCTION).of(organization).filter(consent__client=client)
    found = named.select_related("consent").order_by("-consent__recorded_at").first()
    return None if found is None else found.consent


def introducing_consent_by_kind(client: Client, kind: OrganizationKind) -> ConsentRecord | None:
    """The same for a body that takes no part here: a consent that names every organization of its kind; none for `OTHER`."""
    if kind == OrganizationKind.OTHER:
        return None
    named = Audience.objects.in_force(Purpose.INTRODUCTION).filter(kind=kind, consent__client=client)
    found = named.select_related("consent").order_by("-consent__recorded_at").first()
    return None if found is None else found.consent


def organizations_named(named: QuerySet[Audience]) -> QuerySet[Organization]:
    return Organization.objects.filter(Exists(named.filter(Q(organization=OuterRef("pk")) | Q(kind=OuterRef("kind")))))


def people_who_can_see(client: Client) -> QuerySet[Member]:
    """The reverse question, from the same rule."""
    return current_people().filter(in_the_ordinary_way(client) | of_an_exception(client))


def people_in_the_ordinary_way(client: Client) -> QuerySet[Member]:
    """Those who see the client by division, seat or hand. Whoever sees it by a legal exception alone is not named among
    them: nobody whom a report is about must learn of it from a list."""
    return current_people().filter(in_the_ordinary_way(client))


def people_who_could_see(client: Client, at: datetime) -> QuerySet[Member]:
    """The same at a moment that has passed: places as they were then. Whether an account was locked then, no row tells."""
    suspended = Suspension.objects.open_at(at).filter(member=OuterRef("pk"))
    people: QuerySet[Member] = Member.objects.open_at(at).filter(~Exists(suspended))
    return people.filter(in_the_ordinary_way(client, at=at) | of_an_exception(client, at))


def current_people() -> QuerySet[Member]:
    return Member.objects.current().filter(user__is_active=True)


def in_the_ordinary_way(client: Client, *, without: ConsentRecord | None = None, at: datetime | None = None) -> Q:
    """By division, seat or hand; `without` asks who still would if a consent were withdrawn, `at` who did once."""
    granted = grants_in_force(at).filter(content_object=client).values("user")
    covered = organizations_named(standing(client, Purpose.COORDINATION, without=without, at=at)).values("pk")
    seated = Q(organization__in=seats_opened_by(client, without=without, at=at).values("organization"))
    return of_the_division(client, at) | seated | Q(organization__in=covered, user__in=granted)


def seats_opened_by(
    client: Client, *, without: ConsentRecord | None = None, at: datetime | None = None
) -> QuerySet[Seat]:
    """The client's open seats whose organization a consent for the seat's own purpose covers."""
    named = standing(client, OuterRef("purpose"), without=without, at=at)
    covers = Q(organization=OuterRef("organization")) | Q(kind=OuterRef("organization__kind"))
    found: QuerySet[Seat] = Seat.objects.open_at(at).filter(Exists(named.filter(covers)), client=client)
    return found


def of_an_exception(client: Client, at: datetime | None = None) -> Q:
    """The people who have opened the client in an emergency or to report an abuse."""
    return Q(pk__in=LegalException.objects.open_at(at).filter(client=client).values("member"))


def of_the_division(client: Client, at: datetime | None = None) -> Q:
    """The people of the division in charge who work with clients."""
    return Q(organization__in=charges_now(at).filter(client=client).values("division"), role__in=IN_CHARGE)


def people_who_lose(consent: ConsentRecord) -> QuerySet[Member]:
    """Who sees the client by this consent alone, and would no longer when it is withdrawn."""
    client = consent.client
    still = current_people().filter(in_the_ordinary_way(client, without=consent) | of_an_exception(client))
    return people_in_the_ordinary_way(client).exclude(pk__in=still.values("pk"))


def people_ever_near(client: Client) -> QuerySet[Member]:
    """Who may have the client on a screen: every division that ever was in charge, every organization that ever had a
    seat, those let in by hand, and those who ever opened it by a legal exception."""
    seated = Seat.objects.filter(client=client).values("organization")
    granted = ClientUserObjectPermission.objects.filter(content_object=client).values("user")
    charged = Charge.objects.filter(client=client).values("division")
    excepted = LegalException.objects.filter(client=client).values("member")
    near = Q(organization__in=seated) | Q(user__in=granted) | Q(organization__in=charged)
    return Member.objects.filter(near | Q(pk__in=excepted))

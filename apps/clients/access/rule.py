"""The rule, as sets of rows: the clients one member sees, and what the seeing rests on.

Each part answers for now, and with `at` for a moment that has passed, from the same question: what the rows tell of that
moment is told by their own adjectives (`open_at`, `known_in_force_at`). Doors ask for now, overviews for both.
"""

from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, UUIDField, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone

from apps.audit.models import Entry
from apps.clients.models import (
    Audience,
    Charge,
    Client,
    ClientUserObjectPermission,
    ConsentRecord,
    LegalException,
    Purpose,
    Seat,
    SeatPurpose,
)
from apps.environments.models import Member, OrganizationKind, Role
from apps.environments.remembered import Remembered

VIEW = "view_client"
# Who works with clients in a division; its admins and auditors do not.
IN_CHARGE = {Role.DESK, Role.MEMBER}


def clients_visible_to(member: Member) -> QuerySet[Client]:
    """The clients this member may see now."""
    return Client.objects.filter(pk__in=VISIBLE.ids(member))


def clients_in_care_of(member: Member) -> QuerySet[Client]:
    """The clients whose care team and consents this member may change: those of `can_change_team`."""
    if member.is_guest:
        return Client.objects.none()
    return Client.objects.filter(pk__in=IN_CARE.ids(member))


def visible(member: Member, at: datetime | None = None) -> QuerySet[Client]:
    """Each way in is a question about one client of its own: of one client PostgreSQL asks it by index, and for a list of a
    hundred thousand it collects the answers first.

    Put together as one list of keys they are found faster (20 ms for 28), but not without the planner's statistics: then a
    few hundred clients took longer than six seconds.
    """
    ways = in_charge(member, at) | seated(member, at) | granted(member, at) | excepted(member, at)
    return Client.objects.filter(ways)


def clients_visible_at(member: Member, at: datetime) -> QuerySet[Client]:
    """The clients that this member saw at a moment, as far as rows tell: `member` is their place as it was then."""
    return visible(member, at)


def in_care(member: Member) -> QuerySet[Client]:
    supporting = seats_opening(member).filter(purpose=SeatPurpose.COORDINATION)
    return Client.objects.filter(in_charge(member) | Q(Exists(supporting.filter(client=OuterRef("pk")))))


VISIBLE, IN_CARE = Remembered(visible), Remembered(in_care)


def seats_waiting_for(member: Member) -> QuerySet[Seat]:
    """The open seats of the member's organization whose client they do not see, because no consent covers them."""
    return Seat.objects.filter(pk__in=WAITING.ids(member))


def hidden_from(member: Member, held: QuerySet[Seat]) -> QuerySet[Seat]:
    """Of seats of the member's organization those whose client they do not see: neither by the seat itself, which is asked
    first and answers for nearly all, nor in another way."""
    opening = seats_opening(member).filter(pk=OuterRef("pk"))
    seen = clients_visible_to(member).filter(pk=OuterRef("client"))
    return held.filter(asked_of_each_row(opening, wanted=False)).filter(asked_of_each_row(seen, wanted=False))


WAITING = Remembered(lambda member: hidden_from(member, seats(member)))


def in_charge(member: Member, at: datetime | None = None) -> Q:
    """The clients of the member's division; none for somebody who is not of a division or does not work with clients."""
    if not is_of_a_division(member):
        return Q(pk__in=[])
    return Q(Exists(charges_now(at).filter(division=member.organization_id, client=OuterRef("pk"))))


def seated(member: Member, at: datetime | None = None) -> Q:
    """The clients of the seats of the member's organization that a consent covers."""
    return Q(Exists(seats_opening(member, at).filter(client=OuterRef("pk"))))


def granted(member: Member, at: datetime | None = None) -> Q:
    """The clients opened to this person by hand, while a consent for coordinating care covers their organization."""
    return Q(Exists(grants_opening(member, at).filter(content_object=OuterRef("pk"))))


def grants_opening(member: Member, at: datetime | None = None) -> QuerySet[ClientUserObjectPermission]:
    covered = covers(member, client="content_object", purpose=Purpose.COORDINATION, at=at)
    return grants_to(member, at).filter(covered)


def is_of_a_division(member: Member) -> bool:
    """Whether they work with clients in a division of the city."""
    return member.role in IN_CHARGE and member.organization.kind == OrganizationKind.CITY_DIVISION


def charges_now(at: datetime | None = None) -> QuerySet[Charge]:
    """Which division is in charge of which client at this moment. `Client.division` follows a transfer within minutes:
    shown as a fact of the record, it opens and closes nothing."""
    found: QuerySet[Charge] = Charge.objects.open_at(at)
    return found


def is_of_the_division(member: Member, client: Client) -> bool:
    """Whether the division in charge now is the member's, and they work with clients."""
    return is_of_a_division(member) and charges_now().filter(client=client.pk, division=member.organization_id).exists()


def excepted(member: Member, at: datetime | None = None) -> Q:
    """The clients that this person has opened by a legal exception: to be read, and not to be changed."""
    return Q(Exists(exceptions_open_to(member, at).filter(client=OuterRef("pk"))))


def seats(member: Member, at: datetime | None = None) -> QuerySet[Seat]:
    held: QuerySet[Seat] = Seat.objects.open_at(at).filter(organization=member.organization_id)
    return held


def seats_opening(member: Member, at: datetime | None = None) -> QuerySet[Seat]:
    """The open seats of the member's organization that a consent for the seat's own purpose covers."""
    covered = covers(member, client="client", purpose=OuterRef("purpose"), at=at)
    opening: QuerySet[Seat] = seats(member, at).filter(covered)
    return opening


def covers(member: Member, *, client: str, purpose: str | OuterRef, at: datetime | None = None) -> Q:
    """Whether a consent in force of the row's client, for a purpose, names the member's organization or its kind.

    As conditions of CASE the two questions are put to each row by itself. As an EXISTS alone the planner would rather join
    the row to all consents and audiences of the city, which takes five times as long for the two thousand clients of an
    office among a hundred thousand.
    """
    body = member.organization
    named = Audience.objects.filter(Q(organization=body.pk) | Q(kind=body.kind), consent=OuterRef("pk"))
    consents = ConsentRecord.objects.known_in_force_at(at).filter(
        asked_of_each_row(named), client=OuterRef(client), purposes__contains=[purpose]
    )
    return Q(asked_of_each_row(consents))


def asked_of_each_row(rows: QuerySet[Any], *, wanted: bool = True) -> Case:
    return Case(When(Exists(rows), then=wanted), default=not wanted)


def exceptions_open_to(member: Member, at: datetime | None = None) -> QuerySet[LegalException]:
    """What this person has opened in an emergency or to report an abuse, while it lasts."""
    found: QuerySet[LegalException] = LegalException.objects.open_at(at)
    return found.filter(member=member)


def grants_to(member: Member, at: datetime | None = None) -> QuerySet[ClientUserObjectPermission]:
    """Clients opened to this person by hand, while the opening lasts."""
    return grants_in_force(at).filter(user=member.user_id)


def grants_in_force(at: datetime | None = None) -> QuerySet[ClientUserObjectPermission]:
    lasting = Q(expires_at=None) | Q(expires_at__gt=at or timezone.now())
    found = ClientUserObjectPermission.objects.filter(lasting, permission__codename=VIEW)
    return found if at is None else found.filter(opened_by_then(at))


def opened_by_then(at: datetime) -> Q:
    """A grant does not say since when; the ledger does. One that was taken back has gone, and only the ledger tells of it."""
    people = Member.objects.filter(user=OuterRef(OuterRef("user"))).values("pk")
    whom = Cast(KeyTextTransform("member", "detail"), UUIDField())
    opened = Entry.objects.filter(
        verb="clients.opened_by_hand", client_id=OuterRef("content_object"), recorded_at__lte=at
    )
    return Q(Exists(opened.annotate(whom=whom).filter(whom__in=people)))

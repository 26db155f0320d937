"""The care team as the field knows it: who is responsible, then the organizations with their people, and why each sees the
client; in a constant number of questions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.clients.access import bodies_beside, grants_in_force, names_beside, of_the_division
from apps.clients.models import Client, ClientUserObjectPermission, Responsibility, Seat, SeatPurpose, TeamMember
from apps.clients.queries.teams import covered_by_purpose
from apps.environments.models import Member, Organization
from apps.environments.names import Names, PersonShown

# Why a person on the page sees the client, said to whoever reads the page.
BY_DIVISION = _("Sees the client because their division is in charge.")
BY_SEAT = _("Sees the client because their organization has this seat and the client's consent covers it.")
BY_INTRODUCTION = _(
    "Sees the client because the client is introduced to their organization and the client's consent covers that."
)
BY_HAND = _("Sees the client because it was opened to them by hand and the client's consent covers their organization.")
WAITS = _("Sees a card that names nobody: no consent in force covers the organization for what its seat is for.")
NOT_YET = _("Does not see the client yet: the seat has not begun.")
NOT_BY_HAND = _("Does not see the client now: no consent in force covers their organization.")
OF_SEAT = {SeatPurpose.COORDINATION.value: BY_SEAT, SeatPurpose.INTRODUCTION.value: BY_INTRODUCTION}


@dataclass(frozen=True)
class PersonOnTeam:
    """A person as the reader may be shown them: as what they are on the team, and why they see the client."""

    shown: PersonShown
    member: Member
    named: TeamMember | None
    why: Promise

    @property
    def role(self) -> str:
        return self.named.get_role_display() if self.named else self.member.get_profession_display()


@dataclass(frozen=True)
class Body:
    """An organization as the reader may be shown it: for a guest who knows nobody of it, and where its name would tell a
    protected place, by its kind."""

    id: UUID | None
    kind_code: str
    name: str
    kind: str
    phone: str
    phone_dialled: str


@dataclass(frozen=True)
class TeamSeat:
    """A seat with its organization, its people, and whether a consent lets them see the client."""

    seat: Seat
    body: Body
    people: list[PersonOnTeam]
    waits: bool

    @property
    def is_to_come(self) -> bool:
        return self.seat.valid_from > timezone.now()

    @property
    def last_day(self) -> date | None:
        return last_day_of(self.seat.valid_to)


@dataclass(frozen=True)
class PastSeat:
    """A seat that has ended, with the names of those who were on the team."""

    seat: Seat
    body: Body
    people: list[tuple[PersonShown, str]]

    @property
    def last_day(self) -> date | None:
        return last_day_of(self.seat.valid_to)


@dataclass(frozen=True)
class Opening:
    """Somebody to whom the client was opened by hand: until when, for what, by whom, and whether a consent covers them."""

    person: Member
    shown: PersonShown
    grant: ClientUserObjectPermission
    given_by: PersonShown | None
    is_covered: bool

    @property
    def expires_at(self) -> datetime | None:
        return self.grant.expires_at

    @property
    def last_day(self) -> date | None:
        return last_day_of(self.grant.expires_at)

    @property
    def why(self) -> Promise:
        return BY_HAND if self.is_covered else NOT_BY_HAND


@dataclass(frozen=True)
class Responsible:
    """Who is responsible, or will be."""

    responsibility: Responsibility
    shown: PersonShown
    body: Body

    @property
    def role(self) -> str:
        return self.responsibility.person.get_role_display()

    @property
    def last_day(self) -> date | None:
        return last_day_of(self.responsibility.valid_to)


@dataclass(frozen=True)
class Team:
    """The whole page."""

    responsible: Responsible | None
    next_responsible: Responsible | None
    division: Body | None
    division_people: list[PersonOnTeam]
    seats: list[TeamSeat]
    past: list[PastSeat]
    openings: list[Opening]
    # Other organizations are told by their kind, because their names could tell where the client is.
    is_withheld: bool


def last_day_of(end: datetime | None) -> date | None:
    """The last day of a period; the moment of its end belongs to the day after."""
    return None if end is None else timezone.localdate(end - timedelta(microseconds=1))


class Reader:
    """The reader's eyes: whose names and which organizations they may be shown beside this client."""

    def __init__(self, reader: Member, client: Client) -> None:
        self.names: Names = names_beside(reader, client)
        self.bodies = bodies_beside(reader, client)

    def body(self, organization: Organization) -> Body:
        kind = organization.get_kind_display()
        if not self.bodies.include(organization):
            return Body(id=None, kind_code=organization.kind, name=kind, kind="", phone="", phone_dialled="")
        office = organization.office
        return Body(
            id=organization.pk,
            kind_code=organization.kind,
            name=organization.name,
            kind=kind,
            phone=office.phone if office else "",
            phone_dialled=office.phone_dialled if office else "",
        )


def body_of(seat: Seat, *, reader: Member) -> Body:
    """The organization of one seat, as the reader may be shown it."""
    return Reader(reader, seat.client).body(seat.organization)


def team_of(client: Client, *, reader: Member) -> Team:
    """The team of one client for one reader."""
    eyes = Reader(reader, client)
    seats = list(
        Seat.objects.filter(client=client).select_related("organization__office", "client").order_by("valid_from")
    )
    lasting = [seat for seat in seats if seat.valid_to is None or seat.valid_to > timezone.now()]
    on_team = named_on(seats)
    people = present_people([seat.organization_id for seat in lasting])
    covered = covered_by_purpose(client)
    responsible = responsible_for(client, eyes)
    return Team(
        responsible=next((one for one in responsible if one.responsibility.is_open), None),
        next_responsible=next((one for one in responsible if not one.responsibility.is_open), None),
        division=eyes.body(client.division) if client.division else None,
        division_people=people_of_division(client, eyes),
        seats=[seat_shown(seat, people, on_team, covered[seat.purpose], eyes) for seat in lasting],
        past=[past_seat(seat, on_team, eyes) for seat in reversed(seats) if seat not in lasting and was_held(seat)],
        openings=openings_of(client, covered[SeatPurpose.COORDINATION], eyes),
        is_withheld=eyes.bodies.is_withheld,
    )


def was_held(seat: Seat) -> bool:
    """Whether it ever began: one that was taken back before is no past."""
    return seat.valid_to is not None and seat.valid_to > seat.valid_from


def named_on(seats: list[Seat]) -> list[TeamMember]:
    people = TeamMember.objects.filter(seat__in=seats).select_related("member__organization")
    return list(people.order_by("valid_from"))


def present_people(organizations: Iterable[object]) -> list[Member]:
    people = Member.objects.current().filter(organization__in=list(organizations), user__is_active=True)
    return list(people.select_related("organization").order_by("kana", "name"))


def seat_shown(
    seat: Seat, people: list[Member], on_team: list[TeamMember], covered: set[UUID], eyes: Reader
) -> TeamSeat:
    to_come = seat.valid_from > timezone.now()
    waits = seat.organization_id not in covered and seat.organization_id != seat.client.division_id
    named = {one.member_id: one for one in on_team if one.seat_id == seat.pk and is_lasting(one)}
    why = NOT_YET if to_come else WAITS if waits else OF_SEAT[seat.purpose]
    shown = [
        PersonOnTeam(shown=eyes.names.of(one), member=one, named=named.get(one.pk), why=why)
        for one in people
        if one.organization_id == seat.organization_id
    ]
    # Whoever was named stands before the colleagues who see the client too.
    return TeamSeat(seat, eyes.body(seat.organization), sorted(shown, key=lambda one: one.named is None), waits)


def is_lasting(period: TeamMember) -> bool:
    return period.valid_to is None or period.valid_to > timezone.now()


def past_seat(seat: Seat, on_team: list[TeamMember], eyes: Reader) -> PastSeat:
    people = [(eyes.names.of(one.member), one.get_role_display()) for one in on_team if one.seat_id == seat.pk]
    return PastSeat(seat, eyes.body(seat.organization), people)


def people_of_division(client: Client, eyes: Reader) -> list[PersonOnTeam]:
    people: QuerySet[Member] = Member.objects.current().filter(of_the_division(client), user__is_active=True)
    return [
        PersonOnTeam(shown=eyes.names.of(one), member=one, named=None, why=BY_DIVISION)
        for one in people.select_related("organization").order_by("kana", "name")
    ]


def responsible_for(client: Client, eyes: Reader) -> list[Responsible]:
    found = Responsibility.objects.lasting().filter(client=client).order_by("valid_from")
    return [
        Responsible(one, eyes.names.of(one.person.member), eyes.body(one.person.seat.organization))
        for one in found.select_related("person__member__organization", "person__seat__organization__office")
    ]


def openings_of(client: Client, covered: set[UUID], eyes: Reader) -> list[Opening]:
    """The present members to whom the client was opened by hand."""
    grants = {
        grant.user_id: grant
        for grant in grants_in_force().filter(content_object=client).select_related("opened_by__organization")
    }
    people = Member.objects.current().filter(user__in=list(grants), user__is_active=True)
    return [
        Opening(
            person=one,
            shown=eyes.names.of(one),
            grant=grants[one.user_id],
            given_by=eyes.names.of(giver) if (giver := grants[one.user_id].opened_by) else None,
            is_covered=one.organization_id in covered,
        )
        for one in people.select_related("organization").order_by("kana", "name")
    ]

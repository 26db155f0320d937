"""Care teams as pages show them, and who could be added to one."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from apps.clients.access import (
    grants_in_force,
    of_the_division,
    organizations_covered,
    people_in_the_ordinary_way,
)
from apps.clients.models import Client, Seat, TeamMember
from apps.environments.access import members_visible_to
from apps.environments.models import Member, Organization
from apps.environments.queries import holds
from apps.kernel.folding import fold


@dataclass(frozen=True)
class TeamSeat:
    """A seat as the team page shows it: the organization, its people, and whether a consent lets them see the client."""

    seat: Seat
    people: list[Member]
    is_covered: bool

    @property
    def is_in_charge(self) -> bool:
        return self.seat.organization_id == self.seat.client.division_id

    @property
    def waits(self) -> bool:
        return not self.is_covered and not self.is_in_charge


@dataclass(frozen=True)
class Opening:
    """Somebody to whom a client was opened by hand, until when, and whether a consent still covers them."""

    person: Member
    expires_at: datetime | None
    is_covered: bool

    @property
    def last_day(self) -> date | None:
        """The last day on which it is open; the moment of its end belongs to the day after."""
        return None if self.expires_at is None else timezone.localdate(self.expires_at - timedelta(microseconds=1))


@dataclass(frozen=True)
class Choice:
    """An organization that could be given a seat, and whether a consent covers it already."""

    organization: Organization
    is_covered: bool


def opened_by_hand(client: Client) -> list[Opening]:
    """The present members to whom the client was opened by hand."""
    grants = grants_in_force().filter(content_object=client)
    until = dict(grants.values_list("user", "expires_at"))
    people = Member.objects.current().filter(user__in=list(until), user__is_active=True)
    covered = ids_covered(client)
    return [
        Opening(person, until[person.user_id], person.organization_id in covered)
        for person in people.select_related("organization").order_by("kana", "name")
    ]


def ids_covered(client: Client) -> set[object]:
    return set(organizations_covered(client).values_list("pk", flat=True))


def organizations_without_seat(client: Client, typed: str = "") -> list[Choice]:
    """Organizations that could be given a seat, by name or reading; the division in charge needs none."""
    seated = Seat.objects.open().filter(client=client).values("organization")
    wanted, covered = fold(typed).split(), ids_covered(client)
    others = Organization.objects.exclude(pk__in=seated).exclude(pk__in=[client.division_id])
    return [
        Choice(one, one.pk in covered)
        for one in others.order_by("kind", "kana", "name")
        if holds(wanted, one.name, one.kana)
    ]


def members_to_open_to(member: Member, client: Client, typed: str, *, most: int = 20) -> list[Member]:
    """People of covered organizations, found by name or reading, who do not see the client yet.

    Nobody before something is typed.
    """
    wanted = fold(typed).split()
    if not wanted:
        return []
    people = members_visible_to(member).current().filter(user__is_active=True).exclude(role__in=["admin", "auditor"])
    others = people.filter(organization__in=organizations_covered(client).values("pk")).exclude(
        pk__in=people_in_the_ordinary_way(client).values("pk")
    )
    return [one for one in others.order_by("kana", "name") if holds(wanted, one.name, one.kana)][:most]


def care_team(client: Client) -> list[TeamSeat]:
    """The open seats with their present people; three queries whatever the size."""
    seats = list(
        Seat.objects.open().filter(client=client).select_related("organization", "client").order_by("valid_from")
    )
    people = (
        Member.objects.current()
        .filter(organization__in=[seat.organization_id for seat in seats], user__is_active=True)
        .select_related("organization")
        .order_by("kana", "name")
    )
    covered = ids_covered(client)
    return [
        TeamSeat(
            seat=seat,
            people=[person for person in people if person.organization_id == seat.organization_id],
            is_covered=seat.organization_id in covered,
        )
        for seat in seats
    ]


def division_people(client: Client) -> list[Member]:
    """The people of the division in charge who see the client."""
    people = Member.objects.current().filter(of_the_division(client), user__is_active=True)
    return list(people.order_by("kana", "name"))


def teams_of(member: Member) -> QuerySet[TeamMember]:
    """Where a person is named on a care team; of somebody whose place has ended, where they were when it did."""
    named = TeamMember.objects.filter(member=member).select_related("seat__client", "member").order_by("pk")
    return named.filter(valid_to__gte=member.valid_to) if member.has_ended else named.lasting()

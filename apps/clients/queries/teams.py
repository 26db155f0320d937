"""Who could be added to a care team."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from apps.clients.access import is_withheld_from, names_beside, organizations_covered, people_in_the_ordinary_way
from apps.clients.models import Client, Seat, SeatPurpose, TeamMember
from apps.environments.access import members_visible_to
from apps.environments.models import Member, Organization
from apps.environments.queries import holds
from apps.kernel.folding import fold


@dataclass(frozen=True)
class Choice:
    """An organization that could be given a seat, and for which purposes of a seat a consent covers it already; None
    where that would tell a protected place."""

    organization: Organization
    covered_for: list[SeatPurpose] | None


def covered_by_purpose(client: Client) -> dict[str, set[UUID]]:
    """For each purpose of a seat, the organizations that the client's consents cover now; one question for each."""
    return {
        purpose.value: set(organizations_covered(client, purpose).values_list("pk", flat=True))
        for purpose in SeatPurpose
    }


def organizations_without_seat(member: Member, client: Client, typed: str = "") -> list[Choice]:
    """Organizations that could be given a seat, by name or reading; the division in charge needs none.

    Where a name would tell a protected place nobody is left out and nobody marked: what is missing would tell it too.
    """
    withheld = is_withheld_from(member, client)
    seated: QuerySet[Seat] = Seat.objects.open().filter(client=client)
    wanted, covered = fold(typed).split(), {} if withheld else covered_by_purpose(client)
    others = Organization.objects.exclude(pk__in=[client.division_id])
    if not withheld:
        others = others.exclude(pk__in=seated.values("organization"))
    return [
        Choice(one, None if withheld else [purpose for purpose in SeatPurpose if one.pk in covered[purpose]])
        for one in others.order_by("kind", "kana", "name")
        if holds(wanted, one.name, one.kana)
    ]


def members_to_open_to(member: Member, client: Client, typed: str, *, most: int = 20) -> list[Member]:
    """People of covered organizations, found by name or reading, who do not see the client yet.

    Nobody before something is typed, and of a protected client nobody whose name would tell the place.
    """
    wanted = fold(typed).split()
    if not wanted:
        return []
    people = members_visible_to(member).current().filter(user__is_active=True).exclude(role__in=["admin", "auditor"])
    others = people.filter(organization__in=organizations_covered(client).values("pk")).exclude(
        pk__in=people_in_the_ordinary_way(client).values("pk")
    )
    names = names_beside(member, client)
    others = others if names.are_everybodys else others.filter(pk__in=names.known or ())
    return [one for one in others.order_by("kana", "name") if holds(wanted, one.name, one.kana)][:most]


def teams_of(member: Member) -> QuerySet[TeamMember]:
    """Where a person is named on a care team; of somebody whose place has ended, where they were when it did."""
    named = TeamMember.objects.filter(member=member).select_related("seat__client", "member").order_by("pk")
    return named.filter(valid_to__gte=member.valid_to) if member.has_ended else named.lasting()


def members_to_name(seat: Seat) -> list[Member]:
    """The present people of a seat's organization who are not named on it."""
    named = TeamMember.objects.lasting().filter(seat=seat).values("member")
    people = Member.objects.current().filter(organization=seat.organization_id, user__is_active=True)
    return list(people.exclude(pk__in=named).order_by("kana", "name"))

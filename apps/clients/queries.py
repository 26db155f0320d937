"""Page-shaped reads."""

from dataclasses import dataclass

from django.db.models import QuerySet

from apps.clients.access import clients_visible_to
from apps.clients.models import Client, Seat
from apps.environments.models import Member


@dataclass(frozen=True)
class TeamSeat:
    """A seat as the team page shows it: the organization and its people, with the reason each sees the client."""

    seat: Seat
    people: list[Member]


def client_rows(member: Member) -> QuerySet[Client]:
    """The clients a member may see, by reading."""
    return clients_visible_to(member).order_by("kana", "born_on")


def care_team(client: Client) -> list[TeamSeat]:
    """The open seats with their present people; two queries whatever the size."""
    seats = list(
        Seat.objects.open().filter(client=client).select_related("organization", "client").order_by("valid_from")
    )
    people = (
        Member.objects.current()
        .filter(organization__in=[seat.organization_id for seat in seats], user__is_active=True)
        .select_related("organization")
        .order_by("kana", "name")
    )
    return [
        TeamSeat(seat=seat, people=[person for person in people if person.organization_id == seat.organization_id])
        for seat in seats
    ]

"""What is open in somebody's hands, and reviews as pages show them. Numbers only: admins see no client and no room."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from apps.clients.access import grants_in_force
from apps.clients.models import Responsibility, TeamMember
from apps.clients.queries import teams_of
from apps.environments.models import Member, Organization
from apps.handovers.models import Review, ReviewedPlace, Reviewer
from apps.rooms.access import rooms_left_alone_by, rooms_taken_over


@dataclass(frozen=True)
class OpenWork:
    """What would be left behind: `clients` on whose teams the person is named, `responsible` of them as who makes the
    plan; `rooms` in which nobody else of the organization is; `openings` made by hand.

    `rooms_passed` and `responsible_passed` count what the successor can take over; without a successor it is none.
    """

    clients: int
    responsible: int
    rooms: int
    openings: int
    successor: Member | None = None
    rooms_passed: int = 0
    responsible_passed: int = 0

    @property
    def rooms_without(self) -> int:
        """Rooms that lose the organization: nobody takes them over, or the successor may not see the client."""
        return self.rooms - self.rooms_passed

    @property
    def responsible_without(self) -> int:
        """Clients for whom nobody is responsible any more: the successor is on the team in a role that makes no plan."""
        return self.responsible - self.responsible_passed

    @property
    def is_nothing(self) -> bool:
        return not self.clients and not self.rooms and not self.openings


def open_work_of(member: Member, successor: Member | None = None) -> OpenWork:
    """What passes to the successor, and what ends or stays behind."""
    teams = teams_of(member)
    held = Responsibility.objects.open().filter(person__in=teams.values("pk"))
    taken = 0
    if successor is not None:
        own = TeamMember.objects.lasting().filter(member=successor, seat__in=teams.values("seat"))
        unable = [one.seat_id for one in own if not one.can_be_responsible]
        taken = held.exclude(person__seat__in=unable).count()
    return OpenWork(
        clients=teams.values("seat__client").distinct().count(),
        responsible=held.count(),
        rooms=rooms_left_alone_by(member).count(),
        openings=grants_in_force().filter(user=member.user_id).count(),
        successor=successor,
        rooms_passed=rooms_taken_over(member, successor).count() if successor is not None else 0,
        responsible_passed=taken,
    )


@dataclass
class Group:
    """One organization in a review: its places, who answers beside the admins, and who could."""

    organization: Organization
    places: list[ReviewedPlace]
    reviewer: Member | None

    @property
    def waiting(self) -> int:
        return sum(1 for one in self.places if not one.answer and one.member.is_open)

    @property
    def candidates(self) -> list[Member]:
        """Its present people, as far as they were there when the review began."""
        return [one.member for one in self.places if one.member.is_current]


@dataclass(frozen=True)
class Progress:
    """How many places were asked about, how many have an answer; a place that has ended needs none."""

    total: int
    answered: int

    @property
    def left(self) -> int:
        return self.total - self.answered


def progress_of(places: QuerySet[ReviewedPlace]) -> Progress:
    asked = [(one.answer, one.member.is_open) for one in places.select_related("member")]
    return Progress(total=len(asked), answered=sum(1 for answer, stands in asked if answer or not stands))


def organizations_in(places: QuerySet[ReviewedPlace]) -> QuerySet[Organization]:
    """Whose people a review asks about, by name."""
    asked = places.order_by().filter(member__organization=OuterRef("pk"))
    return Organization.objects.filter(Exists(asked)).order_by("name", "pk")


def groups_of(review: Review, places: QuerySet[ReviewedPlace], organizations: Iterable[Organization]) -> list[Group]:
    """The places of these organizations in a review, each whole and by reading; two queries whatever the size."""
    reviewers = {
        one.organization_id: one.member for one in Reviewer.objects.filter(review=review).select_related("member")
    }
    shown = places.select_related("review", "member__organization", "answered_by")
    groups: dict[UUID, Group] = {}
    shown = shown.filter(member__organization__in=list(organizations))
    order = ("member__organization__name", "member__organization", "member__kana", "member__name", "pk")
    for place in shown.order_by(*order):
        organization = place.member.organization
        groups.setdefault(organization.pk, Group(organization, [], reviewers.get(organization.pk))).places.append(place)
    return list(groups.values())


def review_rows(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Reviews as the list shows them, newest first: `asked`, `kept` and `suspended` places."""
    rows = reviews.select_related("started_by", "closed_by").annotate(
        asked=Count("places"),
        kept=Count("places", filter=Q(places__answer="keep")),
        suspended=Count("places", filter=Q(places__answer__in=["suspend", "lapsed"])),
    )
    # Said again: where rows are counted together, Django leaves the order of the model out.
    return rows.order_by("-started_at", "pk")


def open_review() -> Review | None:
    return Review.objects.filter(closed_at=None).first()

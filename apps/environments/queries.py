"""Page-shaped reads."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet

from apps.accounts.models import User
from apps.environments.models import Environment, Member, Organization


@dataclass(frozen=True)
class Place:
    """One environment in which a person has a place now."""

    environment_id: UUID
    slug: str
    name: str
    role: str
    organization_name: str


def environments_of(user: User) -> list[Place]:
    """Where this person has a place now, by name. Reads across environments through a function of the owner."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT environment_id, slug, name, role, organization_name FROM environments_of(%s)", [user.pk])
        return [Place(*row) for row in cursor.fetchall()]


def organizations_with_members() -> QuerySet[Organization]:
    """The open environment's organizations with `present`, the number of members whose place is open."""
    return (
        Organization.objects.select_related("office")
        .annotate(present=Count("members", filter=Q(members__valid_to=None), distinct=True))
        .order_by("kind", "kana", "name")
    )


def member_rows(members: QuerySet[Member]) -> QuerySet[Member]:
    """Members as the list shows them: present ones, by organization and reading."""
    return members.current().select_related("organization", "user").order_by("organization__name", "kana", "name")


def admins_of(environment: Environment) -> QuerySet[Member]:
    return Member.objects.current().filter(environment=environment, role="admin")

"""Page-shaped reads."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from apps.accounts.models import User
from apps.directory.models import Municipality, Office
from apps.directory.numbers import office_number_has_form, plain
from apps.directory.queries import municipalities_found, offices_found, offices_shown
from apps.directory.search import words
from apps.environments.models import Member, MemberQuerySet, Organization, OrganizationKind
from apps.environments.suggestions import kind_of, rank
from apps.kernel.folding import fold


@dataclass(frozen=True)
class Place:
    """One environment in which a person has a place now, open or suspended."""

    environment_id: UUID
    slug: str
    name: str
    role: str
    organization_name: str
    is_suspended: bool


def environments_of(user: User) -> list[Place]:
    """Where this person can go now, by name."""
    return [place for place in places_of(user) if not place.is_suspended]


def places_of(user: User) -> list[Place]:
    """Where this person has a place, suspended or not. Reads across environments through a function of the owner."""
    columns = ", ".join(field.name for field in fields(Place))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM environments_of(%s)", [user.pk])
        return [Place(*row) for row in cursor.fetchall()]


def organizations_with_members(organizations: QuerySet[Organization] | None = None) -> QuerySet[Organization]:
    """The open environment's organizations with `present`, the number of members whose place is open."""
    now = timezone.now()
    is_open = Q(members__valid_from__lte=now) & (Q(members__valid_to=None) | Q(members__valid_to__gt=now))
    is_open &= Q(members__suspended_at=None)
    asked = Organization.objects.all() if organizations is None else organizations
    return (
        asked.select_related("office")
        .annotate(present=Count("members", filter=is_open, distinct=True))
        .order_by("kind", "kana", "name")
    )


def member_rows(members: MemberQuerySet) -> MemberQuerySet:
    """Members as the list shows them: by organization and reading."""
    return members.select_related("organization", "user").order_by("organization__name", "kana", "name")


def members_found(members: MemberQuerySet, typed: str) -> list[Member]:
    """Those whose name, reading or organization holds every typed word, whatever its width, kana or variant kanji."""
    wanted = fold(typed).split()
    return [
        member for member in member_rows(members) if holds(wanted, member.name, member.kana, member.organization.name)
    ]


def holds(wanted: Iterable[str], *texts: str) -> bool:
    """Whether every folded word stands in one of the texts; spaces inside a name make no difference."""
    folded = [fold(text).replace(" ", "") for text in texts]
    return all(any(word in text for text in folded) for word in wanted)


def municipalities_to_pick(typed: str, *, most: int = 12) -> list[Municipality]:
    """Municipalities by name, reading or the beginning of their code; wards are no municipalities."""
    number = plain(typed)
    if number.isdecimal():
        found = Municipality.objects.filter(lg_code__startswith=number).order_by("lg_code")
    else:
        found = municipalities_found(typed)
    return list(found.filter(parent=None)[:most])


@dataclass(frozen=True)
class OfficeToPick:
    """An office as it is offered for taking part: with the kind of organization it would be."""

    office: Office
    kind: OrganizationKind
    services: list[str]


def offices_to_pick(
    *, municipality: Municipality, typed: str = "", but: Iterable[UUID] = (), most: int = 40
) -> list[OfficeToPick]:
    """Open offices by name, reading or number anywhere; without words those of the municipality, care managers first."""
    number = plain(typed).upper()
    if office_number_has_form(number):
        found = Office.objects.open().filter(office_number=number)
    else:
        found = offices_found(typed, municipality=None if words(typed) else municipality)
    # More than are shown are looked at: the order by kind is not the database's.
    picks = [pick_of(office) for office in offices_shown(found.exclude(pk__in=list(but)))[: most * 10]]
    return sorted(picks, key=lambda pick: (pick.office.municipality_id != municipality.pk, rank(pick.kind)))[:most]


def offices_inside() -> list[UUID]:
    """The offices that take part already."""
    return [office for office in Organization.objects.values_list("office", flat=True) if office is not None]


def picks_of(office_ids: Iterable[UUID]) -> list[OfficeToPick]:
    """What somebody has ticked already, so that a further search does not lose it."""
    return [pick_of(office) for office in offices_shown(Office.objects.filter(pk__in=list(office_ids)))]


def pick_of(office: Office) -> OfficeToPick:
    shown = office.services_shown  # type: ignore[attr-defined]
    services = list(dict.fromkeys(service.kind.name for service in shown))
    return OfficeToPick(office=office, kind=kind_of(shown), services=services)

"""Who stands where: the door of an environment, and what its roles may do to it."""

from uuid import UUID

from django.db.models import QuerySet
from django_scopes import scope

from apps.accounts.models import User
from apps.environments.models import Environment, Member, MemberQuerySet, Organization, Role
from apps.environments.names import acquaintance
from apps.environments.queries import places_of
from apps.kernel.refusals import NotAllowed, NotHere


def environment_for(user: User, slug: str) -> tuple[Environment, Member]:
    """The environment and this person's present place in it. No place and no environment are answered alike."""
    environment = Environment.objects.filter(slug=slug).first()
    if environment is None:
        raise NotHere(subject=slug)
    with scope(environment=environment):
        member = Member.objects.current().select_related("organization", "environment").filter(user=user).first()
    if member is None or not user.is_active:
        raise NotHere(subject=environment)
    return environment, member


def member_still_here(environment_id: UUID, member_id: UUID) -> Member | None:
    """The same of somebody who has been let in before: their present place, or None where they have none any more."""
    with scope(environment=Environment(pk=environment_id)):
        here = Member.objects.current().filter(pk=member_id, user__is_active=True)
        return here.select_related("organization", "environment").first()


def members_visible_to(member: Member) -> MemberQuerySet:
    """Everybody for those who belong to the municipality's network; for a guest those with whom a room is shared now."""
    members = Member.objects.select_related("organization")
    if member.is_guest:
        return members.filter(pk__in=[member.pk, *acquaintance.near(member)])
    return members.all()


def members_listed_for(member: Member) -> MemberQuerySet:
    """Those of them who have a place now; an admin, who can lift a suspension, is shown the suspended ones too."""
    visible = members_visible_to(member)
    return visible.open() if can_administer(member) else visible.current()


def member_for(member: Member, member_id: UUID) -> Member:
    """The only way to get a member by id."""
    found = members_visible_to(member).filter(pk=member_id).first()
    if found is None:
        raise NotHere(subject=member_id)
    return found


def can_administer(member: Member) -> bool:
    """Issue accounts, add organizations, end memberships. Opens no client and no room."""
    return member.role == Role.ADMIN and member.is_current


def check_can_administer(member: Member) -> None:
    if not can_administer(member):
        raise NotAllowed


def sees_reviews(member: Member) -> bool:
    """Admins carry access reviews out, auditors read them."""
    return member.role in {Role.ADMIN, Role.AUDITOR} and member.is_current


def can_see_members(member: Member) -> bool:
    return not member.is_guest


def can_open_environments(user: User) -> bool:
    """Building environments is the operator's work; it gives no place inside them."""
    return user.is_active and user.is_operator


def check_can_open_environments(user: User) -> None:
    if not can_open_environments(user):
        raise NotHere


def check_can_build(environment: Environment, by: Member | User) -> None:
    """An admin in their own environment; the operator only until the first admin has a place."""
    if isinstance(by, Member):
        check_can_administer(by)
    else:
        check_can_open_environments(by)
        if Member.objects.filter(role=Role.ADMIN).exists():
            raise NotAllowed


def organizations_visible_to(member: Member) -> QuerySet[Organization]:
    """The bodies that take part; a guest knows of their own, and of those whose people share a room with them."""
    if member.is_guest:
        return Organization.objects.filter(pk__in=members_visible_to(member).values("organization"))
    return Organization.objects.all()


def organization_for(member: Member, organization_id: UUID) -> Organization:
    """The only way to get an organization by id."""
    found = organizations_visible_to(member).filter(pk=organization_id).first()
    if found is None:
        raise NotHere(subject=organization_id)
    return found


def belongs_elsewhere(member: Member) -> bool:
    """Whether this person has a place in another environment too, whose admin this one is not."""
    return any(place.environment_id != member.environment_id for place in places_of(member.user))

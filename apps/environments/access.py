"""Who stands where: the door of an environment, and what its roles may do to it."""

from uuid import UUID

from django.db.models import QuerySet
from django_scopes import scope

from apps.accounts.models import User
from apps.environments.models import Environment, Member, Role
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


def members_visible_to(member: Member) -> QuerySet[Member]:
    """Colleagues: everybody for those who belong to the municipality's network, one's own organization for a guest."""
    members = Member.objects.select_related("organization")
    if member.is_guest:
        return members.filter(organization_id=member.organization_id)
    return members.all()


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


def can_see_members(member: Member) -> bool:
    return not member.is_guest


def can_open_environments(user: User) -> bool:
    """Building environments is the operator's work; it gives no place inside them."""
    return user.is_active and user.is_operator


def check_can_open_environments(user: User) -> None:
    if not can_open_environments(user):
        raise NotHere

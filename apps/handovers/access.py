"""Who takes over from whom."""

from apps.environments.models import Member, MemberQuerySet
from apps.environments.refusals import PlaceEnded
from apps.handovers.refusals import NoColleague


def colleagues_of(member: Member) -> MemberQuerySet:
    """Who could take over: present people of the same organization. A consent covers organizations, so nobody else can."""
    people: MemberQuerySet = Member.objects.current().filter(organization=member.organization_id, user__is_active=True)
    return people.exclude(pk=member.pk).exclude(user=member.user_id)


def check_can_take_over(successor: Member, member: Member) -> None:
    if not colleagues_of(member).filter(pk=successor.pk).exists():
        raise NoColleague(subject=successor)


def check_has_place(member: Member) -> None:
    if not member.is_current:
        raise PlaceEnded(subject=member)

"""Who may read a notification: its receiver."""

from django.db.models import QuerySet

from apps.environments.models import Member
from apps.kernel.refusals import NotHere
from apps.notices.models import Notification


def notifications_visible_to(member: Member) -> QuerySet[Notification]:
    return Notification.objects.filter(receiver=member)


def notification_for(member: Member, notification_id: int) -> Notification:
    """The only way to get a notification by id."""
    found = notifications_visible_to(member).filter(pk=notification_id).first()
    if found is None:
        raise NotHere(subject=notification_id)
    return found

"""Who may read a notification: its receiver, unless what it is about has been closed to them."""

from apps.environments.models import Member
from apps.kernel.refusals import NotHere
from apps.notices.models import Notification, NotificationQuerySet


def notifications_visible_to(member: Member) -> NotificationQuerySet:
    found: NotificationQuerySet = Notification.objects.filter(receiver=member, closed_at=None)
    return found


def notification_for(member: Member, notification_id: int) -> Notification:
    """The only way to get a notification by id."""
    found = notifications_visible_to(member).filter(pk=notification_id).first()
    if found is None:
        raise NotHere(subject=notification_id)
    return found

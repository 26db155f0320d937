"""Page-shaped reads."""

from django.db.models import QuerySet
from django.utils.http import url_has_allowed_host_and_scheme

from apps.environments.models import Member
from apps.notices.access import notifications_visible_to
from apps.notices.models import Notification


def unread_count(member: Member) -> int:
    """What the badge shows."""
    return notifications_visible_to(member).unseen().count()


def newest_first(member: Member) -> QuerySet[Notification]:
    """The inbox."""
    return notifications_visible_to(member).order_by("-id")


def way_of(notification: Notification) -> str:
    """The path a notification leads to; empty when it names none, or anything but a path of this site."""
    path = notification.path
    is_own = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_own else ""

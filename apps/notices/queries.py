"""Page-shaped reads."""

from apps.environments.models import Member
from apps.notices.access import notifications_visible_to


def unread_count(member: Member) -> int:
    """What the badge shows."""
    return notifications_visible_to(member).unseen().count()

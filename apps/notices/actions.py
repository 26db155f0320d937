"""Tell members something, and remember that they saw it."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from apps.environments.models import Member
from apps.notices.happenings import notified
from apps.notices.models import Notification


@transaction.atomic
def notify(*, receivers: Iterable[Member], sentence: str, path: str = "") -> list[Notification]:
    """Write one row per receiver. Call it inside the transaction of the deed; `sentence` is marked with gettext_noop."""
    rows = Notification.objects.bulk_create(
        Notification(environment_id=member.environment_id, receiver=member, sentence=sentence, path=path)
        for member in receivers
    )
    for row in rows:
        notified.announce(environment_id=row.environment_id, member_id=row.receiver_id)
    return rows


@transaction.atomic
def see(*, notification: Notification, by: Member) -> None:
    """Mark one notification as seen by its receiver."""
    Notification.objects.unseen().filter(pk=notification.pk, receiver=by).update(seen_at=timezone.now())


@transaction.atomic
def see_all(*, by: Member) -> int:
    """Mark everything as seen; returns how many were not before."""
    return Notification.objects.unseen().filter(receiver=by).update(seen_at=timezone.now())

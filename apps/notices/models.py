"""What the platform tells a member."""

from typing import Self

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member


class NotificationQuerySet(models.QuerySet["Notification"]):
    def unseen(self) -> Self:
        """What still asks to be read: neither seen nor settled, and not closed to its receiver."""
        return self.filter(seen_at=None, settled_at=None, closed_at=None)

    def unsettled(self) -> Self:
        """What was told about something and has not been settled."""
        return self.filter(about__isnull=False, settled_at=None)


class Notification(models.Model):
    """One thing one member is told, written in the transaction of the deed it tells of.

    `sentence` is the English msgid; the reader's language is chosen when it is shown. It holds no name, no message and
    no health fact, so that it may travel to a lock screen; what it is about is behind `path`.
    """

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.CASCADE, related_name="+")
    receiver = models.ForeignKey(Member, models.CASCADE, related_name="notifications")
    sentence = models.CharField(max_length=200)
    path = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(null=True)
    # What has to happen before it is settled, or whom it concerns, as the id of a row that the deed knows; never shown.
    about = models.UUIDField(null=True)
    settled_at = models.DateTimeField(null=True)
    # What it is about is hidden from its receiver since then, and so is the notification.
    closed_at = models.DateTimeField(null=True)

    objects = ScopedManager(
        environment="environment", _manager_class=models.Manager.from_queryset(NotificationQuerySet)
    )

    class Meta:
        ordering = ["-id"]
        indexes = [
            # Serves the unread badge.
            models.Index(
                fields=["receiver"], name="notifications_unseen", condition=models.Q(seen_at=None, settled_at=None)
            ),
            models.Index(fields=["receiver", "-id"], name="notifications_newest_first"),
            # Serves "what waits for this".
            models.Index(fields=["about"], name="notifications_unsettled", condition=models.Q(settled_at=None)),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def said(self) -> str:
        return gettext(self.sentence)

"""The secret addresses at which other calendars read."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member


class CalendarFeed(models.Model):
    """One person's secret address: whoever holds it reads when and where their visits are, and nothing of anybody.

    Only a digest of it is kept, so that it is shown once; a new one ends the one before.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    # No two of the whole installation are the same: who holds one has said no environment.
    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True)

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_member_has_one_feed_at_a_time", fields=["member"], condition=Q(revoked_at=None)
            ),
            models.CheckConstraint(name="a_feed_is_kept_as_a_digest", condition=Q(digest__regex=r"^[0-9a-f]{64}$")),
        ]

    def __str__(self) -> str:
        return str(self.pk)

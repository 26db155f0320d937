"""What is written down, and struck out when it no longer holds: never overwritten, never removed."""

from typing import Any, Self

from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils import timezone

from apps.environments.models import Member


class WrittenQuerySet(models.QuerySet[Any]):
    def standing(self) -> Self:
        """What has not been struck out."""
        return self.filter(struck_at=None)


class Written(models.Model):
    """A row with who wrote it, and who struck it out when. A correction is another row."""

    written_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def stands(self) -> bool:
        return self.struck_at is None


def struck_by_somebody(name: str) -> CheckConstraint:
    return CheckConstraint(
        name=name,
        condition=Q(struck_at=None, struck_by=None) | Q(struck_at__isnull=False, struck_by__isnull=False),
    )

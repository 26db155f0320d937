"""What stood in a client's record before each change: nothing that was known is lost by editing."""

from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from apps.clients.models.clients import Client
from apps.environments.models import Environment, Member


class Revision(models.Model):
    """One change of a record: its number is the version it ended, `was` holds the changed fields as they were before.

    Append-only. Two people who edit one version at once cannot both end it.
    """

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    was = models.JSONField()
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(name="a_version_of_a_record_ends_once", fields=["client", "number"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)

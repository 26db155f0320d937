"""What stood in a client's record before each change: nothing that was known is lost by editing."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_scopes import ScopedManager

from apps.clients.models.clients import Client
from apps.clients.models.protection import OF_THE_RECORD
from apps.environments.models import Environment, Member


class Revision(models.Model):
    """One change of a record: its number is the version it ended, `was` holds the changed fields as they were before.

    Append-only. Two people who edit one version at once cannot both end it. What says where the client was to be found
    never stands here, but in `places_before`: whoever is protected later leaves no place behind in a table that is read.
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
            models.CheckConstraint(
                name="a_revision_bears_no_place", condition=~Q(was__has_any_keys=[str(kind) for kind in OF_THE_RECORD])
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class PlacesBefore(models.Model):
    """What a record said of places before one change, in a table of its own like every place. Append-only."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    revision = models.OneToOneField(Revision, models.PROTECT, related_name="places_before")
    # The fields among `OF_THE_RECORD` that were changed, as they were.
    was = models.JSONField()

    objects = ScopedManager(environment="environment")

    def __str__(self) -> str:
        return str(self.pk)

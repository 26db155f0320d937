"""Files of clients that were imported, each as a whole: so that the whole file can be taken back."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member, Organization


class ImportRun(models.Model):
    """One imported file: for which division, by whom, how it was read, and whether it was taken back.

    Nothing that stood in the file is kept here. The clients it brought point at it (`Client.brought_by`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    # The division in charge of all that the file brought.
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(default=timezone.now)
    imported_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    # SHA-256 of the rows, keyed with the server's secret: the same list is recognised, and says nothing of anybody.
    digest = models.CharField(max_length=64)
    # SHA-256 of the header, and which field was read from which column: the next file with this header is read alike.
    header = models.CharField(max_length=64)
    places = models.JSONField()
    brought = models.PositiveIntegerField()
    already_there = models.PositiveIntegerField()
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["-imported_at"]
        constraints = [
            models.UniqueConstraint(
                name="a_list_is_imported_once", fields=["organization", "digest"], condition=Q(taken_back_at=None)
            ),
            models.CheckConstraint(
                name="an_import_is_taken_back_by_somebody",
                condition=Q(taken_back_at=None, taken_back_by=None)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
            ),
            models.CheckConstraint(name="an_import_brings_somebody", condition=Q(brought__gt=0)),
        ]

    def __str__(self) -> str:
        return str(self.pk)

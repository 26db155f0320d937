"""Looks of an auditor at what was deleted in a room about nobody: never without a basis in law, never at what stands."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.clients.models import Basis
from apps.environments.models import Environment, Member
from apps.rooms.models.rooms import TalkRoom


class RoomInspectionQuerySet(models.QuerySet["RoomInspection"]):
    def open(self) -> Self:
        now = timezone.now()
        return self.filter(opened_at__lte=now, closes_at__gt=now)


class RoomInspection(models.Model):
    """One auditor, one theme room, pair talk or announcement room, one basis, for two hours. Never changed, never deleted.

    Rooms about a client are opened with the client's record (`clients.Inspection`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    room = models.ForeignKey(TalkRoom, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    basis = models.CharField(_("Legal basis"), max_length=16, choices=Basis)
    reference = models.CharField(_("Reference"), max_length=120)
    opened_at = models.DateTimeField(default=timezone.now)
    closes_at = models.DateTimeField()

    objects = ScopedManager(
        environment="environment", _manager_class=models.Manager.from_queryset(RoomInspectionQuerySet)
    )

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                name="a_room_inspection_ends_after_it_begins", condition=Q(closes_at__gt=F("opened_at"))
            ),
            models.CheckConstraint(name="a_room_inspection_names_its_reference", condition=~Q(reference="")),
        ]
        # Serves the door, and the night's question whether a room is held.
        indexes = [models.Index(fields=["room", "-closes_at"], name="inspections_of_a_room")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def purpose(self) -> str:
        """What every look of this inspection bears in the ledger."""
        return f"legal-basis:{self.basis}"

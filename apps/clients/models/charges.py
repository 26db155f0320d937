"""Which city division is in charge of a client, from when until when, and transfers of many clients at once."""

import uuid
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.clients.models.clients import Client
from apps.environments.models import Environment, Member, Organization
from apps.kernel.periods import Period, PeriodQuerySet, one_at_a_time


class Transfer(models.Model):
    """Many clients that pass from one division to another at a moment, planned by one person and, if many, approved by
    another. Never deleted; it can be taken back until the moment has come."""

    # So many clients at once need a second person (ASVS 5.0, 2.3.5).
    MANY: ClassVar[int] = 50

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    source = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    target = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    takes_effect_at = models.DateTimeField()
    planned_at = models.DateTimeField(default=timezone.now)
    planned_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    needs_approval = models.BooleanField()
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["-planned_at"]
        constraints = [
            models.CheckConstraint(name="a_transfer_leads_to_another_division", condition=~Q(source=F("target"))),
            models.CheckConstraint(
                name="a_transfer_is_approved_by_a_second_person",
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False) & ~Q(approved_by=F("planned_by")),
            ),
            models.CheckConstraint(
                name="a_transfer_taken_back_has_its_time_and_hand",
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def waits(self) -> bool:
        """Whether somebody else has still to approve it."""
        return self.needs_approval and self.approved_at is None and self.revoked_at is None

    @property
    def is_planned(self) -> bool:
        """Whether it will take effect by itself, and can be taken back."""
        return self.revoked_at is None and not self.waits and self.takes_effect_at > timezone.now()

    @property
    def can_be_revoked(self) -> bool:
        return self.waits or self.is_planned

    @property
    def day(self) -> date:
        return timezone.localdate(self.takes_effect_at)

    @property
    def state(self) -> Promise:
        if self.revoked_at is not None:
            return _("Taken back")
        elif self.waits:
            return _("Waiting for approval")
        elif self.is_planned:
            return _("Planned")
        else:
            return _("In effect")


class TransferLine(models.Model):
    """One client of a transfer. `skipped` says that something changed before it was approved: the client stays."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="lines")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    skipped = models.BooleanField(default=False)

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [models.UniqueConstraint(name="a_client_is_transferred_once", fields=["transfer", "client"])]

    def __str__(self) -> str:
        return str(self.pk)


class Charge(Period):
    """A time in which a division is in charge of a client by law: what its people see, they see by this.

    Begun and ended by transfers, or by the database when `Client.division` is written; that column is the present tense
    for lists, and follows by itself when a planned moment has come. One that was taken back before it began ends in the
    moment in which it begins.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    # Goes with a client who was never meant to be here: an import that is taken back. Otherwise nobody removes a client.
    client = models.ForeignKey(Client, models.CASCADE, related_name="charges")
    division = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    transfer = models.ForeignKey(Transfer, models.PROTECT, null=True, related_name="charges")

    objects = ScopedManager(environment="environment", _manager_class=models.Manager.from_queryset(PeriodQuerySet))

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_charge_never_ends_before_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
            one_at_a_time("one_division_in_charge_at_a_time", "client"),
        ]
        # Serves "which clients is my division in charge of".
        indexes = [models.Index(fields=["division", "client"], name="charges_of_a_division")]

    def __str__(self) -> str:
        return str(self.pk)

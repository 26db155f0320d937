"""Looks of an auditor at a client's record: never without a basis in law, and never at messages that stand or at papers."""

import uuid
from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.clients.models.clients import Client
from apps.environments.models import Environment, Member

INSPECTION_LASTS = timedelta(hours=2)


class Basis(models.TextChoices):
    """What the law names as a reason to look into the record of somebody whom one does not care for."""

    SUPERVISION = "supervision", _("Supervision of how personal data are kept (Personal Information Act, Art. 66)")
    DISCLOSURE = "disclosure", _("The person asks what is kept of them (Personal Information Act, Art. 76)")
    LEAK = "leak", _("Investigation of a leak (Personal Information Act, Art. 68)")
    GUIDANCE = "guidance", _("Inspection of an office (Long-Term Care Insurance Act, Art. 23)")
    COMPLAINT = "complaint", _("Handling of a complaint (Social Welfare Act, Art. 82)")


class InspectionQuerySet(models.QuerySet["Inspection"]):
    def open(self) -> Self:
        now = timezone.now()
        return self.filter(opened_at__lte=now, closes_at__gt=now)


class Inspection(models.Model):
    """One auditor, one client, one basis, for two hours. Never changed, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    basis = models.CharField(_("Legal basis"), max_length=16, choices=Basis)
    # Such as the number of the audit plan or of the request.
    reference = models.CharField(_("Reference"), max_length=120)
    opened_at = models.DateTimeField(default=timezone.now)
    closes_at = models.DateTimeField()

    objects = ScopedManager(environment="environment", _manager_class=models.Manager.from_queryset(InspectionQuerySet))

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                name="an_inspection_ends_after_it_begins", condition=Q(closes_at__gt=F("opened_at"))
            ),
            models.CheckConstraint(name="an_inspection_names_its_reference", condition=~Q(reference="")),
        ]
        # Serves the door: has this auditor opened this client now?
        indexes = [models.Index(fields=["member", "client", "-closes_at"], name="inspections_of_an_auditor")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def purpose(self) -> str:
        """What every look of this inspection bears in the ledger."""
        return f"legal-basis:{self.basis}"

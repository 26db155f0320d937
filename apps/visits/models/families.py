"""Whom a visit is for, and by what the family changes or cancels it themselves."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_scopes import ScopedManager

from apps.clients.models import Client, ConsentRecord
from apps.environments.models import Environment, Member
from apps.visits.models.visits import Visit


class VisitClient(models.Model):
    """Whom a visit is for. Read where the office that books shows its own side, and where the facility has opened the
    booking under a consent; nowhere else, so that nothing that shows a visit shows a name by accident."""

    LONGEST_CONTACT = 120

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    visit = models.OneToOneField(Visit, models.PROTECT, related_name="for_whom")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    # By which the facility may be told who comes; none where nobody has agreed, and the card stays without a name.
    consent = models.ForeignKey(ConsentRecord, models.PROTECT, null=True, related_name="+")
    # Whom the facility may call.
    contact = models.CharField(max_length=LONGEST_CONTACT, blank=True)
    # When somebody of the facility first looked behind the card.
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="whom_to_call_is_told_by_consent", condition=Q(contact="") | Q(consent__isnull=False)
            ),
            models.CheckConstraint(
                name="a_booking_is_opened_by_somebody_under_a_consent",
                condition=Q(opened_at=None, opened_by=None)
                | Q(opened_at__isnull=False, opened_by__isnull=False, consent__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class FamilyKey(models.Model):
    """What stands in the QR code of a family's slip: whoever holds it sees when and where, changes the time and cancels.

    It opens no name and nothing else of the environment. A visit that is moved keeps the key of the first one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    visit = models.OneToOneField(Visit, models.PROTECT, related_name="family_key")
    # No two of the whole installation are the same: who holds one has said no environment.
    code = models.CharField(max_length=32, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_family_key_is_long", condition=Q(code__regex=r"^[0-9A-Za-z_-]{22,32}$")),
        ]

    def __str__(self) -> str:
        return str(self.pk)

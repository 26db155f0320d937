"""The paper that is to be signed: the municipality's wording of it in all its versions, and every sheet that was printed."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.clients.models.clients import Client
from apps.environments.models import Environment, Member

# What fits on the one sheet of A4 beside the table and the places for signatures; the sheet itself is measured too.
LONGEST_WORDING = 2000


class ConsentWording(models.Model):
    """One version of what is agreed to: the title in the first line, then the paragraphs. Versions are added and never
    changed or removed; the one with the highest number is printed.

    The house's own text becomes a version too, when somebody returns to it or prints it for the first time.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    text = models.TextField(_("Wording of the form"), max_length=LONGEST_WORDING)
    is_own = models.BooleanField(default=True)
    written_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["-number"]
        constraints = [
            # Of two who write the next version at once, the second one is refused.
            models.UniqueConstraint(name="versions_of_a_wording_are_numbered", fields=["environment", "number"]),
            models.CheckConstraint(name="a_wording_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class PrintedForm(models.Model):
    """A sheet printed for one client, to be signed: which version, when, and by whom. Never changed, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, related_name="printed_forms")
    number = models.PositiveIntegerField()
    wording = models.ForeignKey(ConsentWording, models.PROTECT, related_name="+")
    printed_at = models.DateTimeField(default=timezone.now)
    printed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(name="printed_forms_of_a_client_are_numbered", fields=["client", "number"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)

"""What auditors take out of the ledger: which question, in which form, up to which sealed entry, and how far it is."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member

EXPORT_LASTS = timedelta(days=7)


class Form(models.TextChoices):
    """In which form entries leave the house."""

    CSV = "csv", pgettext_lazy("form of an export", "A table for spreadsheets (CSV)")
    FHIR = "fhir", pgettext_lazy("form of an export", "For other systems (FHIR AuditEvent, a line for each)")
    PDF = "pdf", pgettext_lazy("form of an export", "A signed report (PDF)")


class Export(models.Model):
    """Entries that an auditor takes out. What is in it is fixed when it is asked for: the entries that were sealed then.

    The file is kept for a week; that it was made, with its count and its hash, stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    form = models.CharField(max_length=8, choices=Form)
    # The question as addresses bear it: ids and codes; its days stand beside it, also where they went without saying.
    asked = models.JSONField(default=dict, blank=True)
    since = models.DateField()
    until = models.DateField()
    # No entry with a higher number is in it.
    sealed = models.BigIntegerField()
    # How many of how many entries are written: for whoever waits.
    done = models.BigIntegerField(default=0)
    of = models.BigIntegerField(default=0)
    made_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    stored_as = models.CharField(max_length=120, blank=True)
    size = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(name="an_export_is_of_days_in_order", condition=Q(until__gte=F("since"))),
            models.CheckConstraint(
                name="an_export_is_made_or_has_failed", condition=Q(made_at=None) | Q(failed_at=None)
            ),
            models.CheckConstraint(
                name="a_made_export_is_known_and_stored_until_it_ends",
                condition=Q(made_at=None, stored_as="", sha256="", ended_at=None)
                | (
                    Q(made_at__isnull=False, size__gt=0)
                    & ~Q(sha256="")
                    & (~Q(stored_as="") | Q(ended_at__isnull=False))
                ),
            ),
            models.UniqueConstraint(
                name="one_export_of_an_auditor_is_made_at_a_time",
                fields=["asked_by"],
                condition=Q(made_at=None, failed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_being_made(self) -> bool:
        return self.made_at is None and self.failed_at is None

    @property
    def is_there(self) -> bool:
        """Whether the file can be taken out."""
        return self.made_at is not None and self.ended_at is None

    @property
    def ends_at(self) -> datetime:
        return (self.made_at or self.asked_at) + EXPORT_LASTS

    @property
    def file_name(self) -> str:
        endings = {Form.CSV: "csv", Form.FHIR: "ndjson", Form.PDF: "pdf"}
        return f"ledger-{timezone.localtime(self.asked_at):%Y%m%d-%H%M}.{endings[Form(self.form)]}"

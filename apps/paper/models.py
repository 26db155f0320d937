"""Sheets that went out, and the pages that came back as scans."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member, Organization
from apps.paper.codes import LENGTH, in_groups


class SheetState(models.TextChoices):
    OUT = "out", pgettext_lazy("a sheet", "Out")
    ANSWERED = "answered", pgettext_lazy("a sheet", "Answered")
    VOID = "void", pgettext_lazy("a sheet", "Does not count any more")


class Sheet(models.Model):
    """A sheet of paper made for one receiver, known by its code. It bears no client's name, and neither does this row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    # Whose questions stand on it: its people alone see what comes back.
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    # The same sign stands on no two sheets of the whole installation: who answers by it has said no environment.
    code = models.CharField(max_length=LENGTH, unique=True)
    title = models.CharField(max_length=120)
    # The office or organization that answers it.
    made_for = models.CharField(max_length=120)
    due_at = models.DateTimeField(null=True)
    # Where an answer by FAX goes back to, as it was printed last; as people write numbers.
    fax = models.CharField(max_length=20, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    # {"pages": 1, "boxes": [{"key", "page", "x", "y", "size", "question", "label"}]}, in millimetres, as it was printed last.
    layout = models.JSONField(null=True)
    printed_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    # The sheet that was printed for the same receiver after it.
    replaced_by = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaces")

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(name="a_code_has_nine_signs", condition=Q(code__regex=rf"^[0-9A-Z]{{{LENGTH}}}$")),
            models.CheckConstraint(name="a_sheet_is_made_for_somebody", condition=~Q(made_for="") & ~Q(title="")),
            models.CheckConstraint(
                name="a_printed_sheet_knows_its_boxes",
                condition=Q(layout=None, printed_at=None) | Q(layout__isnull=False, printed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_void_sheet_has_its_time_and_hand",
                condition=Q(voided_at=None, voided_by=None) | Q(voided_at__isnull=False, voided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="an_answered_sheet_is_not_void", condition=Q(answered_at=None) | Q(voided_at=None)
            ),
            models.CheckConstraint(
                name="a_replaced_sheet_is_void", condition=Q(replaced_by=None) | Q(voided_at__isnull=False)
            ),
            models.CheckConstraint(
                name="a_fax_number_can_be_dialled", condition=Q(fax__regex=r"^(0[0-9-]{8,18}[0-9])?$")
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def state(self) -> SheetState:
        if self.voided_at is not None:
            return SheetState.VOID
        return SheetState.OUT if self.answered_at is None else SheetState.ANSWERED

    @property
    def shown_code(self) -> str:
        """In groups, as it is printed."""
        return in_groups(self.code)

    @property
    def boxes(self) -> list[dict[str, Any]]:
        return list(self.layout["boxes"]) if self.layout else []

    @property
    def pages(self) -> int:
        return int(self.layout["pages"]) if self.layout else 0


class ScanState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("a scan", "Being read")
    READ = "read", pgettext_lazy("a scan", "To be confirmed")
    QUARANTINED = "quarantined", pgettext_lazy("a scan", "In quarantine")
    SETTLED = "settled", pgettext_lazy("a scan", "Dealt with")


class WhyQuarantined(models.TextChoices):
    """Why a scan waits for somebody instead of becoming an answer."""

    NO_CODE = "no_code", _("No QR code could be read on it.")
    FOREIGN = "foreign", _("It has a QR code, but not of a sheet of yours.")
    SEVERAL = "several", _("Codes of several sheets are on it.")
    USED = "used", _("Its sheet was answered already.")
    VOID = "void", _("Its sheet does not count any more.")
    REPLACED = "replaced", _("A newer sheet was printed for this office after it.")
    LATE = "late", _("It came after its sheet was due.")
    TWICE = "twice", _("This page of the sheet has come back already.")
    ASIDE = "aside", _("Somebody has put it aside.")


class ScanQuerySet(models.QuerySet["Scan"]):
    def unread(self) -> Self:
        return self.filter(read_at=None)

    def to_confirm(self) -> Self:
        return self.filter(read_at__isnull=False, reason="", settled_at=None)

    def quarantined(self) -> Self:
        return self.exclude(reason="").filter(settled_at=None)

    def settled(self) -> Self:
        return self.filter(settled_at__isnull=False)


class Scan(models.Model):
    """One page that somebody has scanned, as a picture that was drawn anew; read by the worker, settled by a person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    # As the file was called, and which of its pages this is.
    file_name = models.CharField(max_length=120)
    file_page = models.PositiveSmallIntegerField()
    stored_as = models.CharField(max_length=120, unique=True)
    uploaded_at = models.DateTimeField(default=timezone.now)
    uploaded_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True)
    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="scans")
    # Of the sheet.
    page = models.PositiveSmallIntegerField(null=True)
    # The key of each box of this page, and what was found in it (reading.Mark).
    marks = models.JSONField(default=dict)
    reason = models.CharField(max_length=8, choices=WhyQuarantined, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager(environment="environment", _manager_class=models.Manager.from_queryset(ScanQuerySet))

    class Meta:
        ordering = ["-uploaded_at", "file_name", "file_page"]
        constraints = [
            models.UniqueConstraint(
                name="a_page_of_a_sheet_comes_back_once", fields=["sheet", "page"], condition=Q(reason="")
            ),
            models.CheckConstraint(
                name="an_unread_scan_tells_nothing",
                condition=Q(read_at__isnull=False) | Q(sheet=None, page=None, reason="", settled_at=None),
            ),
            models.CheckConstraint(
                name="a_read_scan_has_its_sheet_or_a_reason",
                condition=Q(read_at=None) | Q(sheet__isnull=False, page__gte=1) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="a_settled_scan_has_its_time_and_hand",
                condition=Q(settled_at=None, settled_by=None)
                | Q(settled_at__gte=F("uploaded_at"), settled_by__isnull=False),
            ),
        ]
        indexes = [
            # Serves the list of what came back, and its number.
            models.Index(name="scans_to_deal_with", fields=["organization"], condition=Q(settled_at=None)),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def state(self) -> ScanState:
        if self.settled_at is not None:
            return ScanState.SETTLED
        if self.read_at is None:
            return ScanState.WAITING
        return ScanState.QUARANTINED if self.reason else ScanState.READ

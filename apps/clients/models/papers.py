"""Papers in a client's record: documents, and scans as the evidence of a consent."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.clients.models.clients import Client
from apps.clients.models.protection import Protection
from apps.environments.models import Environment, Member


class PaperKind(models.TextChoices):
    """What a paper is in the record (domain glossary; the papers that are faxed today)."""

    CONSENT = "consent", _("Signed consent")
    CERTIFICATE = "certificate", _("Copy of a certificate")
    ASSESSMENT = "assessment", _("Assessment")
    FACE_SHEET = "face_sheet", _("Face sheet")
    PLAN = "plan", _("Care or support plan")
    OTHER = "other", _("Other paper")


class ContentType(models.TextChoices):
    """What a paper's bytes are, as found in them; what a browser states is not believed."""

    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"


class ClientPaper(models.Model):
    """One file in a client's record, numbered under the client. Its bytes never change.

    Removed, it is shown to nobody; the row and the file stay for the retention time (domain §4.5 R2).
    """

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, related_name="papers")
    number = models.PositiveIntegerField()
    kind = models.CharField(_("Kind of paper"), max_length=16, choices=PaperKind)
    title = models.CharField(_("Title of the paper"), max_length=80, blank=True)
    # As the file was called where it came from; shown inside the record, and never an address or a file's name here.
    original_name = models.CharField(max_length=120, blank=True)
    content_type = models.CharField(max_length=32, choices=ContentType)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    # Where storage keeps the bytes: an id of the environment and a random word.
    stored_as = models.CharField(max_length=120, unique=True)
    preview_as = models.CharField(max_length=120, blank=True)
    uploaded_at = models.DateTimeField(default=timezone.now)
    uploaded_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(name="papers_are_numbered_within_their_client", fields=["client", "number"]),
            models.UniqueConstraint(
                name="a_file_is_in_a_record_once", fields=["client", "sha256"], condition=Q(removed_at=None)
            ),
            models.CheckConstraint(name="a_paper_holds_something", condition=Q(size__gt=0) & ~Q(sha256="")),
            models.CheckConstraint(
                name="a_picture_has_a_preview_and_a_pdf_has_none",
                condition=Q(content_type="application/pdf", preview_as="")
                | (~Q(content_type="application/pdf") & ~Q(preview_as="")),
            ),
            models.CheckConstraint(
                name="a_removed_paper_has_its_time_and_hand",
                condition=Q(removed_at=None, removed_by=None) | Q(removed_at__isnull=False, removed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_picture(self) -> bool:
        return self.preview_as != ""

    @property
    def called(self) -> str:
        """The title, or what kind of paper it is."""
        return self.title or self.get_kind_display()


class ClearanceQuerySet(models.QuerySet["Clearance"]):
    def standing(self) -> Self:
        """Those that were not taken back, of a protection that lasts."""
        return self.filter(taken_back_at=None, protection__lifted_at=None)


class Clearance(models.Model):
    """The word of somebody who knows where a protected client is, that no place is shown on one paper.

    It holds for the protection under which it was said: when a client is protected anew, every paper is closed again.
    Written once; taken back it stays, and another one may be said.
    """

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    paper = models.ForeignKey(ClientPaper, models.PROTECT, related_name="clearances")
    protection = models.ForeignKey(Protection, models.PROTECT, related_name="+")
    said_at = models.DateTimeField(default=timezone.now)
    said_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager(environment="environment", _manager_class=models.Manager.from_queryset(ClearanceQuerySet))

    class Meta:
        ordering = ["-said_at"]
        constraints = [
            models.UniqueConstraint(
                name="a_paper_is_cleared_once_at_a_time",
                fields=["paper", "protection"],
                condition=Q(taken_back_at=None),
            ),
            models.CheckConstraint(
                name="a_clearance_taken_back_has_its_time_and_hand",
                condition=Q(taken_back_at=None, taken_back_by=None)
                | Q(taken_back_at__gte=models.F("said_at"), taken_back_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

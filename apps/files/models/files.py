"""Files that have arrived: looked at, cleaned, kept, and what of them is shown on a screen."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.directory.models import Office
from apps.environments.models import Environment, Member
from apps.files.care_plans import CarePlanFile, care_plan_file
from apps.files.kinds import CSV, FORMAT_OF, FileKind


class FileState(models.TextChoices):
    """Where a file stands. Nobody reads it before it is ready."""

    CHECKING = "checking", _("Being looked at")
    WAITING = "waiting", _("Waiting for the virus scanner")
    READY = "ready", _("Ready")
    REFUSED = "refused", _("Not kept")


class StoredFile(models.Model):
    """One file, under the id its upload had. What is kept of it never changes once it is ready.

    Who may read it is asked by the app that attaches it; until then it is its sender's alone, and is swept after a
    day, unless it waits with a message for its time (`FileReservation`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    uploader = models.ForeignKey(Member, models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    # Of what came; of what is kept, once the file is ready.
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=8, choices=FileKind, blank=True)
    pages = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=FileState, default=FileState.CHECKING)
    # The code of the refusal, where it was refused.
    reason = models.CharField(max_length=64, blank=True)
    stored_as = models.CharField(max_length=120, blank=True)
    arrived_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)
    # When the virus scanner found nothing; empty where there is none.
    scanned_at = models.DateTimeField(null=True)
    # When something was attached to it for the first time.
    kept_at = models.DateTimeField(null=True)

    # Of an exchanged care plan (care_plans.py): the offices in its name, where the directory knew them when it came.
    sending_office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    receiving_office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_ready_file_is_known_and_stored",
                condition=~Q(state="ready")
                | (
                    Q(settled_at__isnull=False, reason="")
                    & ~Q(sha256="")
                    & ~Q(content_type="")
                    & ~Q(kind="")
                    & ~Q(stored_as="")
                ),
            ),
            models.CheckConstraint(
                name="a_refused_file_says_why_and_is_gone",
                condition=~Q(state="refused") | (Q(settled_at__isnull=False, stored_as="") & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="a_file_that_is_looked_at_is_nowhere_yet",
                condition=~Q(state__in=["checking", "waiting"]) | Q(settled_at=None, stored_as="", reason=""),
            ),
            models.CheckConstraint(name="a_file_holds_something", condition=Q(size__gt=0)),
        ]
        indexes = [
            # Serves the worker, which takes up what waits, and the sweep.
            models.Index(name="files_not_settled", fields=["arrived_at"], condition=Q(settled_at=None)),
            models.Index(name="files_not_sent", fields=["arrived_at"], condition=Q(kept_at=None)),
            # Serves the quota: a sum over one environment that reads the index alone.
            models.Index(name="files_by_environment", fields=["environment"], include=["size", "state"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_ready(self) -> bool:
        return self.state == FileState.READY

    @property
    def care_plan(self) -> CarePlanFile | None:
        """What the name says, where it is one of the national exchange."""
        return care_plan_file(self.name) if self.content_type == CSV.content_type else None

    @property
    def label(self) -> str:
        """What it is in one word: JPEG, PDF, Excel."""
        known = FORMAT_OF.get(self.content_type)
        return known.label if known else ""


class PictureRole(models.TextChoices):
    THUMBNAIL = "thumbnail", _("Small picture")
    PREVIEW = "preview", _("Picture for the screen")
    PAGE = "page", _("Page")


class FilePicture(models.Model):
    """How a file looks on a screen: small, large, or page by page. Always a JPEG that was drawn here."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, models.CASCADE, related_name="pictures")
    role = models.CharField(max_length=9, choices=PictureRole)
    # Of a page from 1; 0 for the whole.
    number = models.PositiveIntegerField(default=0)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    stored_as = models.CharField(max_length=120, unique=True)

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="a_file_has_one_picture_of_a_kind", fields=["file", "role", "number"]),
            models.CheckConstraint(
                name="pages_and_only_they_have_a_number",
                condition=Q(role="page", number__gte=1) | (~Q(role="page") & Q(number=0)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

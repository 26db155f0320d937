"""How much an environment sends and keeps, and what it does to what is taken out."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member
from apps.files.kinds import GIGABYTE, MEGABYTE

# What holds where an admin has said nothing; the database's trigger knows the last one too (migration 0002).
FILES_PER_SEND, MEGABYTES_PER_SEND, GIGABYTES_KEPT = 20, 1_024, 100
MOST_FILES, MOST_MEGABYTES, MOST_GIGABYTES = 100, 4_096, 100_000


class FileLimits(models.Model):
    """What an environment's admin has said of files; where there is no row, the usual limits hold."""

    id = models.BigAutoField(primary_key=True)
    environment = models.OneToOneField(Environment, models.PROTECT, related_name="+")
    files_per_send = models.PositiveIntegerField(
        _("Files sent at once"),
        default=FILES_PER_SEND,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_FILES)],
    )
    megabytes_per_send = models.PositiveIntegerField(
        _("Megabytes sent at once"),
        default=MEGABYTES_PER_SEND,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MEGABYTES)],
    )
    gigabytes_kept = models.PositiveIntegerField(
        _("Gigabytes kept in all"),
        default=GIGABYTES_KEPT,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_GIGABYTES)],
    )
    marks_downloads = models.BooleanField(_("Mark what is downloaded with name and time"), default=False)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="files_have_bounds_within_reason",
                condition=Q(
                    files_per_send__range=(1, MOST_FILES),
                    megabytes_per_send__range=(1, MOST_MEGABYTES),
                    gigabytes_kept__range=(1, MOST_GIGABYTES),
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def bytes_per_send(self) -> int:
        return self.megabytes_per_send * MEGABYTE

    @property
    def bytes_kept(self) -> int:
        return self.gigabytes_kept * GIGABYTE

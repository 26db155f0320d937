"""How long an environment keeps what was deleted and edited in its talk rooms."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member

# Support records: five years by most ordinances, never less than the two that the national standards ask for (居宅介護支援
# 運営基準 29条; domain §4.5). What is no support record: one year, the usual time of logs (domain §4.4 L5, journey C7).
# The database knows the same numbers (migrations 0039 and 0040).
SUPPORT_YEARS, LEAST_SUPPORT_YEARS = 5, 2
OFFICE_YEARS, LEAST_OFFICE_YEARS = 1, 1
MOST_YEARS = 30


class RetentionPolicy(models.Model):
    """For how many years deleted and earlier texts of talk rooms are kept for an auditor, and why. The newest row holds;
    where there is none, the usual years. Nothing of a row ever changes.

    Counted from the day after the text was replaced, and in a room about a client not before the last seat of the care team
    has ended (完結の日); the last day is a whole one (Civil Code, Art. 140 to 143, in Japan's time).
    """

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    support_years = models.PositiveSmallIntegerField(
        _("Years for support records"),
        default=SUPPORT_YEARS,
        validators=[MinValueValidator(LEAST_SUPPORT_YEARS), MaxValueValidator(MOST_YEARS)],
    )
    office_years = models.PositiveSmallIntegerField(
        _("Years for office matters"),
        default=OFFICE_YEARS,
        validators=[MinValueValidator(LEAST_OFFICE_YEARS), MaxValueValidator(MOST_YEARS)],
    )
    # Such as the ordinance that asks for it.
    reason = models.CharField(_("Reason"), max_length=200)
    set_at = models.DateTimeField(default=timezone.now)
    set_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="texts_are_kept_as_long_as_the_law_asks",
                condition=Q(
                    support_years__range=(LEAST_SUPPORT_YEARS, MOST_YEARS),
                    office_years__range=(LEAST_OFFICE_YEARS, MOST_YEARS),
                ),
            ),
            models.CheckConstraint(name="a_retention_time_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return str(self.pk)

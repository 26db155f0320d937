"""Surveys on paper: which sheet was made for whom."""

from django.db import models
from django.db.models import Q
from django_scopes import ScopedManager

from apps.environments.models import Environment
from apps.paper.models import Sheet
from apps.surveys.models.replies import Recipient


class SurveySheet(models.Model):
    """The sheet of one who is asked: who holds it answers for them, once."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="sheets")
    sheet = models.OneToOneField(Sheet, models.PROTECT, related_name="+")
    # When a newer one was printed for the same office; empty for the one that counts.
    replaced_at = models.DateTimeField(null=True)

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_sheet_of_an_office_counts", fields=["recipient"], condition=Q(replaced_at=None)
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

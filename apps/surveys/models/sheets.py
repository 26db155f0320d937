"""Surveys on paper: which sheet was made for whom."""

from django.db import models
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

    objects = ScopedManager(environment="environment")

    def __str__(self) -> str:
        return str(self.pk)

"""Surveys to be used again: what one asks, without whom and when."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member, Organization


class SurveyTemplate(models.Model):
    """A survey kept to be used again, as content (content.py). Those that come with the house are files, not rows."""

    LONGEST_TITLE = 100
    LONGEST_SUMMARY = 200

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    created_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    title = models.CharField(_("Title"), max_length=LONGEST_TITLE)
    summary = models.CharField(_("What it is for"), max_length=LONGEST_SUMMARY, blank=True)
    content = models.JSONField()
    # What was duplicated and kept, by its first id: what is made of the template belongs with it (Survey.origin).
    origin = models.UUIDField(null=True)
    # Offered to every environment of the installation; it holds questions and nothing of anybody.
    is_shared = models.BooleanField(default=False)

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.pk)

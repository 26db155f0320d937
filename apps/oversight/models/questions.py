"""Questions that an auditor asks again."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member


class SavedQuestion(models.Model):
    """What one auditor asks the ledger again and again, under a name that they alone see."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    name = models.CharField(_("Name of the question"), max_length=60)
    # As the address of the list bears it: ids, codes and days.
    asked = models.JSONField()
    saved_at = models.DateTimeField(default=timezone.now)

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(name="a_question_has_one_name_per_auditor", fields=["member", "name"]),
            models.CheckConstraint(name="a_saved_question_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return str(self.pk)

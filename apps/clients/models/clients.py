"""Care recipients."""

import uuid

from django.db import models
from django.db.models import F, Func
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.environments.models import Environment, Organization


class Client(models.Model):
    """A person who receives care or support. Never a user of the software."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="clients")
    name = models.CharField(_("Name"), max_length=80)
    kana = models.CharField(_("Reading"), max_length=80)
    born_on = models.DateField(_("Date of birth"))
    # The part of town, which tells two people of one name apart where an address would say too much.
    area = models.CharField(_("Area"), max_length=80, blank=True)
    # The city division in charge by law. Its staff see the client without consent; staff of other divisions do not.
    division = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Division in charge")
    )
    registered_at = models.DateTimeField(default=timezone.now)
    # What is searched: name and reading, folded. The database itself keeps it equal to them (kernel migration 0002).
    # No index: row-level security lets no LIKE near one, and what is searched is the person's own visible set.
    search_text = models.GeneratedField(
        expression=Func(F("name"), F("kana"), function="kernel_search_text"),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["kana", "born_on"]
        indexes = [
            # Serves the list of a division.
            models.Index(fields=["division", "kana"], name="clients_of_a_division"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

"""Care recipients."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.clients.ages import is_child
from apps.environments.models import Environment, Organization


class Need(models.TextChoices):
    """What a facility must be able to do for a child (domain glossary): matching criteria, and sensitive personal data."""

    MEDICAL_CARE = "medical_care", _("Medical care")
    SEVERE_MULTIPLE = "severe_multiple", _("Severe motor and intellectual disabilities")
    SEVERE_BEHAVIOR = "severe_behavior", _("Severe behavioural disorder")
    TRANSPORT = "transport", _("Pick-up and drop-off")


class Weekday(models.IntegerChoices):
    """Numbered as Python's calendar does."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


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
    school_district = models.CharField(_("School district"), max_length=80, blank=True)
    needs = ArrayField(models.CharField(max_length=24, choices=Need), default=list, blank=True, verbose_name=_("Needs"))
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(choices=Weekday), default=list, blank=True, verbose_name=_("Days wished")
    )
    registered_at = models.DateTimeField(default=timezone.now)
    # The imported file that brought them; empty for those registered one by one.
    brought_by = models.ForeignKey("clients.ImportRun", models.PROTECT, null=True, related_name="clients")
    # What is searched: name and reading, folded. The database itself keeps it equal to them (kernel migration 0002).
    # No index: row-level security lets no LIKE near one, and what is searched is the person's own visible set.
    search_text = models.GeneratedField(
        expression=Func(F("name"), F("kana"), function="kernel_search_text"),
        output_field=models.TextField(),
        db_persist=True,
    )
    # Where the client is to be found is withheld (支援措置): the fields that would tell are empty, see Protection.
    is_protected = models.BooleanField(default=False)
    # Grows with every change: whoever edits says which version they had before them.
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager(environment="environment")

    # No column: what looks at this client are for, where their door was opened by a legal exception (access.doors).
    looked_at_for: str = ""

    class Meta:
        ordering = ["kana", "born_on"]
        indexes = [
            # Serves the list of a division.
            models.Index(fields=["division", "kana"], name="clients_of_a_division"),
        ]
        constraints = [
            models.CheckConstraint(
                name="needs_are_of_the_closed_list", condition=Q(needs__contained_by=[*Need.values])
            ),
            models.CheckConstraint(
                name="a_protected_clients_record_bears_no_place",
                condition=Q(is_protected=False) | Q(area="", school_district=""),
            ),
            models.CheckConstraint(
                name="weekdays_are_days_of_the_week", condition=Q(weekdays__contained_by=[*Weekday.values])
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_child(self) -> bool:
        """Until the end of the school year in which they turn 18."""
        return is_child(self.born_on, timezone.localdate())

    @property
    def needs_said(self) -> list[Promise]:
        """In words, in the order of the closed list."""
        return [need.label for need in Need if need in self.needs]

    @property
    def weekdays_said(self) -> list[Promise]:
        return [day.label for day in Weekday if day in self.weekdays]

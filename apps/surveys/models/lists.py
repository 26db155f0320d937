"""Lists of those whom an organization asks again and again."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member, Organization
from apps.facilities.models import Facility


class TargetList(models.Model):
    """Offices and facilities under a name, for everybody of the organization that keeps it."""

    LONGEST_NAME = 60

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    created_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    name = models.CharField(_("Name of the list"), max_length=LONGEST_NAME)

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                name="lists_of_an_organization_have_names_of_their_own", fields=["organization", "name"]
            ),
            models.CheckConstraint(name="a_list_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ListedTarget(models.Model):
    """One of them: an office or a facility."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    target_list = models.ForeignKey(TargetList, models.CASCADE, related_name="targets")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="an_organization_is_listed_once", fields=["target_list", "organization"]),
            models.UniqueConstraint(name="a_facility_is_listed_once", fields=["target_list", "facility"]),
            models.CheckConstraint(
                name="who_is_listed_is_an_organization_or_a_facility",
                condition=Q(organization__isnull=False, facility=None) | Q(organization=None, facility__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def key(self) -> str:
        """What a browser sends for it (queries/targets.py)."""
        return f"f:{self.facility_id}" if self.organization_id is None else f"o:{self.organization_id}"

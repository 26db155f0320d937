"""Care recipients, and the seats on their care teams."""

import uuid
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from apps.environments.models import Environment, Member, Organization


class Client(models.Model):
    """A person who receives care or support. Never a user of the software."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="clients")
    name = models.CharField(_("Name"), max_length=80)
    kana = models.CharField(_("Reading"), max_length=80)
    born_on = models.DateField(_("Date of birth"))
    # The part of town, which tells two people of one name apart where an address would say too much.
    area = models.CharField(_("Area"), max_length=80, blank=True)
    registered_at = models.DateTimeField(default=timezone.now)

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["kana", "born_on"]

    def __str__(self) -> str:
        return str(self.pk)


class SeatQuerySet(models.QuerySet["Seat"]):
    def open(self) -> Self:
        """Seats whose period covers now."""
        now = timezone.now()
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=now), valid_from__lte=now)


class Seat(models.Model):
    """An organization's place on a client's care team, from when until when. Never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, related_name="seats")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="seats")
    valid_from = models.DateTimeField(default=timezone.now)
    valid_to = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    ended_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager(environment="environment", _manager_class=models.Manager.from_queryset(SeatQuerySet))

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="seat_ends_after_it_begins", condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))
            ),
            ExclusionConstraint(
                name="one_seat_per_organization_at_a_time",
                expressions=[
                    ("client", RangeOperators.EQUAL),
                    ("organization", RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            RangeBoundary(),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
        # Serves "which clients does my organization hold a seat for".
        indexes = [models.Index(fields=["organization", "client"], name="seats_of_an_organization")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        now = timezone.now()
        return self.valid_from <= now and (self.valid_to is None or now < self.valid_to)


class ClientUserObjectPermission(UserObjectPermissionBase):
    """A client opened by hand to one person, beside what follows from seats. Vanishes with the client."""

    content_object = models.ForeignKey(Client, models.CASCADE)
    # Copied from the client by the database, because django-guardian writes these rows.
    environment = models.ForeignKey(Environment, models.CASCADE, related_name="+", editable=False)


class ClientGroupObjectPermission(GroupObjectPermissionBase):
    """Needed by django-guardian beside the personal grants; no group is ever granted a client."""

    content_object = models.ForeignKey(Client, models.CASCADE)
    environment = models.ForeignKey(Environment, models.CASCADE, related_name="+", editable=False)

    class Meta(GroupObjectPermissionBase.Meta):
        constraints = [
            models.CheckConstraint(name="no_group_is_granted_a_client", condition=Q(pk=None)),
        ]

"""Seats on care teams: which organization supports a client, from when until when."""

import uuid

from django.db import models
from django_scopes import ScopedManager

from apps.clients.models.clients import Client
from apps.environments.models import Environment, Member, Organization
from apps.kernel.periods import Period, PeriodQuerySet, ends_after_it_begins, one_at_a_time


class Seat(Period):
    """An organization's place on a client's care team, from when until when. Never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, related_name="seats")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="seats")
    given_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    ended_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager(environment="environment", _manager_class=models.Manager.from_queryset(PeriodQuerySet))

    class Meta:
        constraints = [
            ends_after_it_begins("seat_ends_after_it_begins"),
            one_at_a_time("one_seat_per_organization_at_a_time", "client", "organization"),
        ]
        # Serves "which clients does my organization hold a seat for".
        indexes = [models.Index(fields=["organization", "client"], name="seats_of_an_organization")]

    def __str__(self) -> str:
        return str(self.pk)

"""Who waits, for what, and which places they were offered."""

import uuid
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.clients.models import Client
from apps.directory.models import ServiceKind
from apps.environments.models import Environment, Member
from apps.facilities.grid import Age, Weekday
from apps.facilities.models import Facility, SchoolDistrict
from apps.inquiries.kinds import Reason
from apps.visits.models import Visit
from apps.visits.queries import Sought
from apps.waiting.kinds import Leaving, Outcome


class WaitingQuerySet(models.QuerySet["Waiting"]):
    def in_line(self) -> Self:
        """Those who wait, the longest first."""
        return self.filter(ended_at=None).order_by("put_at", "pk")

    def without_offer(self) -> Self:
        return self.exclude(Exists(Offer.objects.filter(waiting=OuterRef("pk"), ended_at=None)))


class Waiting(models.Model):
    """Somebody for whom no fitting place was free, and what is wanted. No name stands in it (`WaitingClient`)."""

    LONGEST_NEED = Visit.LONGEST_NEED
    MOST_WISHED = 3

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    put_at = models.DateTimeField(default=timezone.now)
    put_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    age_group = models.CharField(_("Age group"), max_length=9, choices=Age)
    kind = models.ForeignKey(ServiceKind, models.PROTECT, null=True, related_name="+")
    weekdays = ArrayField(models.CharField(max_length=3, choices=Weekday), default=list, blank=True)
    near = models.ForeignKey(SchoolDistrict, models.PROTECT, null=True, related_name="+")
    # Must be fetched from there.
    is_fetched = models.BooleanField(default=False)
    needs_medical_care = models.BooleanField(default=False)
    need = models.CharField(max_length=LONGEST_NEED, blank=True)
    # Why nothing fitted: what the city counts as unmet need.
    reasons = ArrayField(models.CharField(max_length=12, choices=Reason))
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    ended_reason = models.CharField(max_length=10, choices=Leaving, blank=True)

    objects = ScopedManager(environment="environment", _manager_class=models.Manager.from_queryset(WaitingQuerySet))

    class Meta:
        ordering = ["put_at", "id"]
        constraints = [
            models.CheckConstraint(name="who_waits_is_of_a_known_age", condition=Q(age_group__in=Age.values)),
            models.CheckConstraint(
                name="who_waits_says_why",
                condition=Q(reasons__len__gte=1) & Q(reasons__contained_by=Reason.values),
            ),
            models.CheckConstraint(
                name="who_waits_names_known_days", condition=Q(weekdays__contained_by=Weekday.values)
            ),
            models.CheckConstraint(
                name="who_is_fetched_says_from_where", condition=Q(is_fetched=False) | Q(near__isnull=False)
            ),
            models.CheckConstraint(
                name="who_waits_no_more_says_when_by_whom_and_why",
                condition=Q(ended_at=None, ended_by=None, ended_reason="")
                | Q(ended_at__isnull=False, ended_by__isnull=False, ended_reason__in=Leaving.values),
            ),
        ]
        indexes = [
            # Serves the worker that offers what has become free, and the list itself.
            models.Index(name="waiting_in_line", fields=["put_at", "id"], condition=Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_waiting(self) -> bool:
        return self.ended_at is None

    @property
    def client_id(self) -> Any:
        """Who waits, as the ledger names them; None for a family without a name."""
        behind = getattr(self, "for_whom", None)
        return None if behind is None else behind.client_id

    @property
    def days(self) -> list[str]:
        """The days of the week that suit, in words."""
        return [str(day.label) for day in Weekday if day in self.weekdays]

    @property
    def why(self) -> list[str]:
        """Why nothing fitted, in words."""
        return [str(reason.label) for reason in Reason if reason in self.reasons]

    @property
    def sought(self) -> Sought:
        """As the counter asks."""
        return Sought(
            age=self.age_group,
            kind=self.kind_id,
            weekdays=tuple(self.weekdays),
            district=self.near_id if self.is_fetched else None,
            near=self.near_id,
            needs_medical_care=self.needs_medical_care,
        )


class WaitingClient(models.Model):
    """Who waits. Read where the office that put them on the list shows its own side; nowhere else."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    waiting = models.OneToOneField(Waiting, models.PROTECT, related_name="for_whom")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")

    objects = ScopedManager(environment="environment")

    def __str__(self) -> str:
        return str(self.pk)


class WishedFacility(models.Model):
    """A facility that is waited for; none is any."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    waiting = models.ForeignKey(Waiting, models.PROTECT, related_name="wished")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="a_facility_is_wished_once", fields=["waiting", "facility"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class OfferQuerySet(models.QuerySet["Offer"]):
    def standing(self) -> Self:
        """Those that can still be answered."""
        return self.filter(ended_at=None, visit__held_until__gt=timezone.now())


class Offer(models.Model):
    """A place that is held for somebody who waits, until they answer.

    Until when, and what becomes of the place, stands in the visit; the database ends the offer with it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    waiting = models.ForeignKey(Waiting, models.PROTECT, related_name="offers")
    visit = models.OneToOneField(Visit, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    # Why it was declined: counted as unmet need.
    reason = models.CharField(max_length=12, choices=Reason, blank=True)

    objects = ScopedManager(environment="environment", _manager_class=models.Manager.from_queryset(OfferQuerySet))

    class Meta:
        ordering = ["-visit__held_at", "id"]
        constraints = [
            models.UniqueConstraint(
                name="who_waits_is_offered_one_place_at_a_time", fields=["waiting"], condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="an_offer_that_ended_says_how_and_declined_why",
                condition=Q(ended_at=None, outcome="", reason="")
                | Q(ended_at__isnull=False, outcome="declined", reason__in=Reason.values)
                | Q(
                    ended_at__isnull=False,
                    outcome__in=["booked", "run_out", "withdrawn", "given_back"],
                    reason="",
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def stands(self) -> bool:
        return self.ended_at is None and self.visit.is_held

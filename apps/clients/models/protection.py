"""Where a client is to be found, and what keeps it from those who must not know (支援措置)."""

import uuid
from datetime import timedelta
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.clients.models.clients import Client
from apps.environments.models import Environment, Member
from apps.kernel.periods import Period, PeriodQuerySet, ends_after_it_begins, one_at_a_time

DECIDED_WITHIN = timedelta(hours=72)
SEEN_FOR = timedelta(days=30)


class PlaceKind(models.TextChoices):
    """What somebody can be found by. The first two stand in the record of a client who is not protected."""

    AREA = "area", _("Area")
    SCHOOL_DISTRICT = "school_district", _("School district")
    HOME = "home", _("Address")
    SCHOOL = "school", _("School or nursery")
    WORK = "work", _("Place of work")
    OTHER = "other", _("Other place")


# The fields of a record that say where somebody is: emptied while a client is protected.
OF_THE_RECORD = (PlaceKind.AREA, PlaceKind.SCHOOL_DISTRICT)


class ClientPlace(Period):
    """A place of a client, in a table of its own so that nothing that reads a client reads it by accident."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, related_name="places")
    kind = models.CharField(_("What it is"), max_length=16, choices=PlaceKind)
    text = models.CharField(_("Where it is"), max_length=200)
    written_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = ScopedManager(environment="environment", _manager_class=models.Manager.from_queryset(PeriodQuerySet))

    class Meta:
        ordering = ["-valid_from"]
        constraints = [
            ends_after_it_begins("place_ends_after_it_begins"),
            one_at_a_time("one_place_of_a_kind_at_a_time", "client", "kind"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Protection(models.Model):
    """A client whose places are withheld: marked by one person of the division, lifted by two."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, related_name="protections")
    marked_at = models.DateTimeField(default=timezone.now)
    marked_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifting_asked_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    lifted_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_client_is_protected_once_at_a_time", fields=["client"], condition=Q(lifted_at=None)
            ),
            models.CheckConstraint(
                name="a_protection_is_lifted_by_two_people",
                condition=Q(lifted_at=None, lifting_asked_by=None, lifted_by=None)
                | Q(lifted_at__isnull=False, lifting_asked_by__isnull=False, lifted_by__isnull=False)
                & ~Q(lifted_by=F("lifting_asked_by")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class PetitionKind(models.TextChoices):
    SEE = "see", _("To see the places")
    LIFT = "lift", _("To lift the protection")


class PetitionQuerySet(models.QuerySet["Petition"]):
    def waiting(self) -> Self:
        """Those that may still be approved."""
        undecided = Q(kind="see", second_by=None) | Q(kind="lift", first_by=None)
        return self.filter(undecided, ended_at=None, decide_until__gt=timezone.now())

    def seeing(self) -> Self:
        """Those that show the places to the person who asked, now."""
        return self.filter(kind="see", closes_at__gt=timezone.now(), ended_at=None)


def span_of_petition() -> Func:
    """From the asking until it ended, was used up, or was void."""
    end = Coalesce(F("ended_at"), F("closes_at"), F("decide_until"))
    return Func(F("asked_at"), end, RangeBoundary(), function="tstzrange", output_field=DateTimeRangeField())


class Petition(models.Model):
    """Somebody asks to see the places of a protected client, or to lift the protection.

    To see them takes two people beside the one who asks, to lift the protection one beside them. Written once: an empty
    column is filled, nothing is changed. What nobody has approved within 72 hours is void; seeing lasts for 30 days.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, related_name="petitions")
    kind = models.CharField(max_length=8, choices=PetitionKind)
    reason = models.CharField(_("What it is needed for"), max_length=300)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    decide_until = models.DateTimeField()
    first_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    second_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    closes_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager(environment="environment", _manager_class=models.Manager.from_queryset(PetitionQuerySet))

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(name="a_petition_says_what_it_is_for", condition=~Q(reason="")),
            models.CheckConstraint(
                name="a_petition_is_approved_by_others_than_who_asks",
                condition=(Q(first_by=None) | ~Q(first_by=F("asked_by")))
                & (Q(second_by=None) | ~Q(second_by=F("asked_by"))),
            ),
            models.CheckConstraint(
                name="two_different_people_let_somebody_see_the_places",
                condition=Q(second_by=None) | Q(kind="see", first_by__isnull=False) & ~Q(second_by=F("first_by")),
            ),
            models.CheckConstraint(
                name="places_are_seen_with_two_approvals_and_for_a_time",
                condition=Q(closes_at=None) | Q(second_by__isnull=False, closes_at__lte=F("decide_until") + SEEN_FOR),
            ),
            models.CheckConstraint(
                name="a_petition_ends_by_somebodys_hand",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__gte=F("asked_at"), ended_by__isnull=False),
            ),
            ExclusionConstraint(
                name="one_petition_of_a_kind_per_person_and_client_at_a_time",
                expressions=[
                    *((field, RangeOperators.EQUAL) for field in ("client", "asked_by", "kind")),
                    (span_of_petition(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_waiting(self) -> bool:
        approved = self.second_by_id if self.kind == PetitionKind.SEE else self.first_by_id
        return approved is None and self.ended_at is None and timezone.now() < self.decide_until

    @property
    def is_seeing(self) -> bool:
        return self.closes_at is not None and self.ended_at is None and timezone.now() < self.closes_at

    @property
    def approvals(self) -> int:
        return sum(one is not None for one in (self.first_by_id, self.second_by_id))

    @property
    def needs(self) -> int:
        return 2 if self.kind == PetitionKind.SEE else 1

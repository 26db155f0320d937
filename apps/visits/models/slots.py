"""Visiting times."""

import uuid
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Case, Count, F, Func, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member
from apps.facilities.models import Facility


class Span(Func):
    """From one moment up to, and without, another."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class SlotQuerySet(models.QuerySet["Slot"]):
    def upcoming(self) -> Self:
        """Those that have not begun, withdrawn ones left out."""
        return self.filter(withdrawn_at=None, lapsed_at=None, starts_at__gt=timezone.now())

    def bookable(self) -> Self:
        """Those that can still be booked, if a place is free."""
        return self.filter(withdrawn_at=None, lapsed_at=None, closes_at__gt=timezone.now())

    def with_taken(self) -> Self:
        """Each with `taken`: how many of its places are booked, or held right now. One given beyond them is none of them."""
        live = Q(visits__ended_at=None, visits__place__lte=F("capacity")) & (
            Q(visits__booked_at__isnull=False) | Q(visits__held_until__gt=timezone.now())
        )
        return self.annotate(taken=Count("visits", filter=live))

    def with_status(self) -> Self:
        """Each with `status` in the words of FHIR R4: tentatively busy is one that a hold alone keeps full."""
        held = Q(visits__ended_at=None, visits__booked_at=None, visits__held_until__gt=timezone.now())
        over = Q(withdrawn_at__isnull=False) | Q(lapsed_at__isnull=False) | Q(closes_at__lte=timezone.now())
        status = Case(
            When(over, then=Value("busy-unavailable")),
            When(taken__lt=F("capacity"), then=Value("free")),
            When(held__gt=0, then=Value("busy-tentative")),
            default=Value("busy"),
        )
        return self.with_taken().annotate(held=Count("visits", filter=held)).annotate(status=status)

    def with_a_place(self) -> Self:
        """Those in which a place is free."""
        return self.with_taken().filter(taken__lt=F("capacity"))


class WithdrawalReason(models.TextChoices):
    """Why a facility takes a visiting time back."""

    CLOSED = "closed", _("The facility is closed that day")
    STAFF = "staff", _("Nobody can receive")
    ILLNESS = "illness", _("An infection in the facility")
    OTHER = "other", _("Another reason")


class Slot(models.Model):
    """A span of time in which a facility receives so many families who come to look."""

    MOST_FAMILIES = 20

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # Until then it can be booked: 17:00 on the working day before, unless told otherwise.
    closes_at = models.DateTimeField()
    # Families, each in a place of its own number.
    capacity = models.PositiveSmallIntegerField(_("Families at a time"), default=1)
    # Empty is "at the facility".
    place = models.CharField(_("Where one is received"), max_length=120, blank=True)
    receiver = models.CharField(_("Who receives"), max_length=60, blank=True)
    bring = models.CharField(_("What to bring"), max_length=300, blank=True)
    published_at = models.DateTimeField(default=timezone.now, editable=False)
    published_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    # Published by the desk on the facility's behalf.
    is_proxy = models.BooleanField(default=False)
    # A time that was not published, but proposed by an office; its number among those of the request.
    asked_in = models.ForeignKey("visits.VisitRequest", models.PROTECT, null=True, related_name="slots")
    proposal = models.PositiveSmallIntegerField(null=True)
    # When what was held or booked in a proposed time ended: the database ends the time with it.
    lapsed_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    withdrawn_reason = models.CharField(_("Reason"), max_length=8, choices=WithdrawalReason, blank=True)

    objects = ScopedManager(environment="environment", _manager_class=models.Manager.from_queryset(SlotQuerySet))

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(name="a_slot_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(name="a_slot_closes_before_it_starts", condition=Q(closes_at__lte=F("starts_at"))),
            models.CheckConstraint(name="a_slot_is_for_somebody", condition=Q(capacity__range=(1, 20))),
            models.CheckConstraint(
                name="a_withdrawn_slot_says_when_by_whom_and_why",
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason=""),
            ),
            ExclusionConstraint(
                name="slots_of_a_facility_never_overlap",
                expressions=[
                    ("facility", RangeOperators.EQUAL),
                    (Span("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_at=None, lapsed_at=None),
            ),
            models.UniqueConstraint(name="a_proposal_is_made_once", fields=["asked_in", "proposal"]),
            models.CheckConstraint(
                name="up_to_three_times_are_proposed_to_one_family",
                condition=Q(asked_in=None, proposal=None, lapsed_at=None)
                | Q(asked_in__isnull=False, proposal__range=(1, 3), capacity=1),
            ),
        ]
        indexes = [
            # Serves "the next times of these facilities", without those that were withdrawn.
            models.Index(name="slots_to_come", fields=["environment", "starts_at"], condition=Q(withdrawn_at=None)),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= timezone.now()

    @property
    def takes_bookings(self) -> bool:
        return not self.is_withdrawn and self.lapsed_at is None and self.closes_at > timezone.now()


class ClosedDay(models.Model):
    """A day on which a facility receives nobody: no time stands on it, and none is published, until it is opened again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="closed_days")
    day = models.DateField(_("Closed day"))
    reason = models.CharField(_("Reason"), max_length=8, choices=WithdrawalReason)
    closed_at = models.DateTimeField(default=timezone.now)
    closed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                name="a_day_is_closed_once", fields=["facility", "day"], condition=Q(opened_at=None)
            ),
            models.CheckConstraint(
                name="a_day_is_opened_again_by_somebody",
                condition=Q(opened_at=None, opened_by=None) | Q(opened_at__isnull=False, opened_by__isnull=False),
            ),
            models.CheckConstraint(
                name="a_day_is_closed_for_a_known_reason", condition=Q(reason__in=WithdrawalReason.values)
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

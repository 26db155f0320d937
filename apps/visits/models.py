"""Visiting times, and the places in them that are held and booked."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Count, F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member
from apps.facilities.grid import Age
from apps.facilities.models import Facility


class Span(Func):
    """From one moment up to, and without, another."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class SlotQuerySet(models.QuerySet["Slot"]):
    def upcoming(self) -> Self:
        """Those that have not begun, withdrawn ones left out."""
        return self.filter(withdrawn_at=None, starts_at__gt=timezone.now())

    def bookable(self) -> Self:
        """Those that can still be booked, if a place is free."""
        return self.filter(withdrawn_at=None, closes_at__gt=timezone.now())

    def with_taken(self) -> Self:
        """Each with `taken`: how many of its places are booked, or held right now."""
        live = Q(visits__ended_at=None) & (
            Q(visits__booked_at__isnull=False) | Q(visits__held_until__gt=timezone.now())
        )
        return self.annotate(taken=Count("visits", filter=live))

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
                condition=Q(withdrawn_at=None),
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
        return not self.is_withdrawn and self.closes_at > timezone.now()


class EndReason(models.TextChoices):
    """How a held or booked place became free again."""

    RUN_OUT = "run_out", _("The hold ran out")
    LET_GO = "let_go", _("Let go of")
    FAMILY = "family", _("The family cannot come")
    DESK = "desk", _("Booked by mistake")
    CLOSED = "closed", _("The facility withdrew the time")
    FULL = "full", _("The facility has no place any more")
    NEEDS = "needs", _("The facility cannot meet the need")
    MOVED = "moved", _("Moved to another time")


class VisitQuerySet(models.QuerySet["Visit"]):
    def live(self) -> Self:
        """Booked, or held right now: a hold that has run out is none, whether or not anybody has swept it up."""
        return self.filter(Q(booked_at__isnull=False) | Q(held_until__gt=timezone.now()), ended_at=None)

    def booked(self) -> Self:
        return self.filter(booked_at__isnull=False, ended_at=None)

    def run_out(self) -> Self:
        """Holds whose time is over, and which still keep their number."""
        return self.filter(booked_at=None, ended_at=None, held_until__lte=timezone.now())


class Visit(models.Model):
    """One numbered place of a visiting time: held for a family for five minutes, and theirs once it is booked.

    No name stands in it. The facility learns what it needs to prepare: the age group and the need in a few words.
    """

    HOLD = timedelta(minutes=5)
    LONGEST_NEED = 200

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    slot = models.ForeignKey(Slot, models.PROTECT, related_name="visits")
    place = models.PositiveSmallIntegerField()
    age_group = models.CharField(_("Age group"), max_length=9, choices=Age)
    need = models.CharField(_("What the facility should know"), max_length=LONGEST_NEED, blank=True)
    held_at = models.DateTimeField(default=timezone.now)
    held_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    held_until = models.DateTimeField()
    booked_at = models.DateTimeField(null=True)
    booked_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    # The visit that was given up for this one.
    moved_from = models.OneToOneField("self", models.PROTECT, null=True, related_name="moved_to")
    ended_at = models.DateTimeField(null=True)
    # Nobody, where a hold ran out.
    ended_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    ended_reason = models.CharField(_("Reason"), max_length=7, choices=EndReason, blank=True)

    objects = ScopedManager(environment="environment", _manager_class=models.Manager.from_queryset(VisitQuerySet))

    class Meta:
        ordering = ["slot__starts_at", "place", "id"]
        constraints = [
            # Overbooking cannot be written down.
            models.UniqueConstraint(
                name="one_live_visit_per_place", fields=["slot", "place"], condition=Q(ended_at=None)
            ),
            models.CheckConstraint(name="places_of_a_slot_begin_at_one", condition=Q(place__gte=1)),
            models.CheckConstraint(name="a_visit_is_for_a_known_age_group", condition=Q(age_group__in=Age.values)),
            models.CheckConstraint(name="a_hold_lasts", condition=Q(held_until__gt=F("held_at"))),
            models.CheckConstraint(
                name="a_place_is_booked_by_somebody_while_it_is_held",
                condition=Q(booked_at=None, booked_by=None)
                | Q(booked_at__isnull=False, booked_by__isnull=False, booked_at__lt=F("held_until")),
            ),
            models.CheckConstraint(
                name="what_ended_says_why",
                condition=Q(ended_at=None, ended_by=None, ended_reason="")
                | Q(ended_at__isnull=False, ended_by=None, ended_reason="run_out", booked_at=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_reason__in=["", "run_out"]),
            ),
        ]
        indexes = [
            # Serves "how many places are taken": without those that have ended, which are many in the end.
            models.Index(name="live_visits_of_slots", fields=["slot"], condition=Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_booked(self) -> bool:
        return self.booked_at is not None and self.ended_at is None

    @property
    def is_held(self) -> bool:
        return self.booked_at is None and self.ended_at is None and self.held_until > timezone.now()

    @property
    def has_run_out(self) -> bool:
        """Held, never booked, and over."""
        never = self.booked_at is None and self.ended_reason in {"", EndReason.RUN_OUT}
        return never and self.held_until <= timezone.now()

    @property
    def is_cancelled(self) -> bool:
        return self.booked_at is not None and self.ended_at is not None

    @property
    def state(self) -> str:
        """As FHIR R4 calls an appointment (domain.md §4.9)."""
        if self.is_booked:
            return "booked"
        return "pending" if self.is_held else "cancelled"

    def ends(self, *, at: datetime, reason: str, by: Member | None) -> None:
        self.ended_at, self.ended_reason, self.ended_by = at, reason, by
        self.save(update_fields=["ended_at", "ended_reason", "ended_by"])

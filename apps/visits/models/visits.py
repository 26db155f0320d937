"""The places in visiting times that are held and booked."""

import uuid
from datetime import datetime, timedelta
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member
from apps.facilities.grid import Age
from apps.rooms.models import TalkRoom
from apps.visits.models.slots import Slot


class EndReason(models.TextChoices):
    """How a held or booked place became free again."""

    RUN_OUT = "run_out", _("The hold ran out")
    LET_GO = "let_go", _("Let go of")
    FAMILY = "family", _("The family cannot come")
    THEMSELVES = "self", _("The family cancelled it themselves")
    CHANGED = "changed", _("The family chose another time")
    DESK = "desk", _("Booked by mistake")
    CLOSED = "closed", _("The facility withdrew the time")
    FULL = "full", _("The facility has no place any more")
    NEEDS = "needs", _("The facility cannot meet the need")
    MOVED = "moved", _("Moved to another time")
    UNUSED = "unused", _("Another of the proposed times was chosen")


# Why a facility can at none of the times that it was asked for, in its own words.
WHY_DECLINED = [
    (EndReason.FULL.value, _("We have no free place")),
    (EndReason.NEEDS.value, _("We cannot meet the need")),
    (EndReason.CLOSED.value, _("We are closed at these times")),
]


class VisitQuerySet(models.QuerySet["Visit"]):
    def live(self) -> Self:
        """Booked, or held right now: a hold that has run out is none, whether or not anybody has swept it up."""
        return self.filter(Q(booked_at__isnull=False) | Q(held_until__gt=timezone.now()), ended_at=None)

    def with_status(self) -> Self:
        """Each with `status` in the words of FHIR R4; what a facility was asked for is proposed until it has chosen."""
        status = Case(
            When(booked_at__isnull=False, ended_at=None, then=Value("booked")),
            When(Q(ended_at__isnull=False) | Q(held_until__lte=timezone.now()), then=Value("cancelled")),
            When(slot__asked_in__isnull=False, then=Value("proposed")),
            default=Value("pending"),
        )
        return self.annotate(status=status)

    def at_the_counter(self) -> Self:
        """Held for a family that is asked right now: neither proposed to a facility nor offered to somebody who waits."""
        return self.live().filter(booked_at=None, slot__asked_in=None, held_until__lte=F("held_at") + Visit.HOLD)

    def booked(self) -> Self:
        return self.filter(booked_at__isnull=False, ended_at=None)

    def run_out(self) -> Self:
        """Holds whose time is over, and which still keep their number."""
        return self.filter(booked_at=None, ended_at=None, held_until__lte=timezone.now())


class Visit(models.Model):
    """One numbered place of a visiting time: held for a family for five minutes, and theirs once it is booked.

    No name stands in it (`VisitClient` bears whom it is for). The facility learns what it needs to prepare: the age group
    and the need in a few words.
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
    # Where the office that booked and the facility talk about it; none where nobody of the facility takes part.
    room = models.ForeignKey(TalkRoom, models.PROTECT, null=True, related_name="+")
    # The visit that was given up for this one.
    moved_from = models.OneToOneField("self", models.PROTECT, null=True, related_name="moved_to")
    # Who of the office that books comes along; while the visit is held or booked nobody else's visit takes them.
    accompanied_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    # From when to when they do: the database copies it from the time, so that it can compare.
    accompanied_during = DateTimeRangeField(null=True, editable=False)
    # Who gave a place beyond those of the time, or let somebody come along who is taken, knowingly; and why.
    overridden_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    overridden_reason = models.CharField(_("Reason of the exception"), max_length=2 * LONGEST_NEED + 3, blank=True)
    # Whoever accompanies may be taken elsewhere then.
    may_overlap = models.BooleanField(default=False)
    # When both sides were reminded of it, on the last working day before.
    reminded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # Nobody, where a hold ran out, and where the family ended it by their own key.
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
            # Held counts as taken, ended does not.
            ExclusionConstraint(
                name="nobody_accompanies_two_visits_at_once",
                expressions=[
                    ("accompanied_by", RangeOperators.EQUAL),
                    ("accompanied_during", RangeOperators.OVERLAPS),
                ],
                condition=Q(ended_at=None, may_overlap=False),
            ),
            models.CheckConstraint(
                name="an_exception_says_who_and_why",
                condition=Q(overridden_by=None, overridden_reason="", may_overlap=False)
                | Q(overridden_by__isnull=False) & ~Q(overridden_reason=""),
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
                | Q(
                    ended_at__isnull=False, ended_by=None, ended_reason__in=["self", "changed"], booked_at__isnull=False
                )
                | Q(ended_at__isnull=False, ended_by__isnull=False)
                & ~Q(ended_reason__in=["", "run_out", "self", "changed"]),
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
    def number(self) -> str:
        """By which people name it to one another on the telephone; it tells nothing."""
        digits = f"{self.pk.int % 10**8:08d}"
        return f"{digits[:4]}-{digits[4:]}"

    @property
    def is_exception(self) -> bool:
        """Booked, or held, beyond the rule by somebody who may."""
        return self.overridden_by_id is not None

    @property
    def is_held(self) -> bool:
        return self.booked_at is None and self.ended_at is None and self.held_until > timezone.now()

    @property
    def is_offered(self) -> bool:
        """Held longer than one sits at a counter, for somebody who waits for a place and has yet to be asked."""
        return self.held_until - self.held_at > self.HOLD and self.slot.asked_in_id is None

    @property
    def has_run_out(self) -> bool:
        """Held, never booked, and over."""
        never = self.booked_at is None and self.ended_reason in {"", EndReason.RUN_OUT}
        return never and self.held_until <= timezone.now()

    @property
    def is_cancelled(self) -> bool:
        return self.booked_at is not None and self.ended_at is not None

    @property
    def client_id(self) -> Any:
        """Whom it is for, as the ledger names them; None for a visit without a name."""
        behind = getattr(self, "for_whom", None)
        return None if behind is None else behind.client_id

    @property
    def state(self) -> str:
        """As FHIR R4 calls an appointment (domain.md §4.9)."""
        if self.is_booked:
            return "booked"
        return "pending" if self.is_held else "cancelled"

    def ends(self, *, at: datetime, reason: str, by: Member | None) -> None:
        self.ended_at, self.ended_reason, self.ended_by = at, reason, by
        self.save(update_fields=["ended_at", "ended_reason", "ended_by"])

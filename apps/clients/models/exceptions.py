"""Recorded legal exceptions: what opens a client to one person without consent, for hours, under everybody's eyes."""

import uuid
from datetime import datetime, timedelta
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.clients.models.clients import Client
from apps.environments.models import Environment, Member, Organization

BREAK_GLASS_LASTS = timedelta(hours=2)
# Domain rule C5.
REPORT_LASTS = timedelta(hours=72)
CONFIRMED_WITHIN = timedelta(hours=24)
REVIEWED_WITHIN = timedelta(days=3)
# How many clients one person can hold open by exception at the same time.
PLACES = 3


class ExceptionKind(models.TextChoices):
    """The two ways past a missing consent. The value is the purpose that every look bears in the ledger."""

    BREAK_GLASS = "break-glass", _("Emergency")
    REPORT = "report", _("Legal duty to report")


class Ground(models.TextChoices):
    """What the law knows as a reason: the first three in an emergency, the others to report an abuse."""

    LIFE = "life", _("Danger to life or body")
    DISASTER = "disaster", _("Disaster")
    MISSING = "missing", _("The person is missing")
    ELDER_ABUSE = "elder_abuse", _("Abuse of an elderly person (Elder Abuse Prevention Act, Art. 7)")
    CHILD_ABUSE = "child_abuse", _("Abuse of a child (Child Abuse Prevention Act, Art. 6)")
    DISABILITY_ABUSE = "disability_abuse", _("Abuse of a person with a disability (Act of 2011, Art. 7)")


OF_EMERGENCY = [Ground.LIFE, Ground.DISASTER, Ground.MISSING]
OF_REPORT = [Ground.ELDER_ABUSE, Ground.CHILD_ABUSE, Ground.DISABILITY_ABUSE]


class LegalExceptionQuerySet(models.QuerySet["LegalException"]):
    def open(self) -> Self:
        """Those that open their client now."""
        now = timezone.now()
        return self.filter(opens_at__lte=now, closes_at__gt=now, ended_at=None)

    def open_at(self, moment: datetime | None) -> Self:
        """Those that opened their client at a moment; now without one."""
        if moment is None:
            return self.open()
        lasting = Q(ended_at=None) | Q(ended_at__gt=moment)
        return self.filter(lasting, opens_at__lte=moment, closes_at__gt=moment)

    def unreviewed(self) -> Self:
        """Those that have opened a client and that nobody has judged yet."""
        return self.filter(opens_at__isnull=False, reviewed_at=None)

    def overdue(self) -> Self:
        return self.unreviewed().filter(opens_at__lt=timezone.now() - REVIEWED_WITHIN)


def span() -> Func:
    """From the asking until it ended, closes, or would have had to be confirmed."""
    end = Coalesce(F("ended_at"), F("closes_at"), F("confirm_until"))
    return Func(F("asked_at"), end, RangeBoundary(), function="tstzrange", output_field=DateTimeRangeField())


def never_two_at_once(name: str, *fields: str) -> ExclusionConstraint:
    expressions: list[Any] = [(field, RangeOperators.EQUAL) for field in fields]
    return ExclusionConstraint(name=name, expressions=[*expressions, (span(), RangeOperators.OVERLAPS)])


class LegalException(models.Model):
    """A client opened to one person without consent, for reading: in an emergency, or for the legal duty to report.

    An emergency opens at once, for two hours. A report opens for 72 hours when the second person who was named confirms
    it within a day. What was written stays: a column is filled once and never changed (wall in migration 0013), and no
    row is removed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, related_name="exceptions")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=ExceptionKind)
    ground = models.CharField(_("Reason"), max_length=24, choices=Ground)
    purpose = models.CharField(_("What it is needed for"), max_length=300)
    # Which of the person's places this one takes: scarce things are numbered, not counted.
    place = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField(default=timezone.now)
    second = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    confirm_until = models.DateTimeField(null=True)
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    # Before its time: by the person, by an admin, or by the second person who did not confirm.
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    reminded_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    is_justified = models.BooleanField(null=True)
    review_note = models.CharField(_("What you found"), max_length=300, blank=True)

    objects = ScopedManager(
        environment="environment", _manager_class=models.Manager.from_queryset(LegalExceptionQuerySet)
    )

    class Meta:
        ordering = ["-asked_at"]
        indexes = [
            # Serves the door: what has this person opened, and who has opened this client?
            models.Index(fields=["member", "client"], name="exceptions_of_a_person"),
            models.Index(fields=["client", "closes_at"], name="exceptions_for_a_client"),
            # Serves the reminder and the count of what waits for a judgement.
            models.Index(fields=["opens_at"], name="exceptions_to_review", condition=Q(reviewed_at=None)),
        ]
        constraints = [
            never_two_at_once("one_exception_per_person_and_client_at_a_time", "member", "client", "kind"),
            never_two_at_once("three_exceptions_per_person_at_a_time", "member", "place"),
            models.CheckConstraint(
                name="an_exception_takes_one_of_three_places", condition=Q(place__range=(1, PLACES))
            ),
            models.CheckConstraint(name="an_exception_says_what_it_is_for", condition=~Q(purpose="")),
            models.CheckConstraint(
                name="an_exception_has_a_reason_of_its_kind",
                condition=Q(kind="break-glass", ground__in=OF_EMERGENCY) | Q(kind="report", ground__in=OF_REPORT),
            ),
            models.CheckConstraint(
                name="an_emergency_opens_at_once_and_a_report_by_a_second_person",
                condition=Q(kind="break-glass", second=None, confirm_until=None, opens_at=F("asked_at"))
                | Q(kind="report", second__isnull=False, confirm_until__lte=F("asked_at") + CONFIRMED_WITHIN),
            ),
            models.CheckConstraint(
                name="nobody_confirms_a_report_of_their_own", condition=Q(second=None) | ~Q(second=F("member"))
            ),
            models.CheckConstraint(
                name="a_report_is_confirmed_in_time",
                condition=Q(opens_at=None) | Q(confirm_until=None) | Q(opens_at__lte=F("confirm_until")),
            ),
            models.CheckConstraint(
                name="an_exception_lasts_two_hours_or_seventy_two",
                condition=Q(opens_at=None, closes_at=None)
                | Q(kind="break-glass", closes_at__gt=F("opens_at"), closes_at__lte=F("opens_at") + BREAK_GLASS_LASTS)
                | Q(kind="report", closes_at__gt=F("opens_at"), closes_at__lte=F("opens_at") + REPORT_LASTS),
            ),
            models.CheckConstraint(
                name="an_early_end_has_its_time_and_hand",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__gte=F("asked_at"), ended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="a_review_has_its_time_hand_and_result",
                condition=Q(reviewed_at=None, reviewed_by=None, is_justified=None, review_note="")
                | Q(reviewed_at__gte=F("opens_at"), reviewed_by__isnull=False, is_justified__isnull=False)
                & ~Q(review_note=""),
            ),
            models.CheckConstraint(
                name="nobody_reviews_an_exception_of_their_own",
                condition=Q(reviewed_by=None)
                | ~Q(reviewed_by=F("member")) & (Q(second=None) | ~Q(reviewed_by=F("second"))),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        return self.opens_at is not None and self.ended_at is None and not self.has_closed

    @property
    def has_closed(self) -> bool:
        return self.closes_at is not None and self.closes_at <= timezone.now()

    @property
    def awaits_second(self) -> bool:
        """A report that may still be confirmed."""
        is_asked = self.opens_at is None and self.ended_at is None and self.confirm_until is not None
        return is_asked and timezone.now() < self.confirm_until  # type: ignore[operator]

    @property
    def was_never_opened(self) -> bool:
        return self.opens_at is None and not self.awaits_second

    @property
    def review_due_at(self) -> datetime | None:
        return None if self.opens_at is None else self.opens_at + REVIEWED_WITHIN

    @property
    def awaits_review(self) -> bool:
        return self.opens_at is not None and self.reviewed_at is None

    @property
    def is_overdue(self) -> bool:
        due = self.review_due_at
        return self.awaits_review and due is not None and due < timezone.now()

    @property
    def reference(self) -> str:
        """The client's internal reference: what is shown to people who may not know who it is."""
        return str(self.client_id)[:8].upper()


class SilentOrganization(models.Model):
    """An organization that hears nothing of a report, because somebody of it may be the one it is about."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    exception = models.ForeignKey(LegalException, models.PROTECT, related_name="silent")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="an_organization_is_kept_silent_once", fields=["exception", "organization"])
        ]

    def __str__(self) -> str:
        return str(self.pk)

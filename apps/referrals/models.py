"""Consultations, the facilities to which they lead, and every step of the way as it happened."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_scopes import ScopedManager

from apps.clients.models import Client
from apps.environments.models import Environment, Member, Organization
from apps.facilities.models import Facility
from apps.referrals.kinds import OVER, REASONS, DeclineReason, ReferralState, StepKind
from apps.referrals.standing import Standing, folded
from apps.visits.models import Visit


class Consultation(models.Model):
    """The day on which a family asked for help: from it the days to the start are counted, of every facility it leads to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    consulted_on = models.DateField()
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["-consulted_on", "pk"]
        constraints = [
            models.UniqueConstraint(name="a_client_consults_once_a_day", fields=["client", "consulted_on"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ReferralQuerySet(models.QuerySet["Referral"]):
    def under_way(self) -> Self:
        """Neither started nor ended without a start."""
        return self.exclude(state__in=OVER)


class Referral(models.Model):
    """One client and one facility that is approached for them. Where it stands is what its steps say, and nothing else: the
    database writes it, and refuses what they do not say."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="referrals")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    state = models.CharField(max_length=18, choices=ReferralState, default=ReferralState.CONSULTED)
    reached = models.CharField(max_length=12, default="consulted")
    application = models.CharField(max_length=7, blank=True)
    # The day of the last step.
    since_on = models.DateField()

    objects = ScopedManager(environment="environment", _manager_class=models.Manager.from_queryset(ReferralQuerySet))

    class Meta:
        ordering = ["since_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_facility_is_approached_once_in_a_consultation", fields=["consultation", "facility"]
            ),
            models.CheckConstraint(name="a_referral_stands_somewhere", condition=Q(state__in=ReferralState.values)),
        ]
        indexes = [
            # Serves "what is under way, the longest standing first".
            models.Index(
                name="referrals_under_way", fields=["environment", "since_on"], condition=~Q(state__in=[*OVER])
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def client(self) -> Client:
        return self.consultation.client

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    def recomputed(self) -> Standing:
        """Where it stands, from its steps alone."""
        return folded(self.consultation.consulted_on, self.steps.all())

    @property
    def days_standing(self) -> int:
        return (timezone.localdate() - self.since_on).days


class Step(models.Model):
    """What happened, on which day, and who said so. Never changed: a correction is a step of its own, with a reason."""

    LONGEST_WORDS = 200

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=18, choices=StepKind)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField(default=timezone.now)
    # Nobody, where a family has cancelled by its own key.
    recorded_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=13, choices=DeclineReason, blank=True)
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    # The visit from which it is known.
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["referral", "number"]
        constraints = [
            models.UniqueConstraint(name="steps_are_numbered_within_their_referral", fields=["referral", "number"]),
            # Who hears of a visit twice writes it down once.
            models.UniqueConstraint(
                name="a_visit_is_followed_once",
                fields=["referral", "visit", "kind"],
                condition=Q(visit__isnull=False),
            ),
            models.CheckConstraint(name="a_step_is_of_a_known_kind", condition=Q(kind__in=StepKind.values)),
            models.CheckConstraint(
                name="a_correction_says_what_and_why",
                condition=~Q(kind="corrected") & Q(corrects=None)
                | Q(kind="corrected", corrects__isnull=False) & ~Q(words=""),
            ),
            models.CheckConstraint(
                name="who_declines_says_why",
                condition=Q(kind="declined_by_office", reason__in=REASONS[StepKind.DECLINED_BY_OFFICE])
                | Q(kind="declined_by_family", reason__in=REASONS[StepKind.DECLINED_BY_FAMILY])
                | ~Q(kind__in=["declined_by_office", "declined_by_family"]) & Q(reason=""),
            ),
            models.CheckConstraint(
                name="a_step_is_told_by_somebody_or_by_a_visit",
                condition=Q(recorded_by__isnull=False) | Q(visit__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.referral_id}.{self.number}"

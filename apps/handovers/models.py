"""Access reviews: which places were asked about, who answered what, and when."""

import uuid
from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member, Organization


class Review(models.Model):
    """One time of asking, for every place of an environment, whether it is still needed (総務省 ガイドライン, ID inventory)."""

    LASTS: ClassVar[timedelta] = timedelta(days=14)
    # How long before the end those who have not answered are told.
    WARNS: ClassVar[timedelta] = timedelta(days=3)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    started_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    warned_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # Nobody, where time ran out.
    closed_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(name="one_review_at_a_time", fields=["environment"], condition=Q(closed_at=None)),
            models.CheckConstraint(name="a_review_is_due_after_it_starts", condition=Q(due_at__gt=F("started_at"))),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def last_day(self) -> date:
        """The last day for answers; the moment in which it is due belongs to the day after."""
        return timezone.localdate(self.due_at - timedelta(microseconds=1))


class Answer(models.TextChoices):
    KEEP = "keep", _("Still needed")
    SUSPEND = "suspend", _("Suspend")
    LAPSED = "lapsed", _("Not answered: suspended")


class ReviewedPlace(models.Model):
    """One place under review, with what it reached and when it was last used as the review began; and the answer."""

    UNUSED: ClassVar[timedelta] = timedelta(days=90)

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    review = models.ForeignKey(Review, models.PROTECT, related_name="places")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    clients = models.PositiveIntegerField()
    rooms = models.PositiveIntegerField()
    last_used_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_place_is_asked_about_once", fields=["review", "member"]),
            models.CheckConstraint(
                name="an_answer_has_its_time_and_hand",
                condition=Q(answer="", answered_at=None, answered_by=None)
                | Q(answer="lapsed", answered_at__isnull=False, answered_by=None)
                | Q(answer__in=["keep", "suspend"], answered_at__isnull=False, answered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="nobody_answers_for_themselves",
                condition=Q(answered_by=None) | ~Q(answered_by=F("member")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_unused(self) -> bool:
        """Whether the place had not been used for 90 days when the review began."""
        return (self.last_used_at or self.member.valid_from) < self.review.started_at - self.UNUSED


class Reviewer(models.Model):
    """Somebody of an organization who answers for its people in one review, beside the admins."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    review = models.ForeignKey(Review, models.PROTECT, related_name="reviewers")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_reviewer_per_organization", fields=["review", "organization"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)

"""Looks that somebody should ask about: by which rule, whose, and what a reviewer found. None of it is changed or removed."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_scopes import ScopedManager

from apps.clients.models import Client
from apps.environments.models import Environment, Member


class Rule(models.TextChoices):
    """Why a look is called unusual. It is a reason to ask, not a reproach."""

    TEAM = "team", pgettext_lazy("unusual", "Not on the team")
    HOURS = "hours", pgettext_lazy("unusual", "Outside working hours")
    MANY = "many", pgettext_lazy("unusual", "Many clients in a short time")
    RELATIVES = "relatives", pgettext_lazy("unusual", "Perhaps a relative")


class Finding(models.TextChoices):
    EXPLAINED = "explained", pgettext_lazy("unusual", "It was part of the work")
    MISTAKE = "mistake", pgettext_lazy("unusual", "It was a mistake, and the person was told")
    MISUSE = "misuse", pgettext_lazy("unusual", "It was not allowed, and the head of the office was told")


class Watch(models.Model):
    """What counts as unusual here, from when on: the newest holds. Without one, the columns' defaults do."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    begins_hour = models.PositiveSmallIntegerField(_("Working hours begin at"), default=7)
    ends_hour = models.PositiveSmallIntegerField(_("Working hours end at"), default=21)
    many_clients = models.PositiveSmallIntegerField(_("Clients within one hour"), default=30)
    review_days = models.PositiveSmallIntegerField(_("Days for a review"), default=7)
    set_at = models.DateTimeField(default=timezone.now)
    set_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="watched_hours_are_hours_of_a_day",
                condition=Q(begins_hour__lt=F("ends_hour"), ends_hour__lte=24),
            ),
            models.CheckConstraint(name="many_is_more_than_one", condition=Q(many_clients__gte=2)),
            models.CheckConstraint(name="a_review_has_days", condition=Q(review_days__gte=1) & Q(review_days__lte=90)),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Unusual(models.Model):
    """One person's looks of one day that a rule calls unusual; of one client where the rule speaks of one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    rule = models.CharField(max_length=12, choices=Rule)
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, null=True, related_name="+")
    day = models.DateField()
    found_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="unusual_once_a_day", fields=["rule", "member", "client", "day"], nulls_distinct=False
            ),
            models.CheckConstraint(name="a_review_is_due_later", condition=Q(due_at__gt=F("found_at"))),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_reviewed(self) -> bool:
        return hasattr(self, "review")

    @property
    def is_overdue(self) -> bool:
        return not self.is_reviewed and self.due_at <= timezone.now()


class UnusualReview(models.Model):
    """What a reviewer found out."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    unusual = models.OneToOneField(Unusual, models.PROTECT, related_name="review")
    reviewed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(default=timezone.now)
    finding = models.CharField(_("Finding"), max_length=12, choices=Finding)
    words = models.CharField(_("What you found out"), max_length=500)

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [models.CheckConstraint(name="a_review_says_what_was_found", condition=~Q(words=""))]

    def __str__(self) -> str:
        return str(self.pk)


# An hour's look reaches back over this, so that a night without a worker leaves nothing out.
LOOKS_BACK = timedelta(days=3)

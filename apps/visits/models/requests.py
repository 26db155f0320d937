"""What an office asks of a facility that publishes no fitting time: up to three proposals, of which it picks one."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member
from apps.facilities.models import Facility
from apps.paper.kinds import Channel
from apps.paper.models import Sheet


class VisitRequestQuerySet(models.QuerySet["VisitRequest"]):
    def waiting(self) -> Self:
        """Those that the facility can still answer."""
        return self.filter(ended_at=None, due_at__gt=timezone.now())

    def run_out(self) -> Self:
        """Those whose time is over, and of which nobody has written that it is."""
        return self.filter(ended_at=None, due_at__lte=timezone.now())


class Outcome(models.TextChoices):
    """How a request came to its end."""

    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    TAKEN_BACK = "taken_back", _("Taken back")
    RUN_OUT = "run_out", _("Not answered in time")


class VisitRequest(models.Model):
    """A facility is asked to receive a family at one of up to three times, until a due time.

    Each proposed time is a slot of its own for one family, with its place held until then: so it takes the facility's
    hour and whoever accompanies, as any held place does, and what is accepted is booked as any held place is.
    """

    MOST_PROPOSALS = 3

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="visit_requests")
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # Nobody, where it was not answered in time, and where it was by whoever holds its sheet.
    ended_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    # How the facility's answer came.
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.ACCOUNT)

    objects = ScopedManager(
        environment="environment", _manager_class=models.Manager.from_queryset(VisitRequestQuerySet)
    )

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.CheckConstraint(name="a_request_leaves_time_to_answer", condition=Q(due_at__gt=F("asked_at"))),
            models.CheckConstraint(
                name="a_request_that_ended_says_how_and_by_whom",
                condition=Q(ended_at=None, ended_by=None, outcome="")
                | Q(ended_at__isnull=False, ended_by=None, outcome="run_out")
                | Q(ended_at__isnull=False, ended_by__isnull=False, outcome__in=["accepted", "declined", "taken_back"])
                | Q(ended_at__isnull=False, ended_by=None, channel="code", outcome__in=["accepted", "declined"]),
            ),
            models.CheckConstraint(
                name="a_request_is_accepted_in_time", condition=~Q(outcome="accepted") | Q(ended_at__lt=F("due_at"))
            ),
        ]
        indexes = [
            # Serves the worker that ends what was not answered, and the lists of what waits.
            models.Index(name="visit_requests_waiting", fields=["due_at"], condition=Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_waiting(self) -> bool:
        return self.ended_at is None and self.due_at > timezone.now()


class RequestSheet(models.Model):
    """A sheet of paper that was printed for the facility of a request; of several the one that was not replaced counts."""

    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    request = models.ForeignKey(VisitRequest, models.PROTECT, related_name="sheets")
    sheet = models.OneToOneField(Sheet, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True)

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_sheet_of_a_request_counts", fields=["request"], condition=Q(replaced_at=None)
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

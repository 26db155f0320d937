"""Whom a survey asks, and what each of them answered."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member, Organization
from apps.facilities.models import Facility
from apps.paper.kinds import Channel
from apps.surveys.models.surveys import Question, Survey


class Recipient(models.Model):
    """One office that is asked. Its people answer once for it, whoever takes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="recipients")
    number = models.PositiveIntegerField()
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    # One service of an office, which may have no account at all.
    facility = models.ForeignKey(Facility, models.PROTECT, null=True, related_name="+")
    reminded_at = models.DateTimeField(null=True)

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["survey", "number"]
        constraints = [
            models.UniqueConstraint(name="recipients_are_numbered_within_their_survey", fields=["survey", "number"]),
            models.UniqueConstraint(name="an_organization_is_asked_once", fields=["survey", "organization"]),
            models.UniqueConstraint(name="a_facility_is_asked_once", fields=["survey", "facility"]),
            models.CheckConstraint(
                name="a_recipient_is_an_organization_or_a_facility",
                condition=Q(organization__isnull=False, facility=None) | Q(organization=None, facility__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def name(self) -> str:
        """The office's or the facility's name."""
        if self.facility is not None:
            return self.facility.name
        return self.organization.name if self.organization is not None else ""

    @property
    def office_id(self) -> Any:
        """The organization whose people answer; none where a facility takes part without one."""
        return self.facility.organization_id if self.facility is not None else self.organization_id


class Reply(models.Model):
    """What one recipient answers: saved for later until it is sent, changed until the survey is due."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    recipient = models.OneToOneField(Recipient, models.CASCADE, related_name="reply")
    # Counts how often it was saved: of two who save at once, the second is told.
    version = models.PositiveIntegerField(default=1)
    # When it was sent for the first time; empty while it is only saved.
    sent_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(default=timezone.now)
    # Nobody, where it came without an account.
    answered_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    # Entered by the organization that asks, for the office.
    is_proxy = models.BooleanField(default=False)
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.ACCOUNT)

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_answer_with_an_account_or_for_another_says_by_whom",
                condition=Q(answered_by__isnull=False) | Q(is_proxy=False, channel__in=["code", "paper"]),
            ),
            models.CheckConstraint(
                name="only_somebody_else_answers_by_phone", condition=~Q(channel="phone") | Q(is_proxy=True)
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_sent(self) -> bool:
        return self.sent_at is not None


class Answer(models.Model):
    """The answer to one question, in the shape of its kind (values.py). No answer is no row."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    reply = models.ForeignKey(Reply, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    value = models.JSONField()

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_question_is_answered_once", fields=["reply", "question"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)

"""The family's way to the ledger: a code on paper, what they ask about an entry, and whether names are told."""

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

# How long a code opens, and within how many days a question is to be answered.
CODE_LASTS, ANSWER_WITHIN = timedelta(days=30), timedelta(days=14)


class Identity(models.TextChoices):
    """How the desk made sure who asked."""

    CARD = "card", pgettext_lazy("identity", "Card with a photo, such as a driver's licence")
    TWO = "two", pgettext_lazy("identity", "Two papers without a photo")
    PROXY = "proxy", pgettext_lazy("identity", "Power of attorney, and the paper of who came")


class FamilyPolicy(models.Model):
    """Whether families are told the names of those who looked: the newest holds, and without one they are not."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    shows_names = models.BooleanField(_("Show families the names of those who looked"), default=False)
    set_at = models.DateTimeField(default=timezone.now)
    set_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = ScopedManager(environment="environment")

    def __str__(self) -> str:
        return str(self.pk)


class FamilyCode(models.Model):
    """What stands on the paper: whoever holds it reads who looked at this one client, and nothing else, until it ends."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    # No two of the whole installation are the same: who holds one has said no environment.
    code = models.CharField(max_length=19, unique=True)
    asked_by = models.CharField(_("Who asks"), max_length=40)
    identity = models.CharField(_("How was it made sure who asks?"), max_length=8, choices=Identity)
    issued_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["-issued_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_family_code_is_long", condition=Q(code__regex=r"^([2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}$")
            ),
            models.CheckConstraint(name="a_family_code_ends", condition=Q(expires_at__gt=F("issued_at"))),
            models.CheckConstraint(
                name="a_revoked_code_has_its_time_and_hand",
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None and timezone.now() < self.expires_at


class FamilyQuestion(models.Model):
    """ "What was this?", asked of one entry; somebody who watches over the environment answers it by a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    code = models.ForeignKey(FamilyCode, models.PROTECT, related_name="questions")
    entry_id = models.BigIntegerField()
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    answer = models.CharField(_("Answer to the family"), max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(name="an_entry_is_asked_about_once", fields=["code", "entry_id"]),
            models.CheckConstraint(name="an_answer_is_due_later", condition=Q(due_at__gt=F("asked_at"))),
            models.CheckConstraint(
                name="an_answer_has_its_words_time_and_hand",
                condition=Q(answer="", answered_at=None, answered_by=None)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_overdue(self) -> bool:
        return self.answered_at is None and self.due_at <= timezone.now()

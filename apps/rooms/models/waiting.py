"""Messages that are not sent yet, and how a person likes to write."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member
from apps.rooms.models.messages import AskedOf
from apps.rooms.models.rooms import TalkRoom

# How long a message can be taken back before anybody has it (journey A6).
UNDO_SECONDS = 10


class WaitingMessage(models.Model):
    """A message that only its author knows of, until it is due: held for a moment to be taken back, or written for later.

    When it has been sent there is no such row any more. One that was refused when it was due stays with the reason.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    room = models.ForeignKey(TalkRoom, models.PROTECT, related_name="waiting")
    author = models.ForeignKey(Member, models.PROTECT, related_name="+")
    body = models.TextField()
    # Ids of the author's own uploads that go with it; attached to nothing before it is sent.
    attached = ArrayField(models.UUIDField(), default=list, blank=True)
    # The number of the message of the room that it answers.
    answers = models.BigIntegerField(null=True, blank=True)
    # Whose confirmation is asked for with it; empty where none is.
    asked_of = models.CharField(max_length=13, choices=AskedOf, blank=True, default="", db_default="")
    # The key under which it is sent: however often that is tried, it is one message.
    client_key = models.UUIDField()
    written_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    is_scheduled = models.BooleanField(default=False)
    refused = models.CharField(max_length=40, blank=True)
    refusal = models.CharField(max_length=300, blank=True)

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["due_at", "written_at"]
        constraints = [
            models.UniqueConstraint(name="a_message_waits_once", fields=["author", "client_key"]),
            models.CheckConstraint(
                name="what_waits_says_something_of_bearable_length",
                condition=Q(LessThanOrEqual(Length("body"), 10_000))
                & (Q(GreaterThanOrEqual(Length("body"), 1)) | ~Q(attached=[])),
            ),
            models.CheckConstraint(
                name="what_waits_asks_somebody_to_confirm_or_nobody",
                condition=Q(asked_of__in=["", *AskedOf.values]),
            ),
            models.CheckConstraint(
                name="a_refused_message_says_why",
                condition=Q(refused="", refusal="") | ~Q(refused="") & ~Q(refusal=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def seconds_left(self) -> float:
        return max(0.0, (self.due_at - timezone.now()).total_seconds())


class SendKey(models.TextChoices):
    CTRL_ENTER = "ctrl_enter", _("Ctrl + Enter sends, Enter begins a new line")
    ENTER = "enter", _("Enter sends, Shift + Enter begins a new line")


class WritingHabits(models.Model):
    """How one person likes to write; where there is no row, the usual way."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    member = models.OneToOneField(Member, models.PROTECT, related_name="+")
    can_undo = models.BooleanField(_("Send after 10 seconds, so that a message can still be taken back"), default=True)
    send_key = models.CharField(_("How the keyboard sends"), max_length=10, choices=SendKey, default=SendKey.CTRL_ENTER)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ScopedManager(environment="environment")

    def __str__(self) -> str:
        return str(self.pk)

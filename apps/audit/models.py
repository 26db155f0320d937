"""Entries of the ledger. They point by id only: the ledger outlives what it speaks of."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django_scopes import get_scope


class Outcome(models.TextChoices):
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")


class Channel(models.TextChoices):
    """The entrance somebody came through."""

    PAGE = "page", _("page")
    API = "api", _("API")
    SOCKET = "socket", _("live connection")
    COMMAND = "command", _("command line")


class EntryManager(models.Manager["Entry"]):
    """Entries of the place the code stands in: the open environment, or none."""

    def get_queryset(self) -> models.QuerySet["Entry"]:
        environment = get_scope().get("environment")
        return super().get_queryset().filter(environment_id=environment.pk if environment is not None else None)


class Entry(models.Model):
    """One deed or look: who, what, on whom, with which outcome, from where and why.

    Never changed, never removed (triggers and missing rights, migration 0002). No foreign keys, no names, no contents:
    ids, verbs and counts. The sealer that numbers and hashes entries keeps its work in tables of its own.
    """

    id = models.BigAutoField(primary_key=True)
    recorded_at = models.DateTimeField(db_default=Now())
    # Empty for what happens before somebody has chosen an environment, such as a refused sign-in.
    environment_id = models.UUIDField(null=True)

    user_id = models.UUIDField(null=True)
    member_id = models.UUIDField(null=True)
    role = models.CharField(max_length=16, blank=True)
    organization_id = models.UUIDField(null=True)

    verb = models.CharField(max_length=64)
    subject_kind = models.CharField(max_length=64, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    client_id = models.UUIDField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.DONE)
    reason = models.CharField(max_length=64, blank=True)
    purpose = models.CharField(max_length=64, blank=True)
    detail = models.JSONField(default=dict, blank=True)

    channel = models.CharField(max_length=8, choices=Channel)
    address = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=16, blank=True)

    objects: ClassVar[EntryManager] = EntryManager()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            # Serve "who looked at this client" and "what did this person do", newest first.
            models.Index(fields=["environment_id", "client_id", "-recorded_at"], name="audit_of_a_client"),
            models.Index(fields=["environment_id", "member_id", "-recorded_at"], name="audit_of_a_member"),
            # Serves the coalescing of looks.
            models.Index(fields=["member_id", "subject_id", "verb", "-recorded_at"], name="audit_looks"),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_refusal_has_a_reason",
                condition=models.Q(outcome="done") | ~models.Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.outcome}"

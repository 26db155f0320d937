"""Entries of the ledger. They point by id only: the ledger outlives what it speaks of."""

from typing import Any, ClassVar, TypeVar

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


Row = TypeVar("Row", bound=models.Model)


class OfThePlace(models.Manager[Row]):
    """Rows of the place the code stands in: the open environment, or none."""

    def get_queryset(self) -> models.QuerySet[Row]:
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

    objects: ClassVar[OfThePlace[Any]] = OfThePlace()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            # Serve "who looked at this client" and "what did this person do", newest first.
            models.Index(fields=["environment_id", "client_id", "-recorded_at"], name="audit_of_a_client"),
            models.Index(fields=["environment_id", "member_id", "-recorded_at"], name="audit_of_a_member"),
            # Serves the coalescing of looks.
            models.Index(fields=["member_id", "subject_id", "verb", "-recorded_at"], name="audit_looks"),
            # Serves the sealer, and the ledger's page from the newest entry on.
            models.Index(fields=["environment_id", "id"], name="audit_of_an_environment"),
            # Serve the auditor's questions: by time, by organization, and what was refused.
            models.Index(fields=["environment_id", "-recorded_at", "-id"], name="audit_by_time"),
            models.Index(fields=["environment_id", "organization_id", "-recorded_at"], name="audit_of_an_organization"),
            models.Index(
                fields=["environment_id", "-recorded_at"],
                name="audit_refusals",
                condition=models.Q(outcome=Outcome.REFUSED),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_refusal_has_a_reason",
                condition=models.Q(outcome="done") | ~models.Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.outcome}"


# -- what the sealer writes: append-only like the entries, and never in the tables that people's deeds are written into


class Leaf(models.Model):
    """An entry's number in its environment, without gaps from 1, and the hash of its canonical form when it was numbered."""

    entry_id = models.BigIntegerField(primary_key=True)
    environment_id = models.UUIDField(null=True)
    number = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[OfThePlace[Any]] = OfThePlace()

    class Meta:
        verbose_name_plural = "leaves"
        constraints = [
            models.UniqueConstraint(
                name="a_number_is_given_once", fields=["environment_id", "number"], nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Tile(models.Model):
    """The hash over 256 whole leaves (level 1), or over 256 whole tiles of the level below: merkle.py says what for."""

    environment_id = models.UUIDField(null=True)
    level = models.PositiveSmallIntegerField()
    number = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    objects: ClassVar[OfThePlace[Any]] = OfThePlace()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_tile_is_hashed_once", fields=["environment_id", "level", "number"], nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level}/{self.number}"


class SigningKey(models.Model):
    """An Ed25519 key that signs an environment's tree heads. The newest signs; old ones stay, so that their heads do too."""

    environment_id = models.UUIDField(null=True)
    number = models.PositiveIntegerField()
    public = models.BinaryField(max_length=32)
    # By the vault: without CARENET_DATA_KEYS nobody signs with it, whoever reads the database.
    locked = models.BinaryField()
    # The signature of the key before it; of the first key its own.
    endorsement = models.BinaryField(max_length=64)
    made_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[OfThePlace[Any]] = OfThePlace()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_key_follows_another_once", fields=["environment_id", "number"], nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class TreeHead(models.Model):
    """A signed promise: the first `size` entries of an environment have this root."""

    environment_id = models.UUIDField(null=True)
    size = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    signed_at = models.DateTimeField()
    key_number = models.PositiveIntegerField()
    signature = models.BinaryField(max_length=64)

    objects: ClassVar[OfThePlace[Any]] = OfThePlace()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_size_is_signed_once", fields=["environment_id", "size"], nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return str(self.size)

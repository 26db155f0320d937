"""Files on their way: what has been announced, and the pieces that have arrived."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member


class Upload(models.Model):
    """A file on its way: announced with its length, filled from the beginning, thrown away when it waits too long."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    size = models.BigIntegerField()
    # How many bytes have arrived and are stored; moved under the row's lock together with the piece.
    arrived = models.BigIntegerField(default=0)
    begun_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_upload_is_filled_up_to_its_size",
                condition=Q(size__gt=0, arrived__gte=0, arrived__lte=F("size")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_whole(self) -> bool:
        return self.arrived == self.size


class UploadPiece(models.Model):
    """A run of bytes of an upload, in storage by itself: no storage lets a file be continued, but all take another."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    upload = models.ForeignKey(Upload, models.CASCADE, related_name="pieces")
    begins_at = models.BigIntegerField()
    size = models.BigIntegerField()
    stored_as = models.CharField(max_length=120, unique=True)

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["begins_at"]
        constraints = [
            models.UniqueConstraint(name="two_pieces_never_begin_alike", fields=["upload", "begins_at"]),
            models.CheckConstraint(name="a_piece_holds_something", condition=Q(size__gt=0, begins_at__gte=0)),
        ]

    def __str__(self) -> str:
        return str(self.pk)

"""Files that go with a message."""

from django.db import models
from django.db.models import Q
from django_scopes import ScopedManager

from apps.environments.models import Environment
from apps.files.models import StoredFile
from apps.rooms.models.messages import Message


class Attachment(models.Model):
    """A file at its place in a message, from 1. Whoever may read the message may open it, and nobody else."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    message = models.ForeignKey(Message, models.PROTECT, related_name="attachments")
    place = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["message_id", "place"]
        constraints = [
            models.UniqueConstraint(name="attachments_have_places_in_their_message", fields=["message", "place"]),
            models.UniqueConstraint(name="a_file_is_in_a_message_once", fields=["message", "file"]),
            models.CheckConstraint(name="places_in_a_message_begin_at_one", condition=Q(place__gte=1)),
        ]

    def __str__(self) -> str:
        return str(self.pk)

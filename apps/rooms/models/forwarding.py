"""Which message was said again in which other room."""

from django.db import models
from django.db.models import F, Q
from django_scopes import ScopedManager

from apps.environments.models import Environment
from apps.rooms.models.messages import Message


class Forwarding(models.Model):
    """A message that says another one again. Where that stands is told to whoever reads it there, and to nobody else."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    message = models.OneToOneField(Message, models.PROTECT, related_name="forwarding")
    source = models.ForeignKey(Message, models.PROTECT, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_message_forwards_another_one_that_was_there", condition=Q(source__lt=F("message"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

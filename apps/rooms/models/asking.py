"""Messages whose receivers are asked to say that they have taken note, and who has said so."""

from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member
from apps.rooms.models.messages import Message


class Ask(models.Model):
    """The author of a message asks whoever is in the room then to confirm that they have taken note of it: as its `asked_of` says."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    message = models.OneToOneField(Message, models.PROTECT, related_name="ask")
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    reminded_at = models.DateTimeField(null=True)

    objects = ScopedManager(environment="environment")

    def __str__(self) -> str:
        return str(self.pk)


class Acknowledgement(models.Model):
    """Somebody has said that they have taken note of a message. Never changed and never taken back."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    ask = models.ForeignKey(Ask, models.PROTECT, related_name="acknowledgements")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(default=timezone.now)

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["acknowledged_at"]
        constraints = [
            models.UniqueConstraint(name="a_person_confirms_a_message_once", fields=["ask", "member"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)

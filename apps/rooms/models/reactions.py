"""What people answer to a message without a message."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member
from apps.rooms.models.messages import Message


class ReactionKind(models.TextChoices):
    """What one says at work without many words."""

    SEEN = "seen", _("I have checked it")
    ON_IT = "on_it", _("I will see to it")
    UNDERSTOOD = "understood", _("Understood")
    THANKS = "thanks", _("Thank you")
    GOOD_WORK = "good_work", _("Thank you for your work")
    HELPED = "helped", _("That helps")


class Reaction(models.Model):
    """A person's answer to a message in one of the set phrases; each phrase once. Nobody is notified and nothing is unread."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    message = models.ForeignKey(Message, models.PROTECT, related_name="reactions", db_index=False)
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ReactionKind)
    reacted_at = models.DateTimeField(default=timezone.now)

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["pk"]
        constraints = [
            # Its index serves the counts of a page of messages.
            models.UniqueConstraint(name="each_reaction_once_by_a_person", fields=["message", "kind", "member"]),
            models.CheckConstraint(name="reactions_are_of_the_set", condition=models.Q(kind__in=ReactionKind.values)),
        ]

    def __str__(self) -> str:
        return str(self.pk)

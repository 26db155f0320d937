"""Messages, numbered within their room."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length, Now
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member
from apps.rooms.models.rooms import TalkRoom


class Message(models.Model):
    """One message, numbered within its room. Written only by the database function `rooms_append`."""

    LONGEST = 10_000

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    room = models.ForeignKey(TalkRoom, models.PROTECT, related_name="messages")
    number = models.BigIntegerField()
    author = models.ForeignKey(Member, models.PROTECT, related_name="+")
    body = models.TextField()
    # Chosen by the sender's device: the same key sent again is the same message.
    client_key = models.UUIDField()
    posted_at = models.DateTimeField(db_default=Now())

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="messages_are_numbered_within_their_room", fields=["room", "number"]),
            models.UniqueConstraint(name="a_message_sent_again_is_the_same", fields=["author", "client_key"]),
            models.CheckConstraint(name="message_numbers_begin_at_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="a_message_says_something_of_bearable_length",
                condition=Q(GreaterThanOrEqual(Length("body"), 1)) & Q(LessThanOrEqual(Length("body"), 10_000)),
            ),
        ]

    def __str__(self) -> str:
        return f"@{self.number}"

"""What somebody has begun to write in a room and not sent."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.utils import timezone
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member
from apps.rooms.models.rooms import TalkRoom


class Draft(models.Model):
    """A text that its author has not sent, one in a room; the same on all their devices, and nobody else's.

    It is kept on the server and not on the device: phone and desk agree, and a lost or signed-out device holds none of it.
    """

    LONGEST = 10_000

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    room = models.ForeignKey(TalkRoom, models.PROTECT, related_name="drafts")
    # The uniqueness begins with the member and serves their list.
    member = models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False)
    body = models.TextField()
    # The number of the message of the room that it is to answer.
    answers = models.BigIntegerField(null=True, blank=True)
    written_at = models.DateTimeField(default=timezone.now)

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_draft_per_person_and_room", fields=["member", "room"]),
            models.CheckConstraint(
                name="a_draft_says_something_of_bearable_length",
                condition=Q(GreaterThanOrEqual(Length("body"), 1), LessThanOrEqual(Length("body"), 10_000)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

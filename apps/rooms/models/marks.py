"""How far each person has read."""

from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member
from apps.rooms.models.rooms import TalkRoom


class ReadMark(models.Model):
    """The highest number a member has had on screen in a room. Moves forward only, and never by being connected."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    room = models.ForeignKey(TalkRoom, models.PROTECT, related_name="read_marks")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    number = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField(default=timezone.now)

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [models.UniqueConstraint(name="one_read_mark_per_person_and_room", fields=["member", "room"])]

    def __str__(self) -> str:
        return f"@{self.number}"


class RoomPin(models.Model):
    """A room that a member wants at the head of their list."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    room = models.ForeignKey(TalkRoom, models.PROTECT, related_name="pins")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    pinned_at = models.DateTimeField(default=timezone.now)

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [models.UniqueConstraint(name="a_room_is_pinned_once", fields=["member", "room"])]

    def __str__(self) -> str:
        return str(self.pk)

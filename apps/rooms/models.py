"""Talk rooms, who is in them from when until when, their numbered messages and how far each person has read."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length, Now
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from apps.clients.models import Client
from apps.environments.models import Environment, Member
from apps.kernel.periods import Period, PeriodQuerySet, ends_after_it_begins, one_at_a_time


class RoomKind(models.TextChoices):
    CLIENT = "client", _("Client room")
    GROUP = "group", _("Theme room")
    PAIR = "pair", _("Pair talk")
    ANNOUNCEMENT = "announcement", _("Announcements")


class TalkRoom(models.Model):
    """A room in which people talk: about one client, or about a theme without any client's data."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    kind = models.CharField(_("Kind"), max_length=16, choices=RoomKind)
    client = models.ForeignKey(Client, models.PROTECT, null=True, blank=True, related_name="rooms")
    title = models.CharField(_("Title"), max_length=80, blank=True)
    # Owned by the append function, which moves it under the room's row lock: messages are numbered without gaps.
    last_number = models.BigIntegerField(default=0)
    last_posted_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="client_rooms_and_only_they_have_a_client",
                condition=Q(kind="client", client__isnull=False) | (~Q(kind="client") & Q(client=None)),
            ),
            models.CheckConstraint(
                name="theme_rooms_have_a_title", condition=Q(client__isnull=False) | Q(kind="pair") | ~Q(title="")
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class RoomMembership(Period):
    """A member's time in a room. Never deleted; a person who comes back begins a new one."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    room = models.ForeignKey(TalkRoom, models.PROTECT, related_name="memberships")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    # Nothing written before this is shown to the member; empty means everything.
    history_from = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)
    admitted_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    removed_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager(environment="environment", _manager_class=models.Manager.from_queryset(PeriodQuerySet))

    class Meta:
        constraints = [
            ends_after_it_begins("room_membership_ends_after_it_begins"),
            one_at_a_time("one_membership_per_room_at_a_time", "room", "member"),
        ]
        # Serves the room list of a person.
        indexes = [models.Index(fields=["member", "room"], name="rooms_of_a_member")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        now = timezone.now()
        return self.valid_from <= now and (self.valid_to is None or now < self.valid_to)


class TalkRoomUserObjectPermission(UserObjectPermissionBase):
    """The present tense of a membership, for django-guardian; written by `admit` and `remove` together with it."""

    content_object = models.ForeignKey(TalkRoom, models.CASCADE)
    environment = models.ForeignKey(Environment, models.CASCADE, related_name="+", editable=False)


class TalkRoomGroupObjectPermission(GroupObjectPermissionBase):
    """Needed by django-guardian beside the personal grants; no group is ever granted a room."""

    content_object = models.ForeignKey(TalkRoom, models.CASCADE)
    environment = models.ForeignKey(Environment, models.CASCADE, related_name="+", editable=False)

    class Meta(GroupObjectPermissionBase.Meta):
        constraints = [models.CheckConstraint(name="no_group_is_granted_a_room", condition=Q(pk=None))]


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

"""Who is in a room, from when until when, and how far back they read."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member
from apps.kernel.periods import Period, PeriodQuerySet, ends_after_it_begins, one_at_a_time
from apps.rooms.models.rooms import TalkRoom


class RoomRole(models.TextChoices):
    """What a member may do in a room. In a client's room and in a talk of two everybody writes."""

    # Administers a theme room or announcements: who is in it, as what, what it is called.
    OWNER = "owner", _("Owner")
    WRITER = "writer", _("Reads and writes")
    # In announcements only.
    READER = "reader", _("Reads")


# What somebody who has just come in is shown, if their admission began with themselves: the two moments are written
# a little apart.
ONE_MOMENT = timedelta(minutes=1)


class RoomMembership(Period):
    """A member's time in a room. Never deleted; a person who comes back begins a new one."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    room = models.ForeignKey(TalkRoom, models.PROTECT, related_name="memberships")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    role = models.CharField(_("Role in the room"), max_length=8, choices=RoomRole, default=RoomRole.WRITER)
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
    def begins_with_admission(self) -> bool:
        """Whether nothing from before the admission is shown."""
        return self.history_from is not None and abs(self.history_from - self.valid_from) < ONE_MOMENT

    @property
    def is_open(self) -> bool:
        now = timezone.now()
        return self.valid_from <= now and (self.valid_to is None or now < self.valid_to)

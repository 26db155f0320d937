"""Who is in a room, from when until when, and how far back they read."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member
from apps.kernel.periods import Period, PeriodQuerySet, ends_after_it_begins, one_at_a_time
from apps.rooms.models.rooms import TalkRoom


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

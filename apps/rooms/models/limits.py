"""How much an environment allows in its talk rooms."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member

# What holds where an admin has said nothing; the database's trigger knows the same numbers (migration 0010).
MEMBERS_PER_ROOM, ROOMS_PER_PERSON = 500, 500
MOST = 5_000


class SeenShown(models.TextChoices):
    """Who is told by how many a message has been seen, and by whom."""

    SENDER = "sender", _("Whoever wrote it")
    READERS = "readers", _("Everybody who reads it")
    NOBODY = "nobody", _("Nobody is told")


class RoomLimits(models.Model):
    """What an environment's admin has said of its rooms; where there is no row, the usual limits hold."""

    id = models.BigAutoField(primary_key=True)
    environment = models.OneToOneField(Environment, models.PROTECT, related_name="+")
    members_per_room = models.PositiveIntegerField(
        _("Members in a room"), default=MEMBERS_PER_ROOM, validators=[MinValueValidator(2), MaxValueValidator(MOST)]
    )
    rooms_per_person = models.PositiveIntegerField(
        _("Rooms of a person"), default=ROOMS_PER_PERSON, validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    seen_shown_to = models.CharField(
        _("Who is told that a message has been seen"), max_length=8, choices=SeenShown, default=SeenShown.SENDER
    )
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rooms_have_place_for_two_and_people_for_a_room",
                condition=Q(members_per_room__range=(2, MOST), rooms_per_person__range=(1, MOST)),
            ),
            models.CheckConstraint(
                name="seeing_is_told_to_somebody_that_there_is",
                condition=Q(seen_shown_to__in=SeenShown.values),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

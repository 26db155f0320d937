"""Talk rooms, and the grants by which django-guardian knows who is in them."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from apps.clients.models import Client
from apps.environments.models import Environment, Member


class RoomKind(models.TextChoices):
    CLIENT = "client", _("Client room")
    GROUP = "group", _("Theme room")
    PAIR = "pair", _("Pair talk")
    ANNOUNCEMENT = "announcement", _("Announcements")


class Classification(models.TextChoices):
    """What is written in a room counts as, on which depends how long it is kept (domain rule R1, journey C7)."""

    SUPPORT_RECORD = "support_record", _("Support record")
    OFFICE_MATTER = "office_matter", _("Office matter")


class TalkRoom(models.Model):
    """A room in which people talk: about one client, or about a theme without any client's data."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    kind = models.CharField(_("Kind"), max_length=16, choices=RoomKind)
    client = models.ForeignKey(Client, models.PROTECT, null=True, blank=True, related_name="rooms")
    # Whose talk it is, where it is one of two people: in the order of their keys, so that they have only one.
    pair_first = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    pair_second = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(_("Title"), max_length=80, blank=True)
    purpose = models.CharField(_("Purpose"), max_length=200, blank=True)
    classification = models.CharField(
        _("Classification"), max_length=16, choices=Classification, default=Classification.OFFICE_MATTER
    )
    # Owned by the append function, which moves it under the room's row lock: messages are numbered without gaps.
    last_number = models.BigIntegerField(default=0)
    last_posted_at = models.DateTimeField(null=True)
    # Edits, removals and the like, numbered under the same lock: whoever has seen so many has missed none before.
    last_change = models.BigIntegerField(default=0, editable=False)
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    # While a room is archived it is read and not written in; the append function asks too.
    archived_at = models.DateTimeField(null=True, editable=False)
    archived_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    archive_reason = models.CharField(_("Reason"), max_length=200, blank=True)

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
            models.CheckConstraint(
                name="talk_about_a_client_is_a_support_record",
                condition=Q(client=None) | Q(classification="support_record"),
            ),
            models.CheckConstraint(
                name="pair_talks_and_only_they_have_two_people",
                condition=Q(kind="pair", pair_first__isnull=False, pair_second__isnull=False)
                | (~Q(kind="pair") & Q(pair_first=None, pair_second=None)),
            ),
            models.CheckConstraint(
                name="two_people_stand_in_the_order_of_their_keys",
                condition=Q(pair_first=None) | Q(pair_first__lt=F("pair_second")),
            ),
            models.CheckConstraint(
                name="an_archived_room_says_by_whom_and_why",
                condition=Q(archived_at=None, archived_by=None, archive_reason="")
                | (Q(archived_at__isnull=False, archived_by__isnull=False) & ~Q(archive_reason="")),
            ),
            models.UniqueConstraint(name="two_people_have_one_talk", fields=["pair_first", "pair_second"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


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

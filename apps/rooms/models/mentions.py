"""Who is called by name in a message."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member, Organization
from apps.rooms.models.messages import Message
from apps.rooms.models.rooms import TalkRoom


class MentionKind(models.TextChoices):
    """Whom the words after an @ mean."""

    PERSON = "person", _("A person")
    ORGANIZATION = "organization", _("An organization")
    ROLE = "role", _("A role on the team")
    EVERYONE = "everyone", _("everyone")


class Mention(models.Model):
    """Words of a message that call somebody: where they stand in it, and whom they meant when it was written."""

    LONGEST = 200

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    # The uniqueness below begins with it.
    message = models.ForeignKey(Message, models.PROTECT, related_name="mentions", db_index=False)
    # Letters before the @, which belongs to the words.
    begins = models.PositiveIntegerField()
    words = models.CharField(max_length=LONGEST)
    kind = models.CharField(max_length=12, choices=MentionKind)
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=32, blank=True)

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["message_id", "begins"]
        constraints = [
            models.UniqueConstraint(name="mentions_stand_apart_in_their_message", fields=["message", "begins"]),
            models.CheckConstraint(
                name="a_mention_means_what_its_kind_says",
                condition=Q(kind="person", member__isnull=False, organization=None, role="")
                | Q(kind="organization", member=None, organization__isnull=False, role="")
                | Q(kind="role", member=None, organization=None) & ~Q(role="")
                | Q(kind="everyone", member=None, organization=None, role=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def ends(self) -> int:
        return self.begins + len(self.words)


class Mentioned(models.Model):
    """A person whom a message calls, one way or another: somebody who was in the room when it was written."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    # Room and number are a message's; the database knows that it is there.
    room = models.ForeignKey(TalkRoom, models.PROTECT, related_name="+", db_index=False)
    number = models.BigIntegerField()
    member = models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False)

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["pk"]
        constraints = [
            # Its index serves the messages of a page.
            models.UniqueConstraint(name="a_message_calls_a_person_once", fields=["room", "number", "member"]),
        ]
        # Serves the sign in the room list and one's own list.
        indexes = [models.Index(fields=["member", "room", "number"], name="mentions_of_a_person")]

    def __str__(self) -> str:
        return str(self.pk)

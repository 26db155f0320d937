"""Messages, numbered within their room, and what they said before."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Now
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member
from apps.rooms.models.rooms import TalkRoom


class AskedOf(models.TextChoices):
    """Whose confirmation is enough. An office is usually asked as an office, as by fax: one of its people answers for it."""

    ORGANIZATIONS = "organizations", _("One person of each organization")
    EVERYBODY = "everybody", _("Every person")


class Message(models.Model):
    """One message, numbered within its room. Written only by the database function `rooms_append`.

    Of what was written only the text may change, and a trigger keeps what it said before (`MessageVersion`). A removed
    message keeps its place and its author, and says nothing.
    """

    LONGEST = 10_000

    id = models.BigAutoField(primary_key=True)
    # No indexes of their own, which every message would pay for: nobody asks for all messages of an environment, and the two
    # uniquenesses below begin with the room and the author.
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+", db_index=False)
    room = models.ForeignKey(TalkRoom, models.PROTECT, related_name="messages", db_index=False)
    number = models.BigIntegerField()
    author = models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False)
    body = models.TextField()
    # Chosen by the sender's device: the same key sent again is the same message.
    client_key = models.UUIDField()
    posted_at = models.DateTimeField(db_default=Now())
    # The number of the message of the same room that this one answers; the database knows that it is there (migration 0026).
    answers = models.BigIntegerField(null=True, editable=False)
    edited_at = models.DateTimeField(null=True, editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)
    # Nobody asks for what one person has removed: no index, which every message would pay for.
    removed_by = models.ForeignKey(Member, models.PROTECT, null=True, editable=False, related_name="+", db_index=False)
    # Which change of its room was the last of this message; a screen that was away asks for what is higher.
    change = models.BigIntegerField(null=True, editable=False)

    # Whether its readers are asked to confirm it (`Ask`), and whose word is enough: no talk is read more slowly for it.
    asked_of = models.CharField(max_length=13, choices=AskedOf, blank=True, default="", db_default="", editable=False)

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="messages_are_numbered_within_their_room", fields=["room", "number"]),
            models.UniqueConstraint(name="a_message_sent_again_is_the_same", fields=["author", "client_key"]),
            models.CheckConstraint(name="message_numbers_begin_at_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="a_message_says_something_unless_it_was_removed",
                # That one without words has files is asked when the transaction ends (migration 0021).
                condition=Q(LessThanOrEqual(Length("body"), 10_000), removed_at=None)
                | Q(body="", removed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_removed_message_says_by_whom",
                condition=Q(removed_at=None, removed_by=None) | Q(removed_at__isnull=False, removed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="an_answer_comes_after_what_it_answers",
                condition=Q(answers=None) | Q(answers__lt=F("number")),
            ),
            models.CheckConstraint(
                name="somebody_is_asked_to_confirm_or_nobody", condition=Q(asked_of__in=["", *AskedOf.values])
            ),
            # Only what has changed is in it: a plain message is written as fast as before.
            models.UniqueConstraint(
                name="changes_are_numbered_within_their_room",
                fields=["room", "change"],
                condition=Q(change__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"@{self.number}"

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None


class MessageVersion(models.Model):
    """What a message said before it was edited or removed. Written by the database with the change, never by hand.

    Its text is kept for the retention time (`RetentionPolicy`). When that has ended, and not before, the database empties it
    and says so (migration 0040); everything else of it stays. A removed message has a version even where it had no words.
    """

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    message = models.ForeignKey(Message, models.PROTECT, related_name="versions")
    body = models.TextField()
    written_at = models.DateTimeField()
    replaced_at = models.DateTimeField()
    # The last day on which its text was kept.
    retention_ended_on = models.DateField(null=True, editable=False)

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="a_text_whose_retention_ended_is_gone",
                condition=Q(retention_ended_on=None) | Q(body=""),
            ),
        ]
        indexes = [
            # Serves the night's run, which looks through the texts that are still there.
            models.Index(
                name="texts_that_are_still_kept", fields=["environment", "id"], condition=Q(retention_ended_on=None)
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

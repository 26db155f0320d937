"""What is searched of messages. Derived from them by the database (migration 0028), never written by the application."""

from django.db import models
from django_scopes import ScopedManager

from apps.environments.models import Environment


class SearchText(models.Model):
    """A message as it is searched: its words and the names of its files, folded and without spaces, a line each.

    No foreign keys: the row is written after its message, rewritten when the message is edited and gone when it is
    removed, all by functions of the database. Whoever changes a message waits for nobody's lock because of it.
    """

    message_id = models.BigIntegerField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+", db_index=False)
    room_id = models.UUIDField()
    author_id = models.UUIDField()
    posted_at = models.DateTimeField()
    folded = models.TextField()

    objects = ScopedManager(environment="environment")

    class Meta:
        indexes = [
            # Serves a word that is said often: the newest messages are looked at first.
            models.Index(name="searched_newest_first", fields=["environment", "-message_id"]),
            models.Index(name="searched_within_a_room", fields=["room_id", "-message_id"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class SearchMark(models.Model):
    """Up to which number the messages of a room are in `SearchText`; those after it are searched as they stand."""

    id = models.BigAutoField(primary_key=True)
    room_id = models.UUIDField(unique=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+", db_index=False)
    number = models.BigIntegerField()

    objects = ScopedManager(environment="environment")

    def __str__(self) -> str:
        return str(self.pk)

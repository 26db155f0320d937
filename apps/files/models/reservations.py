"""Files that wait with a message for their time."""

from django.db import models
from django_scopes import ScopedManager

from apps.environments.models import Environment
from apps.files.models.files import StoredFile


class FileReservation(models.Model):
    """A file that is to be sent at a time to come: until then the sweep leaves it where it is. It stays its sender's alone.

    While there is such a row the database lets nobody throw the file away.
    """

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    # Of one message only: what waits twice could be sent once.
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="reservation")
    until = models.DateTimeField()

    objects = ScopedManager(environment="environment")

    def __str__(self) -> str:
        return str(self.pk)

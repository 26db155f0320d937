"""What needs somebody of an organization, who has it, and what is done."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member, Organization
from apps.rooms.models.messages import Message


class Handling(models.Model):
    """A message needs somebody of an organization: nobody has it, one person has it, or it is done.

    There is one open row for a message and an organization, and it names at most one person of that organization. What is
    done stays done; if the same message needs somebody again, that is another row.
    """

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    message = models.ForeignKey(Message, models.PROTECT, related_name="handlings")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    needed_at = models.DateTimeField(default=timezone.now)
    needed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    handler = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_message_needs_somebody_of_an_organization_once",
                fields=["message", "organization"],
                condition=Q(done_at=None),
            ),
            models.CheckConstraint(
                name="who_has_something_has_it_since_a_moment",
                condition=Q(handler=None, taken_at=None) | Q(handler__isnull=False, taken_at__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_done_was_done_by_somebody", condition=Q(done_at=None) | Q(handler__isnull=False)
            ),
        ]
        # Serves the inbox of an office.
        indexes = [models.Index(fields=["organization", "-needed_at"], name="handlings_of_an_office")]

    def __str__(self) -> str:
        return str(self.pk)

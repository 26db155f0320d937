"""What a person marks for themselves in the talk."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member
from apps.rooms.models.messages import Message


class MarkKind(models.TextChoices):
    TO_DO = "todo", _("To do")
    BOOKMARK = "bookmark", _("Bookmark")


class MessageMark(models.Model):
    """A message that its reader still has something to do for, or wants to find again. Nobody else sees it.

    It has nothing to do with reading: a to-do stands until it is done.
    """

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    message = models.ForeignKey(Message, models.PROTECT, related_name="marks")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=MarkKind)
    marked_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_message_is_marked_once_by_a_person", fields=["member", "message", "kind"]),
            models.CheckConstraint(name="only_what_is_to_do_can_be_done", condition=Q(kind="todo") | Q(done_at=None)),
        ]

    def __str__(self) -> str:
        return str(self.pk)

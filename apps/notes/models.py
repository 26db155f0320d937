"""Notes of a room, and their versions: whatever was saved stays, and the newest is what the note says."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member
from apps.rooms.models import TalkRoom


def pair(name: str, at: str, by: str) -> models.CheckConstraint:
    """When and by whom are known together."""
    unsaid = Q(**{f"{at}__isnull": True, f"{by}__isnull": True})
    return models.CheckConstraint(name=name, condition=unsaid | Q(**{f"{at}__isnull": False, f"{by}__isnull": False}))


class Note(models.Model):
    """Something that is kept beside the talk of a room, numbered within the room. What it says is its newest version."""

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    room = models.ForeignKey(TalkRoom, models.PROTECT, related_name="notes")
    number = models.PositiveIntegerField()
    # When its first version was written: who is shown the room from a later moment on is shown nothing of it.
    begun_at = models.DateTimeField(default=timezone.now)
    begun_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    # Pinned for everybody in the room, and put away: nothing is ever deleted.
    pinned_at = models.DateTimeField(null=True, editable=False)
    pinned_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    archived_at = models.DateTimeField(null=True, editable=False)
    archived_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    # What the note says: put here by whoever fetches it (`access.with_newest`).
    newest: "NoteVersion"

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["room", "number"]
        constraints = [
            models.UniqueConstraint(name="notes_are_numbered_within_their_room", fields=["room", "number"]),
            models.CheckConstraint(name="notes_begin_at_one", condition=Q(number__gte=1)),
            pair("a_pinned_note_says_by_whom", "pinned_at", "pinned_by"),
            pair("an_archived_note_says_by_whom", "archived_at", "archived_by"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_pinned(self) -> bool:
        return self.pinned_at is not None

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


class VersionKind(models.TextChoices):
    """How a version came about."""

    WRITTEN = "written", _("Written")
    TICKED = "ticked", _("Ticked")
    RETURNED = "returned", _("Taken from an earlier version")


class NoteVersion(models.Model):
    """What a note said from a moment on, as somebody saved it. Never changed."""

    LONGEST_TITLE = 80
    # With its title it is as long as a message may be, so that the guard against the wrong room reads it whole.
    LONGEST = 9_900
    LONGEST_REASON = 200

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    note = models.ForeignKey(Note, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=VersionKind, default=VersionKind.WRITTEN)
    # The number of the version whose words stand here again.
    returned_to = models.PositiveIntegerField(null=True)
    title = models.CharField(_("Title of the note"), max_length=LONGEST_TITLE)
    body = models.TextField(_("Text"), blank=True)
    reason = models.CharField(_("What was changed"), max_length=LONGEST_REASON, blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["note", "number"]
        constraints = [
            # Of two who save at once on the same version, one is told.
            models.UniqueConstraint(name="a_version_of_a_note_is_saved_once", fields=["note", "number"]),
            models.CheckConstraint(name="versions_of_a_note_begin_at_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="a_note_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="a_note_is_of_bearable_length", condition=Q(LessThanOrEqual(Length("body"), 9_900))
            ),
            models.CheckConstraint(
                name="what_is_taken_again_stood_before",
                condition=Q(kind="returned", returned_to__lt=F("number"), returned_to__gte=1)
                | (~Q(kind="returned") & Q(returned_to=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.note_id}.{self.number}"


class NoteText(models.Model):
    """A note as it is searched: its title and its present text, folded and without spaces, a line each.

    Derived from its versions by the database (migration 0006), never written by the application. No foreign keys: nothing
    that is done with a note waits for it.
    """

    note_id = models.BigIntegerField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+", db_index=False)
    room_id = models.UUIDField()
    begun_at = models.DateTimeField()
    # Of the present text: who wrote it, and when.
    written_by_id = models.UUIDField()
    written_at = models.DateTimeField()
    folded = models.TextField()

    objects = ScopedManager(environment="environment")

    class Meta:
        indexes = [
            # Serves the search, which looks through the notes of one's rooms.
            models.Index(name="notes_searched_within_a_room", fields=["room_id"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class NoteTask(models.Model):
    """Something to be done, beside a note: by whom, until which day, and who did it when."""

    LONGEST = 200

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    note = models.ForeignKey(Note, models.PROTECT, related_name="tasks")
    number = models.PositiveIntegerField()
    text = models.CharField(_("What is to be done"), max_length=LONGEST)
    # Whoever has left the room has it no more, though the row still names them.
    owner = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Who does it")
    )
    due_on = models.DateField(_("Until when"), null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, editable=False)
    done_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["note", "number"]
        constraints = [
            models.UniqueConstraint(name="tasks_are_numbered_within_their_note", fields=["note", "number"]),
            models.CheckConstraint(name="a_task_says_something", condition=Q(number__gte=1) & ~Q(text="")),
            pair("a_finished_task_says_by_whom", "done_at", "done_by"),
        ]
        # Serves the list of one's own tasks.
        indexes = [models.Index(fields=["owner", "due_on"], name="open_tasks_of_an_owner", condition=Q(done_at=None))]

    def __str__(self) -> str:
        return f"{self.note_id}.{self.number}"

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

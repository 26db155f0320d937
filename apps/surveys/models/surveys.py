"""A survey and what it asks: sections, questions, choices, rows."""

import uuid
from datetime import time
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from apps.environments.models import Environment, Member, Organization
from apps.surveys.kinds import Published, QuestionKind

# Nobody is reminded before offices open, nor when nobody could answer on the same day any more.
OPENS, LAST_REMINDER = time(8, 30), time(17, 0)


class SurveyState(models.TextChoices):
    """Where a survey stands; said by its times."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open for answers")
    CLOSED = "closed", _("Closed")


class SurveyQuerySet(models.QuerySet["Survey"]):
    def drafts(self) -> Self:
        return self.filter(opened_at=None)

    def sent(self) -> Self:
        """Opened once, whether answers are still taken or not."""
        return self.filter(opened_at__isnull=False)

    def open(self) -> Self:
        """Taking answers now."""
        return self.sent().filter(closed_at=None, due_at__gt=timezone.now())


class Survey(models.Model):
    """Questions of one organization to others. Once opened, what it asks stays as it is."""

    LONGEST_TITLE = 100
    LONGEST_LEAD = 2000

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    created_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    title = models.CharField(_("Title"), max_length=LONGEST_TITLE)
    lead = models.TextField(_("Words at the beginning"), max_length=LONGEST_LEAD, blank=True)
    due_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    # Nobody, where its time ran out.
    closed_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    published = models.CharField(max_length=16, choices=Published, default=Published.NOBODY)
    # How many days before it is due those are reminded who have not answered.
    reminder_days = ArrayField(models.PositiveSmallIntegerField(), default=list)
    # At what time on these days, as long as offices are open then (queries/working.py).
    reminder_time = models.TimeField(default=time(9, 0))
    # The first of those that were duplicated of one another, or the template they were made of, by its id; empty for that
    # one itself. It may be gone.
    origin = models.UUIDField(null=True)
    # Counts what was changed of the draft: of two who change it at once, the second is told.
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager(environment="environment", _manager_class=models.Manager.from_queryset(SurveyQuerySet))

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="an_opened_survey_says_by_whom_and_until_when",
                condition=Q(opened_at=None, opened_by=None)
                | Q(opened_at__isnull=False, opened_by__isnull=False, due_at__isnull=False),
            ),
            models.CheckConstraint(
                name="reminders_come_while_offices_are_open", condition=Q(reminder_time__range=(OPENS, LAST_REMINDER))
            ),
            models.CheckConstraint(
                name="a_survey_is_due_after_it_opens", condition=Q(opened_at=None) | Q(due_at__gt=F("opened_at"))
            ),
            models.CheckConstraint(
                name="only_an_opened_survey_is_closed",
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__gte=F("opened_at")),
            ),
        ]
        indexes = [
            # Serves the list of one's own surveys.
            models.Index(fields=["organization", "-created_at"], name="surveys_of_an_organization"),
            # Serves the worker that reminds and closes.
            models.Index(fields=["due_at"], name="surveys_still_open", condition=Q(closed_at=None)),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def state(self) -> SurveyState:
        """Where it stands by its times; one whose time has run out is closed before the worker has written so."""
        if self.opened_at is None:
            return SurveyState.DRAFT
        elif self.takes_answers:
            return SurveyState.OPEN
        else:
            return SurveyState.CLOSED

    @property
    def is_draft(self) -> bool:
        return self.opened_at is None

    @property
    def takes_answers(self) -> bool:
        """Opened, not closed, and its last moment has not passed."""
        is_opened = self.opened_at is not None and self.closed_at is None
        return is_opened and self.due_at is not None and self.due_at > timezone.now()


class Section(models.Model):
    """A part of a survey with a heading of its own."""

    LONGEST_TITLE = 100
    LONGEST_TEXT = 1000

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="sections")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=LONGEST_TITLE)
    text = models.TextField(max_length=LONGEST_TEXT, blank=True)

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["survey", "number"]
        constraints = [
            models.UniqueConstraint(name="sections_are_numbered_within_their_survey", fields=["survey", "number"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Question(models.Model):
    """One question. `settings` say more where its kind knows more (content.py): bounds, unit, ends of a scale."""

    LONGEST_TEXT = 300
    LONGEST_HELP = 500

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions")
    section = models.ForeignKey(Section, models.CASCADE, null=True, related_name="questions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=QuestionKind)
    text = models.CharField(max_length=LONGEST_TEXT)
    help = models.CharField(max_length=LONGEST_HELP, blank=True)
    is_required = models.BooleanField(default=False)
    settings = models.JSONField(default=dict)
    # Asked only of those who chose this at an earlier question; of everybody where empty.
    shown_if = models.ForeignKey("surveys.Choice", models.CASCADE, null=True, related_name="+")
    # The date on which the organization that asks has settled, of a poll of dates.
    fixed = models.ForeignKey("surveys.Choice", models.PROTECT, null=True, related_name="+")
    fixed_at = models.DateTimeField(null=True)
    fixed_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["survey", "number"]
        constraints = [
            models.UniqueConstraint(name="questions_are_numbered_within_their_survey", fields=["survey", "number"]),
            models.CheckConstraint(name="questions_begin_at_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="a_fixed_date_says_when_and_by_whom",
                condition=Q(fixed=None, fixed_at=None, fixed_by=None)
                | Q(kind="date_poll", fixed__isnull=False, fixed_at__isnull=False, fixed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Choice(models.Model):
    """One of the answers that are offered: an option, a column of a table, a date."""

    LONGEST = 150

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    question = models.ForeignKey(Question, models.CASCADE, related_name="choices")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=LONGEST)

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["question", "number"]
        constraints = [
            models.UniqueConstraint(name="choices_are_numbered_within_their_question", fields=["question", "number"]),
            models.CheckConstraint(name="choices_begin_at_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Row(models.Model):
    """A row of a table of choices, whose columns are the choices."""

    LONGEST = 150

    id = models.BigAutoField(primary_key=True)
    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    question = models.ForeignKey(Question, models.CASCADE, related_name="rows")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=LONGEST)

    objects = ScopedManager(environment="environment")

    class Meta:
        ordering = ["question", "number"]
        constraints = [
            models.UniqueConstraint(name="rows_are_numbered_within_their_question", fields=["question", "number"]),
            models.CheckConstraint(name="rows_begin_at_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return str(self.pk)

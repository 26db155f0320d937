"""Surveys in lists: one's own with how many have answered, and what one's office is asked."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from apps.environments.models import Member
from apps.surveys.access import asked_of, recipients_of, surveys_of
from apps.surveys.models import Recipient, Survey


def own_rows(member: Member) -> QuerySet[Survey]:
    """One's organization's surveys, newest first, with `asked` and `answered` counted."""
    counted = surveys_of(member).annotate(
        asked=Count("recipients"), answered=Count("recipients", filter=Q(recipients__reply__sent_at__isnull=False))
    )
    return counted.order_by("-created_at", "pk")


def asked_rows(member: Member) -> QuerySet[Recipient]:
    """What one's office is asked: what waits for an answer first, by its last moment; then what is done or over."""
    now = timezone.now()
    waits = Q(survey__closed_at=None, survey__due_at__gt=now) & (Q(reply=None) | Q(reply__sent_at=None))
    return asked_of(member).annotate(waits=Count("pk", filter=waits)).order_by("-waits", "-survey__due_at", "pk")


def unanswered(member: Member) -> QuerySet[Recipient]:
    """Where one's office has still to answer."""
    open_ones = asked_of(member).filter(survey__closed_at=None, survey__due_at__gt=timezone.now())
    return open_ones.filter(Q(reply=None) | Q(reply__sent_at=None))


def unanswered_count(member: Member) -> int:
    return unanswered(member).order_by().count()


@dataclass(frozen=True)
class Standing:
    """How far a survey has come, and who has answered what."""

    asked: int
    answered: int
    begun: int

    @property
    def waiting(self) -> int:
        return self.asked - self.answered

    @property
    def share(self) -> int:
        """Of those who were asked, in hundredths."""
        return round(100 * self.answered / self.asked) if self.asked else 0


def standing_of(survey: Survey) -> Standing:
    counted = Recipient.objects.filter(survey=survey).aggregate(
        asked=Count("pk"),
        answered=Count("pk", filter=Q(reply__sent_at__isnull=False)),
        begun=Count("pk", filter=Q(reply__isnull=False, reply__sent_at=None)),
    )
    return Standing(**counted)


def recipient_rows(survey: Survey) -> QuerySet[Recipient]:
    """Whom it asks: who has not answered first, then who answered last."""
    rows = recipients_of(survey)
    return rows.order_by(F("reply__sent_at").desc(nulls_first=True), "number")

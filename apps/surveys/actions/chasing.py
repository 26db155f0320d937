"""Remind those who have not answered, and nobody else; settle on a date."""

from datetime import datetime, time

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.surveys.access import check_is_asker, recipients_of
from apps.surveys.actions.sending import held, tell_offices
from apps.surveys.models import Choice, Question, QuestionKind, Recipient, Survey
from apps.surveys.queries import is_working_time, reminder_moment
from apps.surveys.refusals import NobodyToRemind, NoDate, SurveyNotOpen


@transaction.atomic
def remind(*, survey: Survey, by: Member) -> int:
    """Remind, now, those who have not answered and were not reminded today; returns how many."""
    survey = held(survey)
    check_is_asker(by, survey)
    if not survey.takes_answers:
        raise SurveyNotOpen(subject=survey)

    number = reminded(survey, by=by)
    if not number:
        raise NobodyToRemind(subject=survey)
    return number


@transaction.atomic
def remind_when_due(*, survey: Survey) -> int:
    """Remind at the times that the sender has set, in working hours; returns how many. Done by the worker; doing it twice
    does it once, and a survey that was sent on the same day reminds nobody yet."""
    survey = held(survey)
    if not survey.takes_answers or not is_reminder_time(survey, timezone.localtime()):
        return 0
    return reminded(survey, by=None)


def is_reminder_time(survey: Survey, now: datetime) -> bool:
    """Whether one of the times has come today, and offices are open now."""
    if survey.due_at is None or survey.opened_at is None or timezone.localdate(survey.opened_at) == now.date():
        return False
    moments = [reminder_moment(survey.due_at, days, survey.reminder_time) for days in survey.reminder_days]
    has_come = any(timezone.localdate(one) == now.date() and one <= now for one in moments)
    return has_come and is_working_time(now)


def reminded(survey: Survey, *, by: Member | None) -> int:
    waiting = list(waiting_today(survey))
    if waiting:
        tell_offices(survey, waiting, gettext_noop("A survey still waits for the answer of your office."))
        Recipient.objects.filter(pk__in=[one.pk for one in waiting]).update(reminded_at=timezone.now())
        audit.record(verb="surveys.reminded", subject=survey, by=by, detail={"recipients": len(waiting)})
    return len(waiting)


def waiting_today(survey: Survey) -> QuerySet[Recipient]:
    """Who has not answered, and was not reminded since midnight."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    not_answered = Q(reply=None) | Q(reply__sent_at=None)
    return recipients_of(survey).filter(not_answered, Q(reminded_at=None) | Q(reminded_at__lt=midnight))


@transaction.atomic
def fix_date(*, question: Question, choice_number: int, by: Member) -> Question:
    """Settle on one of the dates of a poll, or on another one than before, and tell everybody who was asked."""
    survey = held(question.survey)
    check_is_asker(by, survey)
    choice = Choice.objects.filter(question=question, number=choice_number).first()
    if survey.is_draft or question.kind != QuestionKind.DATE_POLL or choice is None:
        raise NoDate(subject=survey)

    question.fixed, question.fixed_at, question.fixed_by = choice, timezone.now(), by
    question.save(update_fields=["fixed", "fixed_at", "fixed_by"])
    sentence = gettext_noop("A date was settled in a survey that asked your office. Please look at it.")
    tell_offices(survey, list(recipients_of(survey)), sentence, view="surveys:receipt")
    detail = {"question": question.number, "choice": choice.number}
    audit.record(verb="surveys.date_fixed", subject=survey, by=by, detail=detail)
    return question

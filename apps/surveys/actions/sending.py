"""Choose whom a survey asks, send it, give more time, close it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from apps.audit import actions as audit
from apps.environments.models import Member, Organization
from apps.facilities.models import Facility
from apps.notices.actions import Telling, notify, notify_each, settle
from apps.surveys.access import check_is_asker, facilities_to_ask, organizations_to_ask, people_who_ask, recipients_of
from apps.surveys.actions.writing import held_draft
from apps.surveys.happenings import survey_closed, survey_opened
from apps.surveys.models import Question, Recipient, Survey
from apps.surveys.refusals import NoQuestion, NoTarget, PastDueDate, SurveyNotOpen, TargetNotHere


@transaction.atomic
def choose_recipients(
    *, survey: Survey, organizations: Iterable[Organization] = (), facilities: Iterable[Facility] = (), by: Member
) -> int:
    """Let a draft ask these offices and facilities and no others, in this order; returns how many."""
    survey = held_draft(survey, None, by)
    offices, places = list(dict.fromkeys(organizations)), list(dict.fromkeys(facilities))
    here = set(organizations_to_ask(by).filter(pk__in=[one.pk for one in offices]))
    if here != set(offices) or set(facilities_to_ask(by).filter(pk__in=[one.pk for one in places])) != set(places):
        raise TargetNotHere(subject=survey)

    chosen: list[dict[str, Any]] = [{"organization": one} for one in offices] + [{"facility": one} for one in places]
    Recipient.objects.filter(survey=survey).delete()
    Recipient.objects.bulk_create(
        Recipient(environment_id=survey.environment_id, survey=survey, number=nth, **one)
        for nth, one in enumerate(chosen, start=1)
    )
    audit.record(verb="surveys.recipients_chosen", subject=survey, by=by, detail={"recipients": len(chosen)})
    return len(chosen)


@transaction.atomic
def open_survey(*, survey: Survey, by: Member) -> Survey:
    """Send it: from now on it asks, and every office that it asks is told. Few statements whatever their number."""
    survey = held_draft(survey, None, by)

    now = timezone.now()
    if not Question.objects.filter(survey=survey).exists():
        raise NoQuestion(subject=survey)
    recipients = list(recipients_of(survey))
    if not recipients:
        raise NoTarget(subject=survey)
    if survey.due_at is None or survey.due_at <= now:
        raise PastDueDate(subject=survey)

    survey.opened_at, survey.opened_by = now, by
    survey.save(update_fields=["opened_at", "opened_by"])
    told = tell_offices(survey, recipients, gettext_noop("A survey asks your office. Please answer it."))
    audit.record(verb="surveys.opened", subject=survey, by=by, detail={"recipients": len(recipients), "people": told})
    survey_opened.announce(environment=survey.environment, survey_id=survey.pk)
    return survey


def tell_offices(survey: Survey, recipients: Iterable[Recipient], sentence: str, view: str = "surveys:reply") -> int:
    """Tell everybody of these offices; what is told asks for attention until the office has answered. Returns how many."""
    of_office: dict[Any, list[Recipient]] = defaultdict(list)
    for one in recipients:
        of_office[one.office_id].append(one)
    people = Member.objects.current().filter(organization__in=[office for office in of_office if office is not None])
    path = {one.pk: path_of(view, survey, one) for ones in of_office.values() for one in ones}
    asked = ((person, one) for person in people for one in of_office[person.organization_id])
    return notify_each(told=[Telling(person, path[one.pk], one.pk) for person, one in asked], sentence=sentence)


def path_of(view: str, survey: Survey, recipient: Recipient) -> str:
    words = {"slug": survey.environment.slug, "survey_id": survey.pk, "recipient_number": recipient.number}
    return reverse(view, kwargs=words)


def path_of_survey(survey: Survey) -> str:
    return reverse("surveys:survey", kwargs={"slug": survey.environment.slug, "survey_id": survey.pk})


@transaction.atomic
def extend_survey(*, survey: Survey, due_at: datetime, by: Member) -> Survey:
    """Take answers until another moment; one that was closed takes them again."""
    survey = held(survey)
    check_is_asker(by, survey)
    if survey.is_draft:
        raise SurveyNotOpen(subject=survey)
    if due_at <= timezone.now():
        raise PastDueDate(subject=survey)

    survey.due_at, survey.closed_at, survey.closed_by = due_at, None, None
    survey.save(update_fields=["due_at", "closed_at", "closed_by"])
    audit.record(verb="surveys.extended", subject=survey, by=by)
    return survey


@transaction.atomic
def close_survey(*, survey: Survey, by: Member) -> Survey:
    """Take no more answers. What was only saved and not sent is no answer."""
    survey = held(survey)
    check_is_asker(by, survey)
    if survey.is_draft or survey.closed_at is not None:
        raise SurveyNotOpen(subject=survey)

    close(survey, by=by)
    return survey


@transaction.atomic
def close_when_due(*, survey: Survey) -> bool:
    """Close a survey whose time has run out, and tell those who asked. Done by the worker; doing it twice does it once."""
    survey = held(survey)
    if survey.is_draft or survey.closed_at is not None or survey.due_at is None or survey.due_at > timezone.now():
        return False

    close(survey, by=None)
    notify(
        receivers=people_who_ask(survey),
        sentence=gettext_noop("A survey of yours is closed: its time has run out. Its results are ready."),
        path=path_of_survey(survey),
    )
    return True


def close(survey: Survey, *, by: Member | None) -> None:
    survey.closed_at, survey.closed_by = timezone.now(), by
    survey.save(update_fields=["closed_at", "closed_by"])
    settle(about=survey.recipients.values_list("pk", flat=True))
    audit.record(verb="surveys.closed", subject=survey, by=by)
    survey_closed.announce(environment=survey.environment, survey_id=survey.pk)


def held(survey: Survey) -> Survey:
    """The survey on a fresh row, held: nobody answers while it is being closed."""
    found: Survey = (
        Survey.objects.select_for_update(of=("self",)).select_related("organization", "environment").get(pk=survey.pk)
    )
    return found

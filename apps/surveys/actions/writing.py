"""Begin a survey, write what it asks, duplicate it, throw a draft away."""

from collections.abc import Iterable
from datetime import datetime, time
from uuid import UUID

from django.db import transaction

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.surveys.access import check_can_make_surveys, check_is_asker, check_is_draft
from apps.surveys.content import Content, checked
from apps.surveys.models import LAST_REMINDER, OPENS, Choice, Question, Recipient, Row, Section, Survey
from apps.surveys.queries import content_of
from apps.surveys.refusals import DraftChanged, RemindedAtNight

NINE = time(9, 0)


@transaction.atomic
def begin_survey(*, content: Content, origin: UUID | None = None, by: Member) -> Survey:
    """A draft of one's organization that asks this; `origin` is what it was made of, so that answers are found again."""
    check_can_make_surveys(by)
    checked(content)

    survey: Survey = Survey.objects.create(
        environment_id=by.environment_id,
        organization_id=by.organization_id,
        created_by=by,
        title=content.title,
        lead=content.lead,
        origin=origin,
    )
    write_rows(survey, content)
    audit.record(verb="surveys.begun", subject=survey, by=by, detail={"questions": len(content.questions)})
    return survey


@transaction.atomic
def write_content(*, survey: Survey, content: Content, version: int, by: Member) -> Survey:
    """Let a draft ask this from now on, on top of the version that was read. Who comes second is told."""
    survey = held_draft(survey, version, by)
    checked(content)

    survey.title, survey.lead, survey.version = content.title, content.lead, survey.version + 1
    survey.save(update_fields=["title", "lead", "version"])
    Question.objects.filter(survey=survey).delete()
    Section.objects.filter(survey=survey).delete()
    write_rows(survey, content)
    audit.record(verb="surveys.written", subject=survey, by=by, detail={"questions": len(content.questions)})
    return survey


@transaction.atomic
def describe_survey(
    *,
    survey: Survey,
    due_at: datetime | None,
    published: str,
    reminder_days: Iterable[int],
    reminder_time: time = NINE,
    by: Member,
) -> Survey:
    """Until when a draft will ask, to whom its results will be shown, when those are reminded who have not answered."""
    survey = held_draft(survey, None, by)
    if not OPENS <= reminder_time <= LAST_REMINDER:
        raise RemindedAtNight(subject=survey)

    survey.due_at, survey.published = due_at, published
    survey.reminder_days = sorted(set(reminder_days), reverse=True)
    survey.reminder_time = reminder_time
    survey.save(update_fields=["due_at", "published", "reminder_days", "reminder_time"])
    detail = {"published": published, "reminders": len(survey.reminder_days)}
    audit.record(verb="surveys.described", subject=survey, by=by, detail=detail)
    return survey


@transaction.atomic
def duplicate_survey(*, survey: Survey, by: Member) -> Survey:
    """A draft that asks the same of the same offices; until when is chosen anew."""
    check_is_asker(by, survey)

    twin = begin_survey(content=content_of(survey), origin=survey.origin or survey.pk, by=by)
    twin.published, twin.reminder_days = survey.published, survey.reminder_days
    twin.reminder_time = survey.reminder_time
    twin.save(update_fields=["published", "reminder_days", "reminder_time"])
    Recipient.objects.bulk_create(
        Recipient(
            environment_id=twin.environment_id,
            survey=twin,
            number=one.number,
            organization_id=one.organization_id,
            facility_id=one.facility_id,
        )
        for one in survey.recipients.order_by("number")
    )
    audit.record(verb="surveys.duplicated", subject=twin, by=by, detail={"from": str(survey.pk)})
    return twin


@transaction.atomic
def remove_draft(*, survey: Survey, by: Member) -> None:
    """Throw a draft away with all it would have asked. What was sent stays."""
    survey = held_draft(survey, None, by)

    audit.record(verb="surveys.draft_removed", subject=survey, by=by)
    survey.delete()


def held_draft(survey: Survey, version: int | None, by: Member) -> Survey:
    """The draft on a fresh row, held: of two who change it at once one comes after the other."""
    survey = Survey.objects.select_for_update(of=("self",)).select_related("organization").get(pk=survey.pk)
    check_is_asker(by, survey)
    check_is_draft(survey)
    if version is not None and version != survey.version:
        raise DraftChanged(subject=survey)
    return survey


def write_rows(survey: Survey, content: Content) -> None:
    """Sections, questions, choices, rows, then what hangs on what: a handful of statements whatever the number."""
    around = {"environment_id": survey.environment_id}
    sections = Section.objects.bulk_create(
        Section(survey=survey, number=nth, title=one.title, text=one.text, **around)
        for nth, one in enumerate(content.sections, start=1)
    )
    questions = Question.objects.bulk_create(
        Question(
            survey=survey,
            section=sections[one.section - 1] if one.section else None,
            number=nth,
            kind=one.kind,
            text=one.text,
            help=one.help,
            is_required=one.is_required,
            settings=one.settings,
            **around,
        )
        for nth, one in enumerate(content.questions, start=1)
    )
    pairs = list(zip(questions, content.questions, strict=True))
    choices = Choice.objects.bulk_create(
        Choice(question=question, number=nth, text=text, **around)
        for question, one in pairs
        for nth, text in enumerate(one.choices, start=1)
    )
    Row.objects.bulk_create(
        Row(question=question, number=nth, text=text, **around)
        for question, one in pairs
        for nth, text in enumerate(one.rows, start=1)
    )
    at = {(choice.question.number, choice.number): choice for choice in choices}
    hanging = [(question, one.shown_if) for question, one in pairs if one.shown_if is not None]
    for question, on in hanging:
        question.shown_if = at[on.question, on.choice]
    Question.objects.bulk_update([question for question, _ in hanging], ["shown_if"])

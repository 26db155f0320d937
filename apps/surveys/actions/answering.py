"""Answer for one's office: save for later, send, change until the survey is due; or enter it for an office that cannot."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.facilities import stated
from apps.facilities.actions import receive_availability
from apps.facilities.models import Source
from apps.kernel.refusals import NotHere
from apps.notices.actions import notify, settle
from apps.paper.kinds import Channel
from apps.surveys.access import check_is_asker, is_of_office, people_who_ask
from apps.surveys.actions.attaching import attach_files
from apps.surveys.actions.sending import path_of_survey
from apps.surveys.happenings import everybody_answered, reply_sent
from apps.surveys.models import Answer, Question, QuestionKind, Recipient, Reply, Survey
from apps.surveys.queries import answers_of, asked, before, questions_of, standing_of
from apps.surveys.refusals import AlreadySent, AnsweredMeanwhile, NothingBefore, SurveyClosed
from apps.surveys.values import read_all


@transaction.atomic
def save_reply(*, recipient: Recipient, answers: Mapping[int, Any], version: int, by: Member) -> Reply:
    """Keep what was answered so far, on top of the version that was read (0: nothing yet), without sending it.

    Whoever of the office comes next goes on with it. Of two who save at once, the second is told.
    """
    check_is_of_office(by, recipient)

    recipient, reply = held(recipient, version)
    if reply is not None and reply.is_sent:
        raise AlreadySent(subject=recipient)
    return written(recipient, reply, answers, whole=False, answered_by=by)


@transaction.atomic
def send_reply(*, recipient: Recipient, answers: Mapping[int, Any], version: int, by: Member) -> Reply:
    """Answer for one's office, or send changed answers; possible until the survey is due."""
    check_is_of_office(by, recipient)

    recipient, reply = held(recipient, version)
    return sent(written(recipient, reply, answers, whole=True, answered_by=by), by)


@transaction.atomic
def send_same_reply(*, recipient: Recipient, by: Member) -> Reply:
    """Nothing has changed since last time: answer what the same office sent last, where the same is asked.

    Refuses with `WrongAnswers` where something is asked that was not asked then and has to be answered.
    """
    check_is_of_office(by, recipient)

    recipient, reply = held(recipient, 0)
    answers = before(recipient, asked(questions_of(recipient.survey)))
    if not answers:
        raise NothingBefore(subject=recipient)
    return sent(written(recipient, reply, answers, whole=True, answered_by=by), by)


@transaction.atomic
def enter_reply(
    *, recipient: Recipient, answers: Mapping[int, Any], version: int, channel: str = Channel.PHONE, by: Member
) -> Reply:
    """Enter what an office said by phone or on paper: marked as entered for it by the organization that asks."""
    check_is_asker(by, recipient.survey)

    recipient, reply = held(recipient, version)
    about = {"answered_by": by, "is_proxy": True, "channel": channel}
    return sent(written(recipient, reply, answers, whole=True, **about), by)


@transaction.atomic
def take_reply(*, recipient: Recipient, answers: Mapping[int, Any], version: int, channel: str) -> Reply:
    """Take what came without an account, by the code or the scan of a sheet: whoever had it in hand has answered.

    Called for a sheet that is known and not used up: who holds it is asked by the app that knows sheets.
    """
    recipient, reply = held(recipient, version)
    return sent(written(recipient, reply, answers, whole=True, answered_by=None, channel=channel), None)


def check_is_of_office(by: Member, recipient: Recipient) -> None:
    if not is_of_office(by, recipient):
        raise NotHere(subject=recipient.survey)


def held(recipient: Recipient, version: int) -> tuple[Recipient, Reply | None]:
    """The recipient on a fresh row, held, and what was answered so far: two who answer at once come one after the other,
    and nobody answers while the survey is being closed."""
    Survey.objects.select_for_update(of=("self",), no_key=True).get(pk=recipient.survey_id)
    recipient = (
        Recipient.objects.select_for_update(of=("self",))
        .select_related("survey__organization", "survey__environment", "organization", "facility")
        .get(pk=recipient.pk)
    )
    if not recipient.survey.takes_answers:
        raise SurveyClosed(subject=recipient)
    reply: Reply | None = Reply.objects.filter(recipient=recipient).select_related("answered_by").first()
    if version != (reply.version if reply is not None else 0):
        raise AnsweredMeanwhile(reply, subject=recipient)
    return recipient, reply


def written(
    recipient: Recipient, reply: Reply | None, answers: Mapping[int, Any], *, whole: bool, **about: Any
) -> Reply:
    """The answers as rows, in place of those that stood there."""
    questions = questions_of(recipient.survey)
    values = values_in(questions, reply, answers, whole=whole, by=about["answered_by"])
    about = {"is_proxy": False, "channel": Channel.ACCOUNT, **about, "changed_at": timezone.now()}
    around = {"environment_id": recipient.environment_id}
    if reply is None:
        reply = Reply.objects.create(recipient=recipient, **about, **around)
    else:
        reply.version += 1
        for name, value in about.items():
            setattr(reply, name, value)
        reply.save(update_fields=["version", *about])
        Answer.objects.filter(reply=reply).delete()
    if about["answered_by"] is not None:
        attach_files(recipient, questions, values, about["answered_by"])
    of_number = {one.number: one for one in questions}
    Answer.objects.bulk_create(
        Answer(reply=reply, question=of_number[number], value=value, **around) for number, value in values.items()
    )
    if not whole:
        detail = {"recipient": recipient.number, "version": reply.version}
        audit.record(verb="surveys.reply_saved", subject=recipient.survey, by=about["answered_by"], detail=detail)
    reply.recipient = recipient
    return reply


def values_in(
    questions: list[Question], reply: Reply | None, answers: Mapping[int, Any], *, whole: bool, by: Member | None
) -> dict[int, Any]:
    """The answers as they are kept. Who answers without an account gives no files; those that were saved before stay."""
    if by is not None:
        return read_all(asked(questions), answers, whole=whole)
    files = {one.number for one in questions if one.kind == QuestionKind.FILE}
    stay = {number: value for number, value in answers_of(reply).items() if number in files}
    return read_all([one for one in asked(questions) if one.number not in files], answers, whole=whole) | stay


def sent(reply: Reply, by: Member | None) -> Reply:
    """Sent for the first time or anew: the office need not be asked again, and who asked hears when it was the last."""
    recipient, is_first = reply.recipient, reply.sent_at is None
    survey = recipient.survey
    if is_first:
        reply.sent_at = reply.changed_at
        reply.save(update_fields=["sent_at"])
    pass_on_places(reply, by)
    settle(about=[recipient.pk])
    detail = {"recipient": recipient.number, "version": reply.version, "channel": str(reply.channel)}
    audit.record(verb="surveys.reply_sent", subject=survey, by=by, detail=detail | {"proxy": reply.is_proxy})
    reply_sent.announce(environment=survey.environment, survey_id=survey.pk, recipient_id=recipient.pk)
    if is_first and standing_of(survey).waiting == 0:
        notify(
            receivers=people_who_ask(survey),
            sentence=gettext_noop("Everybody has answered a survey of yours."),
            path=path_of_survey(survey),
        )
        everybody_answered.announce(environment=survey.environment, survey_id=survey.pk)
    return reply


def pass_on_places(reply: Reply, by: Member | None) -> None:
    """What a facility says of its free places is its newest answer on the board too, with the way by which it came."""
    facility = reply.recipient.facility
    answers = Answer.objects.filter(reply=reply, question__kind=QuestionKind.AVAILABILITY)
    newest = None if facility is None else answers.order_by("-question__number").first()
    if facility is not None and newest is not None:
        source = Source.PAPER if reply.channel == Channel.PAPER else Source.SURVEY
        said = stated.read(newest.value)
        receive_availability(facility=facility, stated=said, source=source, is_proxy=reply.is_proxy, by=by)

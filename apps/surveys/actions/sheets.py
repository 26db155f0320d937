"""Surveys on paper: print a sheet for each who has not answered, take what comes by its code or as a scan of it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from apps.environments.models import Environment, Member
from apps.paper import actions as paper
from apps.paper.access import scan_for, sheet_in_hand
from apps.paper.actions.sheets import again
from apps.paper.kinds import Channel, Printed
from apps.paper.models import Scan, Sheet, SheetState
from apps.paper.queries import returned
from apps.paper.refusals import PagesArrived, SheetNotYours, SheetUnknown
from apps.surveys.access import check_is_asker
from apps.surveys.actions.answering import enter_reply, take_reply
from apps.surveys.models import Recipient, Reply, Survey, SurveySheet
from apps.surveys.on_paper import blocks_of
from apps.surveys.queries import questions_of, recipient_of, waiting_on_paper
from apps.surveys.refusals import NobodyWithoutAccount, SurveyClosed


@transaction.atomic
def print_survey(*, survey: Survey, whom: str, fax: str, address_of: Callable[[str], str], by: Member) -> bytes:
    """One PDF with a sheet for each of these offices (kinds.Printed). `fax` is the number to which an answer goes back.

    An office that was printed for before gets a newer sheet: whoever holds the earlier one is told so.
    """
    check_is_asker(by, survey)
    survey = Survey.objects.select_for_update(of=("self",), no_key=True).get(pk=survey.pk)
    if not survey.takes_answers:
        raise SurveyClosed(subject=survey)
    waiting = waiting_on_paper(survey)
    chosen = [one for one in waiting if whom == Printed.EVERYBODY or not one.has_account]
    if waiting and not chosen:
        raise NobodyWithoutAccount(subject=survey)

    sheets = [sheet_for_recipient(one.recipient, one.sheet, survey, by) for one in chosen]
    blocks = blocks_of(survey, questions_of(survey))
    return paper.print_sheets(sheets=sheets, blocks=blocks, address_of=address_of, fax=fax, by=by)


def sheet_for_recipient(recipient: Recipient, earlier: Sheet | None, survey: Survey, by: Member) -> Sheet:
    """A new sheet, in place of the one that counted so far."""
    # Whether it is too late is asked of the survey, whose end may move.
    if earlier is None:
        sheet = paper.make_sheet(title=survey.title, made_for=recipient.name, due_at=survey.due_at, by=by)
    else:
        sheet = paper.replace_sheet(sheet=earlier, due_at=survey.due_at, by=by)
        SurveySheet.objects.filter(recipient=recipient, replaced_at=None).update(replaced_at=timezone.now())
    SurveySheet.objects.create(environment_id=survey.environment_id, recipient=recipient, sheet=sheet)
    return sheet


@transaction.atomic
def answer_by_code(*, code: str, answers: Mapping[int, Any], version: int) -> Reply:
    """Answer by the code of a sheet, for whoever it was made: whoever holds it, once."""
    sheet = sheet_in_hand(code)
    recipient = recipient_of(sheet)
    if recipient is None:
        raise SheetUnknown(subject=sheet)

    reply = take_reply(recipient=recipient, answers=answers, version=version, channel=Channel.CODE)
    paper.answer_sheet(sheet=sheet, by=None)
    return reply


@transaction.atomic
def enter_scan(
    *, recipient: Recipient, scan: Scan, pages: Sequence[int], answers: Mapping[int, Any], version: int, by: Member
) -> Reply:
    """Somebody has compared these pages of a sheet with what was read of them: what they confirm is the office's answer.

    Refused where another page has come back since, or one of them was put aside.
    """
    scan = scan_for(by, scan.pk)
    if scan.sheet is None or recipient_of(scan.sheet) != recipient:
        raise SheetNotYours(subject=scan)

    reply = enter_reply(recipient=recipient, answers=answers, version=version, channel=Channel.PAPER, by=by)
    # Under the lock of the sheet: the worker may read another page at the same time.
    back = returned(again(scan.sheet))
    if back.pages != sorted(pages):
        raise PagesArrived(subject=scan)
    for one in back.scans:
        paper.confirm_scan(scan=one, by=by)
    return reply


def end_sheet(environment: Environment, survey_id: UUID, recipient_id: UUID, **_about: Any) -> None:
    """An answer has come, by whichever way: the sheets of this office are answered, and what comes by them is kept apart."""
    with scope(environment=environment), transaction.atomic():
        for one in SurveySheet.objects.filter(recipient=recipient_id).select_related("sheet"):
            if one.sheet.state == SheetState.OUT:
                paper.answer_sheet(sheet=one.sheet, by=None)

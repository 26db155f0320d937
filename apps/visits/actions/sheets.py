"""Requests on paper: print the sheet of a facility that has only a FAX, take what comes by its code or as a scan of it."""

from collections.abc import Callable, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.paper import actions as paper
from apps.paper.access import scan_for, sheet_in_hand
from apps.paper.actions.sheets import again
from apps.paper.kinds import Channel
from apps.paper.models import Scan, Sheet
from apps.paper.queries import returned
from apps.paper.refusals import PagesArrived, SheetNotYours, SheetUnknown
from apps.visits.access import check_is_of_office
from apps.visits.actions.answering import accept_proposal, decline_request
from apps.visits.actions.requesting import client_of, held_request
from apps.visits.models import RequestSheet, Visit, VisitRequest
from apps.visits.on_paper import NONE, blocks_of, counting_sheet, request_of
from apps.visits.refusals import NotProposed, RequestEnded


@transaction.atomic
def print_request(*, request: VisitRequest, fax: str, address_of: Callable[[str], str], by: Member) -> bytes:
    """One A4 sheet with the times and without a name, as a PDF. `fax` is the number to which the answer goes back.

    Printed again it is a newer sheet, and whoever holds the earlier one is told so.
    """
    request, visits = held_request(request)
    check_is_of_office(by, request)
    if not request.is_waiting:
        raise RequestEnded(subject=request)

    sheet = sheet_for_facility(request, by)
    audit.record(verb="visits.request_printed", subject=request, client=client_of(visits), by=by)
    return paper.print_sheets(sheets=[sheet], blocks=blocks_of(visits), address_of=address_of, fax=fax, by=by)


def sheet_for_facility(request: VisitRequest, by: Member) -> Sheet:
    """A new sheet, in place of the one that counted so far."""
    counting = counting_sheet(request)
    if counting is None:
        about = {"title": _("A family would like to visit you"), "made_for": request.facility.name}
        sheet = paper.make_sheet(**about, due_at=request.due_at, by=by)
    else:
        sheet = paper.replace_sheet(sheet=counting, due_at=request.due_at, by=by)
        RequestSheet.objects.filter(request=request, replaced_at=None).update(replaced_at=timezone.now())
    RequestSheet.objects.create(environment_id=request.environment_id, request=request, sheet=sheet)
    return sheet


@transaction.atomic
def answer_request(
    *, request: VisitRequest, answer: str, reason: str = "", channel: str, by: Member | None
) -> Visit | VisitRequest:
    """What stands on a sheet: the number of one of the times, or that none of them suits and why."""
    if answer == NONE:
        return decline_request(request=request, reason=reason, channel=channel, by=by)
    slot = request.slots.filter(proposal=int(answer)).first() if answer.isdecimal() else None
    if slot is None:
        raise NotProposed(subject=request)
    return accept_proposal(request=request, slot=slot, channel=channel, by=by)


@transaction.atomic
def answer_request_by_code(*, code: str, answer: str, reason: str = "") -> Visit | VisitRequest:
    """Answer by the code of a sheet, for the facility it was made for: whoever holds it, once."""
    request = request_of(sheet_in_hand(code))
    if request is None:
        raise SheetUnknown
    return answer_request(request=request, answer=answer, reason=reason, channel=Channel.CODE, by=None)


@transaction.atomic
def enter_request_scan(
    *, request: VisitRequest, scan: Scan, pages: Sequence[int], answer: str, reason: str = "", by: Member
) -> Visit | VisitRequest:
    """Somebody has compared these pages of a sheet with what was read of them: what they confirm is the facility's answer.

    Refused where another page has come back since, or one of them was put aside.
    """
    scan = scan_for(by, scan.pk)
    if scan.sheet is None or request_of(scan.sheet) != request:
        raise SheetNotYours(subject=scan)

    # The request before its sheet, in the order in which every answer holds them.
    held_request(request)
    back = returned(again(scan.sheet))
    if back.pages != sorted(pages):
        raise PagesArrived(subject=scan)
    for one in back.scans:
        paper.confirm_scan(scan=one, by=by)
    return answer_request(request=request, answer=answer, reason=reason, channel=Channel.PAPER, by=by)

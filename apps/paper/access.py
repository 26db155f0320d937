"""Whose sheets and scans they are: those of the organization that asks, its people's who are no guests."""

from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from apps.environments.models import Member
from apps.kernel.refusals import NotHere
from apps.paper.codes import code_in, is_code
from apps.paper.models import Scan, ScanQuerySet, Sheet, SheetState
from apps.paper.refusals import AnsweredAlready, CodeUnknown, SheetReplaced, SheetUnknown


def can_use_paper(member: Member) -> bool:
    """Make sheets and take in what comes back."""
    return member.is_current and not member.is_guest


def check_can_use_paper(member: Member) -> None:
    if not can_use_paper(member):
        raise NotHere


def sheets_visible_to(member: Member) -> QuerySet[Sheet]:
    return Sheet.objects.filter(organization=member.organization_id) if can_use_paper(member) else Sheet.objects.none()


def scans_visible_to(member: Member) -> ScanQuerySet:
    found: ScanQuerySet = Scan.objects.filter(organization=member.organization_id)
    return found if can_use_paper(member) else found.none()


def sheet_for(member: Member, sheet_id: UUID) -> Sheet:
    """The only way to get a sheet by id."""
    found = sheets_visible_to(member).filter(pk=sheet_id).first()
    if found is None:
        raise NotHere(subject=sheet_id)
    return found


def scan_for(member: Member, scan_id: UUID) -> Scan:
    """The only way to get a scan by id."""
    found = scans_visible_to(member).select_related("sheet", "uploaded_by", "settled_by").filter(pk=scan_id).first()
    if found is None:
        raise NotHere(subject=scan_id)
    return found


def sheet_with_code(member: Member, typed: str) -> Sheet:
    """The sheet that somebody has read aloud or typed. One of another organization is answered like one that is not."""
    code = code_in(typed)
    found = sheets_visible_to(member).filter(code=code).first()
    if found is None:
        raise CodeUnknown
    return found


def newest(sheet: Sheet) -> Sheet:
    """The sheet that counts for its receiver: itself, or the last of those that were printed after it."""
    while sheet.replaced_by is not None:
        sheet = sheet.replaced_by
    return sheet


def environment_of_code(typed: str) -> UUID:
    """Where a sheet is from that somebody holds who has said nothing but its code. What is no code is no sheet either."""
    if not is_code(typed):
        raise SheetUnknown
    with connection.cursor() as cursor:
        cursor.execute("SELECT paper_environment_of(%s)", [typed])
        row = cursor.fetchone()
    if row is None or row[0] is None:
        raise SheetUnknown
    return UUID(str(row[0]))


def sheet_in_hand(code: str) -> Sheet:
    """The sheet with this code in the open environment, as long as it may be answered: who holds it may answer it.

    Whether it is too late is said by whoever asks: time may have been given since it was printed.
    """
    found = Sheet.objects.filter(code=code).first()
    if found is None:
        raise SheetUnknown
    if found.state == SheetState.ANSWERED:
        raise AnsweredAlready(subject=found)
    if found.replaced_by_id is not None:
        raise SheetReplaced(subject=found)
    if found.state == SheetState.VOID:
        raise SheetUnknown(subject=found)
    return found

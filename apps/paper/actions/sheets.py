"""Make sheets, print them, note that one was answered or does not count any more."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.paper.access import check_can_use_paper, sheet_for
from apps.paper.blocks import Block, words_of_boxes
from apps.paper.codes import new_code
from apps.paper.models import Sheet, SheetState
from apps.paper.printing import Layout, draw, words_on
from apps.paper.refusals import NothingToPrint, SheetUsed, SheetVoid


@transaction.atomic
def make_sheet(*, title: str, made_for: str, due_at: datetime | None, by: Member) -> Sheet:
    """A sheet for one receiver, with a code of its own. `made_for` is an office or an organization, never a client."""
    check_can_use_paper(by)

    sheet: Sheet = Sheet.objects.create(
        environment_id=by.environment_id,
        organization_id=by.organization_id,
        # Eight signs of 23: that two are alike is as likely as one number of 78 thousand million being drawn twice.
        code=new_code(),
        title=title[:120],
        made_for=made_for[:120],
        due_at=due_at,
        made_by=by,
    )
    audit.record(verb="paper.sheet_made", subject=sheet, by=by)
    return sheet


@transaction.atomic
def print_sheets(
    *,
    sheets: Sequence[Sheet],
    blocks: Sequence[Block],
    address_of: Callable[[str], str],
    fax: str = "",
    lines: Sequence[str] = (),
    by: Member,
) -> bytes:
    """One PDF with all of these sheets, the same questions on each; where their boxes are is kept with them.

    `address_of` gives the address behind the QR code of a code, `fax` is where an answer goes back to. A void or answered
    sheet is refused.
    """
    check_can_use_paper(by)
    if not sheets:
        raise NothingToPrint

    ids = sorted(sheet.pk for sheet in sheets)
    # Locked in the order of their ids: of two who print the same sheets, one waits.
    locked = {one.pk: one for one in Sheet.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")}
    ordered = [locked[sheet.pk] for sheet in sheets]
    for sheet in ordered:
        check_is_out(sheet)
    drawn = draw(
        [words_on(sheet, by.organization.name, address_of(sheet.code), fax, lines) for sheet in ordered], blocks
    )
    said = words_of_boxes(blocks)
    for sheet, layout in zip(ordered, drawn.layouts, strict=True):
        sheet.layout, sheet.printed_at, sheet.fax = kept(layout, said), timezone.now(), fax
        sheet.save(update_fields=["layout", "printed_at", "fax"])
        audit.record(verb="paper.sheet_printed", subject=sheet, by=by, detail={"pages": layout.pages})
    return drawn.content


def kept(layout: Layout, said: dict[str, tuple[str, str]]) -> dict[str, Any]:
    boxes = [{**asdict(box), "question": said[box.key][0], "label": said[box.key][1]} for box in layout.boxes]
    return {"pages": layout.pages, "boxes": boxes}


def check_is_out(sheet: Sheet) -> None:
    if sheet.state == SheetState.ANSWERED:
        raise SheetUsed(subject=sheet)
    if sheet.state == SheetState.VOID:
        raise SheetVoid(subject=sheet)


@transaction.atomic
def void_sheet(*, sheet: Sheet, by: Member) -> Sheet:
    """From now on nothing that comes by this sheet counts."""
    sheet_for(by, sheet.pk)

    found = again(sheet)
    check_is_out(found)
    found.voided_at, found.voided_by = timezone.now(), by
    found.save(update_fields=["voided_at", "voided_by"])
    audit.record(verb="paper.sheet_voided", subject=found, by=by)
    return found


@transaction.atomic
def replace_sheet(*, sheet: Sheet, due_at: datetime | None, by: Member) -> Sheet:
    """Another sheet for the same receiver. Whoever holds the earlier one is told from now on that there is a newer one."""
    sheet_for(by, sheet.pk)

    found = again(sheet)
    if found.state == SheetState.ANSWERED:
        raise SheetUsed(subject=found)
    newer = make_sheet(title=found.title, made_for=found.made_for, due_at=due_at, by=by)
    found.replaced_by = newer
    if found.voided_at is None:
        found.voided_at, found.voided_by = timezone.now(), by
    found.save(update_fields=["replaced_by", "voided_at", "voided_by"])
    audit.record(verb="paper.sheet_replaced", subject=found, by=by, detail={"newer": str(newer.pk)})
    return newer


@transaction.atomic
def answer_sheet(*, sheet: Sheet, by: Member | None) -> Sheet:
    """Note that the answer is in, by whichever way: scans that come after are kept apart. `by` is nobody at the QR code."""
    found = again(sheet)
    check_is_out(found)

    found.answered_at = timezone.now()
    found.save(update_fields=["answered_at"])
    audit.record(verb="paper.sheet_answered", subject=found, by=by)
    return found


def again(sheet: Sheet) -> Sheet:
    """Read again under the lock: it may be answered or void since it was opened."""
    found: Sheet = Sheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    return found

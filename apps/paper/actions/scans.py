"""Take scans in, read them, match one by hand, settle them."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone
from PIL import Image
from procrastinate.contrib.django import app

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.files.scans.names import plain_name
from apps.paper.access import check_can_use_paper, newest, scan_for, sheet_with_code
from apps.paper.actions.sheets import again, check_is_out
from apps.paper.codes import ALPHABET, LENGTH, is_code
from apps.paper.geometry import BoxAt
from apps.paper.happenings import sheet_came_back
from apps.paper.models import Scan, Sheet, SheetState, WhyQuarantined
from apps.paper.queries import picture_of
from apps.paper.reading import Mark, Seen, marks_in, seen_on
from apps.paper.refusals import PageTwice, ScanNotRead, ScanSettled

ADDRESS = re.compile(rf"/s/([{ALPHABET}]{{{LENGTH}}})/?(?:#([1-9][0-9]?))?$")


class DrawnPages(Protocol):
    """A file of scans, its pages drawn anew (drawing.drawn)."""

    @property
    def name(self) -> str: ...

    @property
    def pages(self) -> list[bytes]: ...


@transaction.atomic
def take_files(*, files: Sequence[DrawnPages], by: Member) -> list[Scan]:
    """Keep all pages of all files, or none."""
    return [scan for file in files for scan in take_scans(file_name=file.name, pages=file.pages, by=by)]


@transaction.atomic
def take_scans(*, file_name: str, pages: list[bytes], by: Member) -> list[Scan]:
    """Keep the pages of a file as they were drawn (drawing.drawn), and have each read. First the bytes, then the rows."""
    check_can_use_paper(by)

    scans = [
        Scan(
            environment_id=by.environment_id,
            organization_id=by.organization_id,
            file_name=plain_name(file_name) or "scan",
            file_page=number,
            stored_as=storages["scans"].save(f"{by.environment_id}/{uuid4().hex}", ContentFile(page)),
            uploaded_by=by,
        )
        for number, page in enumerate(pages, start=1)
    ]
    Scan.objects.bulk_create(scans)
    for scan in scans:
        audit.record(verb="paper.scan_taken", subject=scan, by=by)
        # In the same transaction: there is no scan that nobody reads.
        app.configure_task("paper.read", lock=f"scan {scan.pk}").defer(
            environment_id=str(scan.environment_id), scan_id=str(scan.pk)
        )
    return scans


@dataclass(frozen=True)
class Finding:
    """What a scan turned out to be."""

    sheet: Sheet | None = None
    page: int | None = None
    reason: str = ""
    marks: dict[str, Mark] = field(default_factory=dict)


@transaction.atomic
def read_scan(*, scan_id: UUID) -> None:
    """Read one scan. Called twice it reads once. What fits nowhere goes into quarantine, with its picture."""
    scan: Scan | None = Scan.objects.select_for_update(of=("self",)).filter(pk=scan_id, read_at=None).first()
    if scan is None:
        return

    with Image.open(io.BytesIO(picture_of(scan))) as opened:
        picture = opened.convert("L")
    found = finding(scan, picture, seen_on(picture))
    scan.read_at, scan.sheet, scan.page, scan.reason = timezone.now(), found.sheet, found.page, found.reason
    scan.marks = {key: str(mark) for key, mark in found.marks.items()}
    scan.save(update_fields=["read_at", "sheet", "page", "reason", "marks"])
    audit.record(verb="paper.scan_read", subject=scan, by=None, detail={"reason": found.reason})
    if not found.reason:
        sheet_came_back.announce(environment_id=scan.environment_id, scan_id=scan.pk)


def finding(scan: Scan, picture: Image.Image, seen: list[Seen]) -> Finding:
    """Whose page it is; the only sheets asked are those of the organization that has scanned it."""
    told = {one.text: one for one in seen}
    codes = {text: match for text in told if (match := ADDRESS.search(text)) and is_code(match[1])}
    if len({match[1] for match in codes.values()}) > 1:
        return Finding(reason=WhyQuarantined.SEVERAL)
    if not codes:
        return Finding(reason=WhyQuarantined.FOREIGN if told else WhyQuarantined.NO_CODE)
    text, match = next(iter(codes.items()))
    known = Sheet.objects.filter(organization=scan.organization_id, code=match[1]).first()
    page = int(match[2] or 1)
    if known is None or page > known.pages:
        return Finding(reason=WhyQuarantined.FOREIGN)
    # Under the lock: two scans of one page may be read at the same time.
    sheet = again(known)
    marks = marks_in(picture, told[text].lies, boxes_on(sheet, page))
    return Finding(sheet, page, why_not(sheet, page), marks)


def boxes_on(sheet: Sheet, page: int) -> list[BoxAt]:
    place = ("key", "page", "x", "y", "size")
    return [BoxAt(**{name: box[name] for name in place}) for box in sheet.boxes if box["page"] == page]


def why_not(sheet: Sheet, page: int) -> str:
    """Why this page of the sheet is no answer; empty where it is one."""
    if sheet.state == SheetState.ANSWERED:
        return WhyQuarantined.USED
    if sheet.replaced_by_id is not None:
        return WhyQuarantined.REPLACED
    if sheet.state == SheetState.VOID:
        return WhyQuarantined.VOID
    if has_come_back(sheet, page):
        return WhyQuarantined.TWICE
    if sheet.due_at is not None and sheet.due_at <= timezone.now():
        return WhyQuarantined.LATE
    return ""


def has_come_back(sheet: Sheet, page: int) -> bool:
    return Scan.objects.filter(sheet=sheet, page=page, reason="").exists()


@transaction.atomic
def match_scan(*, scan: Scan, code: str, page: int = 1, by: Member) -> Scan:
    """Say by hand whose sheet a scan in quarantine is, by the code at its foot; also one that came too late.

    Of a sheet that was replaced it is the newer one's: the same is asked there. What was not read of it is unsure in every
    box. A used or void sheet is refused, and so is a page that has come back.
    """
    scan = to_settle(scan, by)
    sheet = again(newest(sheet_with_code(by, code)))
    check_is_out(sheet)
    page = min(page, max(sheet.pages, 1))
    if has_come_back(sheet, page):
        raise PageTwice(subject=sheet)

    if scan.sheet is None or newest(scan.sheet) != sheet or scan.page != page:
        scan.marks = {box.key: str(Mark.UNSURE) for box in boxes_on(sheet, page)}
    scan.sheet, scan.page, scan.reason = sheet, page, ""
    scan.save(update_fields=["sheet", "page", "reason", "marks"])
    audit.record(verb="paper.scan_matched", subject=scan, by=by, detail={"sheet": str(sheet.pk)})
    sheet_came_back.announce(environment_id=scan.environment_id, scan_id=scan.pk)
    return scan


@transaction.atomic
def confirm_scan(*, scan: Scan, by: Member) -> Scan:
    """Somebody has compared the picture with what was read, and what stands on it counts."""
    scan = to_settle(scan, by)
    if scan.reason:
        raise ScanSettled(subject=scan)

    return settled(scan, "paper.scan_confirmed", by)


@transaction.atomic
def put_aside(*, scan: Scan, by: Member) -> Scan:
    """Nothing more comes of this scan. Its page may be scanned again; the picture stays."""
    scan = to_settle(scan, by)

    scan.reason = scan.reason or WhyQuarantined.ASIDE
    return settled(scan, "paper.scan_put_aside", by)


def to_settle(scan: Scan, by: Member) -> Scan:
    """The scan under its lock, as long as nobody has dealt with it."""
    scan_for(by, scan.pk)
    found: Scan = Scan.objects.select_for_update(of=("self",)).get(pk=scan.pk)
    if found.settled_at is not None:
        raise ScanSettled(subject=found)
    if found.read_at is None:
        raise ScanNotRead(subject=found)
    return found


def settled(scan: Scan, verb: str, by: Member) -> Scan:
    scan.settled_at, scan.settled_by = timezone.now(), by
    scan.save(update_fields=["settled_at", "settled_by", "reason"])
    audit.record(verb=verb, subject=scan, by=by)
    return scan

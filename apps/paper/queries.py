"""Scans as pages show them, and their pictures."""

import io
import logging
from dataclasses import dataclass
from itertools import groupby

from django.core.files.storage import storages
from django.db.models import QuerySet
from PIL import Image

from apps.environments.models import Member
from apps.files.scans import pictures
from apps.paper.access import scans_visible_to, sheets_visible_to
from apps.paper.models import Scan, Sheet
from apps.paper.reading import Mark, seen_on, upright
from apps.paper.refusals import ScanLost

log = logging.getLogger("carenet.paper")

PNG, JPEG = "image/png", "image/jpeg"


def scans_in(member: Member, tab: str) -> QuerySet[Scan]:
    """What came back (with what is being read still), what is in quarantine, or what was dealt with; newest first."""
    scans = scans_visible_to(member).select_related("sheet", "uploaded_by")
    if tab == "quarantine":
        found = scans.quarantined()
    elif tab == "settled":
        found = scans.settled()
    else:
        found = scans.filter(reason="", settled_at=None)
    return found.order_by("-uploaded_at", "file_name", "file_page", "pk")


def quarantined_count(member: Member) -> int:
    return scans_visible_to(member).quarantined().count()


def fax_of(member: Member) -> str:
    """Where answers to this member's organization go back to: as its sheets said last, or as the directory knows its office."""
    said = sheets_visible_to(member).exclude(fax="").order_by("-printed_at").values_list("fax", flat=True).first()
    office = member.organization.office
    return said or (office.fax_dialled if office is not None else "")


def scans_of(sheet: Sheet) -> QuerySet[Scan]:
    return sheet.scans.select_related("sheet", "uploaded_by").order_by("page", "-uploaded_at", "pk")


@dataclass(frozen=True)
class Returned:
    """A sheet as far as it has come back: a scan for each page, in the order of the sheet, whatever order they came in."""

    sheet: Sheet
    scans: list[Scan]

    @property
    def pages(self) -> list[int]:
        return [scan.page for scan in self.scans if scan.page is not None]

    @property
    def missing(self) -> list[int]:
        """The numbers of the pages of which no scan has come."""
        return [page for page in range(1, self.sheet.pages + 1) if page not in self.pages]

    @property
    def marks(self) -> dict[str, str]:
        """What was read on all of them; the key of a box stands on one page."""
        return {key: mark for scan in self.scans for key, mark in scan.marks.items()}


def returned(sheet: Sheet) -> Returned:
    """The pages that wait to be compared with what was read of them."""
    return Returned(sheet, list(Scan.objects.to_confirm().filter(sheet=sheet).order_by("page")))


@dataclass(frozen=True)
class BoxRead:
    """One box as it was read, and the words beside it."""

    label: str
    mark: str

    @property
    def is_ticked(self) -> bool:
        return self.mark == Mark.TICKED

    @property
    def is_unsure(self) -> bool:
        return self.mark == Mark.UNSURE


@dataclass(frozen=True)
class QuestionRead:
    """A question, the boxes in which something was found, and how many are empty."""

    text: str
    boxes: list[BoxRead]

    @property
    def found(self) -> list[BoxRead]:
        return [box for box in self.boxes if box.mark != Mark.EMPTY]


def questions_read(scan: Scan) -> list[QuestionRead]:
    """What was read on a scan, question by question in the order of the sheet."""
    if scan.sheet is None:
        return []
    boxes = [box for box in scan.sheet.boxes if box["page"] == scan.page and box["key"] in scan.marks]
    return [
        QuestionRead(text, [BoxRead(box["label"], scan.marks[box["key"]]) for box in these])
        for text, these in groupby(boxes, key=lambda box: str(box["question"]))
    ]


def picture_of(scan: Scan) -> bytes:
    """The page as it was drawn when it came."""
    try:
        with storages["scans"].open(scan.stored_as) as file:
            return bytes(file.read())
    except OSError as error:
        log.error("paper: the picture of scan %s cannot be read", scan.pk)
        raise ScanLost(subject=scan) from error


def upright_picture_of(scan: Scan) -> bytes:
    """The same as it was printed: straight and the right way up, where the sheet's squares are seen on it."""
    content = picture_of(scan)
    if scan.sheet_id is None:
        return content
    with Image.open(io.BytesIO(content)) as opened:
        picture = opened.convert("L")
    lies = next((one.lies for one in seen_on(picture) if one.lies is not None), None)
    return content if lies is None else pictures.written(upright(picture, lies), "JPEG")


def content_type_of(picture: bytes) -> str:
    return PNG if picture.startswith(b"\x89PNG") else JPEG

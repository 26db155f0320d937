"""Sheets as a PDF: one or many, each with its own code on every page, and where each box ended up."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from apps.kernel.print import FONTS, pdf, qr_code
from apps.kernel.templatetags.house import moment
from apps.paper.blocks import Block
from apps.paper.codes import in_groups
from apps.paper.geometry import BoxAt
from apps.paper.models import Sheet

TEMPLATE = Path(__file__).parent / "print" / "sheet.typ"


@dataclass(frozen=True)
class Words:
    """What one sheet says of itself. `address` is where its QR code leads; `lines` are said at its head, in small."""

    code: str
    address: str
    title: str
    made_for: str
    asker: str
    due: str
    fax: str = ""
    lines: tuple[str, ...] = ()


def words_on(sheet: Sheet, asker: str, address: str, fax: str = "", lines: Sequence[str] = ()) -> Words:
    """What a sheet says of itself: when it is due stands there in the hours of the town."""
    with override(settings.LANGUAGE_CODE):
        due = moment(sheet.due_at) if sheet.due_at else ""
    return Words(sheet.code, address, sheet.title, sheet.made_for, asker, due, fax, tuple(lines))


@dataclass(frozen=True)
class Layout:
    """Where the boxes of a sheet are, and on how many pages."""

    pages: int
    boxes: tuple[BoxAt, ...]


@dataclass(frozen=True)
class Drawn:
    """The bytes of one PDF with all the sheets, and their layouts in the same order."""

    content: bytes
    layouts: tuple[Layout, ...]


def draw(sheets: Sequence[Words], blocks: Sequence[Block]) -> Drawn:
    """Print the same questions once for each sheet. Each begins on a page of its own.

    Sheets go out to offices, so they speak the installation's language and not that of whoever prints them.
    """
    with override(settings.LANGUAGE_CODE):
        values: dict[str, Any] = {
            "lang": settings.LANGUAGE_CODE,
            "words": words(),
            "sheets": [{**asdict(one), "shown": in_groups(one.code), "qrs": []} for one in sheets],
            "blocks": [{"kind": type(block).__name__, **asdict(block)} for block in blocks],
        }
    # Where the boxes are is known when everything is set; only then it is known how many QR codes there must be.
    layouts = laid_out(values)
    for one, layout in zip(values["sheets"], layouts, strict=True):
        one["qrs"] = [qr_code(page_address(one["address"], page)) for page in range(1, layout.pages + 1)]
    return Drawn(pdf("paper", "sheet", values), layouts)


def words() -> dict[str, str]:
    return {
        "for": _("For"),
        "asker": pgettext("a sheet", "From"),
        "due": _("Please answer by"),
        "fax": _("Send back by FAX to"),
        "code": _("Code of this sheet"),
        "qr": _("Answer on a phone"),
        "tick": _("Please mark the boxes clearly in black, and keep the squares at the corners free."),
    }


def laid_out(values: dict[str, Any]) -> tuple[Layout, ...]:
    """The boxes as Typst has set them, in millimetres from the upper left corner of their page."""
    found = json.loads(
        typst.query(
            TEMPLATE,
            "<told>",
            field="value",
            root=TEMPLATE.parent,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(values, ensure_ascii=False)},
        )
    )
    pages: dict[int, int] = {}
    boxes: dict[int, list[BoxAt]] = defaultdict(list)
    for one in found:
        if "pages" in one:
            pages[one["sheet"]] = one["pages"]
        else:
            place = {name: round(one[name], 2) for name in ("x", "y", "size")}
            boxes[one["sheet"]].append(BoxAt(key=one["key"], page=one["page"], **place))
    return tuple(Layout(pages[at], tuple(boxes[at])) for at in range(len(values["sheets"])))


def page_address(address: str, page: int) -> str:
    """The page stands behind the `#`: a phone never sends it, and a scan tells it."""
    return address if page == 1 else f"{address}#{page}"

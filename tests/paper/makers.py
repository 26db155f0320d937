"""Makers of sheets and scans."""

import io
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone
from PIL import Image

from apps.environments.models import Member
from apps.paper import actions
from apps.paper.codes import new_code
from apps.paper.models import Scan, Sheet
from tests.paper.blocks import QUESTIONS
from tests.paper.scans import rendered

LAYOUT = {
    "pages": 1,
    "boxes": [
        {"key": "care.1", "page": 1, "x": 20, "y": 100, "size": 5, "question": "医療的ケア", "label": "はい"},
        {"key": "care.2", "page": 1, "x": 60, "y": 100, "size": 5, "question": "医療的ケア", "label": "いいえ"},
    ],
}


def address_of(code: str) -> str:
    return f"https://carenet.city.hinata.example.jp/s/{code}/"


def make_sheet(by: Member, **fields: Any) -> Sheet:
    """A printed sheet of this member's organization, out at an office."""
    about = {
        "title": "12月の空き状況",
        "made_for": "放課後等デイサービス あおぞら",
        "layout": LAYOUT,
        "printed_at": timezone.now(),
    }
    return Sheet.objects.create(
        environment_id=by.environment_id,
        organization_id=by.organization_id,
        made_by=by,
        **{"code": new_code(), **about, **fields},
    )


def make_scan(by: Member, *, picture: bytes = b"", **fields: Any) -> Scan:
    """A page that this member has scanned; a white one, not read yet, unless told."""
    about = {"file_name": "fax.pdf", "file_page": 1, "marks": {}}
    stored_as = storages["scans"].save(f"{by.environment_id}/{uuid4().hex}", ContentFile(picture or as_png(white())))
    return Scan.objects.create(
        environment_id=by.environment_id,
        organization_id=by.organization_id,
        uploaded_by=by,
        stored_as=stored_as,
        **{**about, **fields},
    )


def make_quarantined(by: Member, **fields: Any) -> Scan:
    return make_scan(by, **{"read_at": timezone.now(), "reason": "no_code", **fields})


def make_read(by: Member, sheet: Sheet, **fields: Any) -> Scan:
    marks = {"care.1": "ticked", "care.2": "unsure"}
    return make_scan(by, **{"read_at": timezone.now(), "sheet": sheet, "page": 1, "marks": marks, **fields})


def printed(by: Member, *sheets: Sheet) -> list[Image.Image]:
    """The sheets on paper, one page each, as a scanner sees them before anybody has written on them."""
    return rendered(actions.print_sheets(sheets=sheets, blocks=QUESTIONS, address_of=address_of, by=by))


def white() -> Image.Image:
    return Image.new("L", (827, 1169), 255)


def as_png(picture: Image.Image) -> bytes:
    return as_file(picture, "PNG")


def as_file(picture: Image.Image, form: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()

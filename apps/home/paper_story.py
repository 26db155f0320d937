"""The sheets of the demonstration: printed for all who have no account; one has come back by FAX, another is waited for."""

import io
from collections.abc import Iterable

import pypdfium2
from django.urls import reverse
from PIL import Image, ImageDraw

from apps.environments.models import Member
from apps.home.facility_story import full_name
from apps.paper import actions as paper
from apps.paper.actions.scans import boxes_on
from apps.paper.geometry import BoxAt
from apps.paper.kinds import Printed
from apps.paper.models import Sheet
from apps.surveys import actions as surveys
from apps.surveys.models import Survey, SurveySheet

FAX = "0198-00-1234"
# An invented address: whoever scans the code with a phone is led nowhere.
ADDRESS = "https://carenet.example"
# Who has answered by FAX, and every how manyth box is marked.
ANSWERED_BY, EVERY = full_name("かわせみ"), 5
DPI = 200
A_MILLIMETRE = DPI / 25.4


def print_and_scan(survey: Survey, desk: Member) -> None:
    """Print in one press, and take in the sheet that came back first, as the worker reads it."""
    pdf = surveys.print_survey(survey=survey, whom=Printed.WITHOUT_ACCOUNT, fax=FAX, address_of=address_of, by=desk)
    before, sheet = 0, None
    for one in in_order(survey):
        if one.made_for == ANSWERED_BY:
            sheet = one
            break
        before += one.pages
    if sheet is not None:
        pages = [filled_in(pdf, before + page, boxes_on(sheet, page)) for page in range(1, sheet.pages + 1)]
        for scan in paper.take_scans(file_name="FAX受信_かわせみ.pdf", pages=pages, by=desk):
            paper.read_scan(scan_id=scan.pk)


def address_of(code: str) -> str:
    return ADDRESS + reverse("sheet_door", args=[code])


def in_order(survey: Survey) -> list[Sheet]:
    """The sheets as they stand one after the other in the PDF."""
    made = SurveySheet.objects.filter(recipient__survey=survey, replaced_at=None).select_related("sheet")
    return [one.sheet for one in made.order_by("pk")]


def filled_in(pdf: bytes, page: int, boxes: Iterable[BoxAt]) -> bytes:
    """A page of the PDF with some boxes ticked by hand, laid on the scanner not quite straight."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture = document[page - 1].render(scale=DPI / 72).to_pil().convert("L")
    finally:
        document.close()
    pen = ImageDraw.Draw(picture)
    for box in list(boxes)[::EVERY]:
        tick(pen, box)
    turned = picture.rotate(1.4, Image.Resampling.BILINEAR, fillcolor=255)
    buffer = io.BytesIO()
    # As a FAX carries it: black or white.
    turned.point(lambda value: 255 if value > 150 else 0).convert("1").save(buffer, "PNG")
    return buffer.getvalue()


def tick(pen: ImageDraw.ImageDraw, box: BoxAt) -> None:
    def at(x: float, y: float) -> tuple[float, float]:
        return (box.x + x * box.size) * A_MILLIMETRE, (box.y + y * box.size) * A_MILLIMETRE

    pen.line([at(0.1, 0.5), at(0.4, 0.9), at(1.1, -0.1)], fill=20, width=5, joint="curve")

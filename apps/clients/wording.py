"""The wording of the consent form as text, and how a sheet of it looks.

It is an official paper: Japanese, whatever the language of the page. Its labels stand in `print/consent.typ`; the house's
own wording in `print/consent.txt`.
"""

import io
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from pypdf import PdfReader

from apps.clients import wareki
from apps.clients.models import Purpose
from apps.environments.models import OrganizationKind
from apps.kernel import print as paper

# What is agreed to where nobody has written anything else. Whoever runs the house names another file in
# CARENET_CONSENT_TEXT.
TEXT = Path(__file__).parent / "print" / "consent.txt"
# Whom a sheet without a client is made out to: a preview, and the measure of what fits on one sheet.
SAMPLE = {
    "addressee": "見本市",
    "name": "見本 花子",
    "kana": "みほん はなこ",
    "born": wareki.written(date(1942, 3, 9)),
    "bodies": [f"見本事業所{nth}" for nth in "一二三四五六"],
}


def house_wording() -> str:
    """The house's text, one line for each paragraph."""
    return tidied(Path(settings.CONSENT_TEXT or TEXT).read_text(encoding="utf-8-sig"))


def tidied(text: str) -> str:
    """One line for each paragraph, without what a keyboard or a word processor leaves at the ends."""
    lines = [line.strip() for line in text.replace("\ufeff", "").splitlines()]
    return "\n".join(line for line in lines if line)


def paragraphs_of(text: str) -> tuple[str, list[str]]:
    """The title, which is the first line of the text, and its paragraphs."""
    title, *paragraphs = text.splitlines() or [""]
    return title, paragraphs


def sample_pdf(text: str, version: str) -> bytes:
    """A sheet made out to nobody: how a text will look."""
    return printed(text, f"見本　{version}", SAMPLE)


def fits_on_one_sheet(text: str) -> bool:
    """On both sides of it, with six organizations on the team."""
    return len(PdfReader(io.BytesIO(sample_pdf(text, "第0版"))).pages) <= 2


def printed(text: str, stamp: str, about: dict[str, Any]) -> bytes:
    title, paragraphs = paragraphs_of(text)
    with translation.override("ja"):
        values = {
            "title": title,
            "paragraphs": paragraphs,
            "stamp": stamp,
            "era": wareki.ERAS[-1].name,
            "purposes": [str(purpose.label) for purpose in Purpose],
            "kinds": kinds(),
        }
        return paper.pdf("clients", "consent", values | about)


def kinds() -> list[str]:
    unnamed = {OrganizationKind.CITY_DIVISION, OrganizationKind.FAMILY, OrganizationKind.OTHER}
    return [str(kind.label) for kind in OrganizationKind if kind not in unnamed]

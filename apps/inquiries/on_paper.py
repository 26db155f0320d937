"""An inquiry as it stands on a sheet, what its ticked boxes say, and who is asked on paper."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.inquiries.access import recipients_of, without_account
from apps.inquiries.kinds import Reason, Said
from apps.inquiries.models import Inquiry, InquirySheet, Recipient
from apps.inquiries.queries import shown
from apps.paper.blocks import Block, Choice, Heading, Lines, Paragraph, Ticks
from apps.paper.models import Scan, Sheet
from apps.paper.reading import Mark

SAID, REASONS = "1", "2"


def blocks_of(inquiry: Inquiry) -> list[Block]:
    """The card without a name, then what is answered; the key of a box is `1.<said>` or `2.<reason>`."""
    return [
        Paragraph(_("Somebody is looking for a place. Please say whether you can take them. No name is told yet.")),
        Heading(_("The need")),
        *(Paragraph(_("%(head)s: %(words)s") % {"head": head, "words": words}) for head, words in facts_of(inquiry)),
        *([Paragraph(inquiry.text)] if inquiry.text else []),
        Heading(_("Your answer")),
        Ticks(
            "1. " + _("Can you take them?"),
            tuple(Choice(f"{SAID}.{one.value}", f"{one.mark} {one.label}") for one in Said),
        ),
        Ticks(
            "2. " + _("Why not, or what has to be talked about"),
            tuple(Choice(f"{REASONS}.{one.value}", str(one.label)) for one in Reason),
            _("Several may be marked."),
        ),
        Lines("3. " + _("From when at the earliest")),
        Lines("4. " + _("Remark"), 2, _("Please write no names of people.")),
    ]


def facts_of(inquiry: Inquiry) -> list[tuple[str, str]]:
    card = shown(inquiry)
    facts = [
        (_("Age group"), card.age_group),
        (_("Support that was granted"), card.support),
        (_("Days wished"), " / ".join(card.weekdays)),
        (_("Times of the day"), " / ".join(card.bands)),
        (_("Needs"), " / ".join(card.needs)),
        (_("Pick-up district"), card.district),
        (_("Part of the town"), card.area),
    ]
    return [(head, words) for head, words in facts if words]


@dataclass(frozen=True)
class Told:
    """What the boxes of a sheet say, as a proposal, and the numbers of the questions that have to be looked at closely."""

    said: str
    reasons: list[str]
    unsure: list[int]


def told_by(marks: Mapping[str, str]) -> Told:
    said, reasons = ticked(SAID, marks), ticked(REASONS, marks)
    is_clear = len(said) == 1 and not is_unsure(SAID, marks)
    # Nothing at all on the first question is looked at too: the answer may stand beside its boxes.
    unsure = [1] * (not is_clear) + [2] * is_unsure(REASONS, marks)
    return Told(said[0] if is_clear else "", reasons, unsure)


def ticked(question: str, marks: Mapping[str, str]) -> list[str]:
    return [
        key.partition(".")[2] for key, mark in marks.items() if key.startswith(f"{question}.") and mark == Mark.TICKED
    ]


def is_unsure(question: str, marks: Mapping[str, str]) -> bool:
    return any(mark == Mark.UNSURE for key, mark in marks.items() if key.startswith(f"{question}."))


@dataclass(frozen=True)
class OnPaper:
    """An office that has not answered: whether anybody of it can sign in, its FAX number, and the sheet that counts."""

    recipient: Recipient
    has_account: bool
    fax: str
    sheet: Sheet | None


def waiting_on_paper(inquiry: Inquiry) -> list[OnPaper]:
    """Who has not answered, those without an account first. A few statements whatever their number."""
    waiting = list(recipients_of(inquiry).filter(reply=None).select_related("organization__office", "facility__office"))
    absent = without_account(waiting)
    counting = InquirySheet.objects.filter(recipient__inquiry=inquiry, replaced_at=None).select_related("sheet")
    sheets = {one.recipient_id: one.sheet for one in counting}
    found = [OnPaper(one, one.pk not in absent, fax_of(one), sheets.get(one.pk)) for one in waiting]
    return sorted(found, key=lambda one: one.has_account)


def fax_of(recipient: Recipient) -> str:
    """As the facility's page says, or the public directory."""
    body = recipient.facility if recipient.facility is not None else recipient.organization
    said = recipient.facility.fax if recipient.facility is not None else ""
    office = body.office if body is not None else None
    return said or (office.fax_dialled if office is not None else "")


def is_asked_on_paper(recipient: Recipient) -> bool:
    """Whether a sheet was printed for them: then they may answer by it, with an account or without."""
    return InquirySheet.objects.filter(recipient=recipient).exists()


def recipient_of(sheet: Sheet) -> Recipient | None:
    """For whom a sheet of an inquiry was made; nobody, where it is of something else."""
    found = InquirySheet.objects.filter(sheet=sheet).select_related(
        "recipient__inquiry__organization",
        "recipient__inquiry__environment",
        "recipient__inquiry__district",
        "recipient__organization",
        "recipient__facility__organization",
        "recipient__reply",
    )
    of_sheet = found.first()
    return of_sheet.recipient if of_sheet is not None else None


def path_of_sheet(sheet: Sheet) -> str:
    """Where it is filled in by hand, while somebody reads it aloud."""
    recipient = recipient_of(sheet)
    return "" if recipient is None else path(recipient, "proxy")


def path_of_scan(scan: Scan) -> str:
    """Where what was read of a scan is compared and becomes the answer."""
    recipient = recipient_of(scan.sheet) if scan.sheet is not None else None
    return "" if recipient is None else path(recipient, "from_scan", scan_id=scan.pk)


def path(recipient: Recipient, name: str, **words: object) -> str:
    inquiry = recipient.inquiry
    about = {"slug": inquiry.environment.slug, "inquiry_id": inquiry.pk, "recipient_id": recipient.pk}
    return reverse(f"inquiries:{name}", kwargs=about | words)


def sheets_of(recipients: Iterable[Any]) -> list[Sheet]:
    """Every sheet that was made for these, also those that were replaced."""
    made = InquirySheet.objects.filter(recipient__in=list(recipients)).select_related("sheet")
    return [one.sheet for one in made]

"""Whose answer a sheet is."""

from django.urls import reverse

from apps.paper.models import Scan, Sheet
from apps.surveys.models import Recipient, SurveySheet


def recipient_of(sheet: Sheet) -> Recipient | None:
    """For whom a sheet of a survey was made; nobody, where it is of something else."""
    found = SurveySheet.objects.filter(sheet=sheet).select_related(
        "recipient__survey__organization",
        "recipient__survey__environment",
        "recipient__organization",
        "recipient__facility",
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
    survey = recipient.survey
    about = {"slug": survey.environment.slug, "survey_id": survey.pk, "recipient_number": recipient.number}
    return reverse(f"surveys:{name}", kwargs=about | words)

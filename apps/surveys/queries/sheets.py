"""Whose answer a sheet is, and who is asked on paper."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from apps.environments.models import Member
from apps.paper.models import Scan, Sheet
from apps.surveys.models import Recipient, Survey, SurveySheet


@dataclass(frozen=True)
class OnPaper:
    """An office that has not answered: whether anybody of it can sign in, its FAX number, and the sheet that counts."""

    recipient: Recipient
    has_account: bool
    fax: str
    sheet: Sheet | None


def waiting_on_paper(survey: Survey) -> list[OnPaper]:
    """Who has not answered, those without an account first. A few statements whatever their number."""
    waiting = list(
        Recipient.objects.filter(Q(reply=None) | Q(reply__sent_at=None), survey=survey)
        .select_related("organization__office", "facility__office")
        .order_by("number")
    )
    present = offices_with_people(waiting)
    counting = SurveySheet.objects.filter(recipient__survey=survey, replaced_at=None).select_related("sheet")
    sheets = {one.recipient_id: one.sheet for one in counting}
    found = [OnPaper(one, one.office_id in present, fax_of(one), sheets.get(one.pk)) for one in waiting]
    return sorted(found, key=lambda one: one.has_account)


def offices_with_people(recipients: list[Recipient]) -> set[object]:
    """The organizations of these for which somebody acts."""
    offices = {one.office_id for one in recipients} - {None}
    return set(Member.objects.current().filter(organization__in=offices).values_list("organization", flat=True))


def fax_of(recipient: Recipient) -> str:
    """As the facility's page says, or the public directory."""
    body = recipient.facility if recipient.facility is not None else recipient.organization
    said = recipient.facility.fax if recipient.facility is not None else ""
    office = body.office if body is not None else None
    return said or (office.fax_dialled if office is not None else "")


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

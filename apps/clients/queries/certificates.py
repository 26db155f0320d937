"""Certificates as pages show them, and those that are to be renewed."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.paginator import Page
from django.db.models import QuerySet
from django.utils import timezone

from apps.clients.access import clients_visible_to
from apps.clients.models import Certificate, Certification, Client, ClientNumber
from apps.clients.models.certificates import AHEAD
from apps.environments.models import Member
from apps.environments.remembered import Remembered
from apps.kernel.paging import paged

# How long a certification that has run out without a successor stays on the list of renewals.
LAPSED = timedelta(days=90)


@dataclass(frozen=True)
class CertificateShown:
    """One certificate of a client: its number, the period of today, those to come, and what was before or struck out."""

    certificate: Certificate
    number: ClientNumber | None
    present: Certification | None
    coming: list[Certification]
    former: list[Certification]

    @property
    def has_lapsed(self) -> bool:
        """Something was certified, and nothing holds today."""
        return self.present is None and any(one.stands for one in self.former)


@dataclass(frozen=True)
class Renewals:
    """One page of the certifications to be renewed, the most urgent first, and how the ledger tells of those who were
    shown."""

    page: Page[Certification]
    lapsed: list[Certification]
    urgent: list[Certification]
    soon: list[Certification]

    @property
    def all(self) -> list[Certification]:
        return [*self.lapsed, *self.urgent, *self.soon]

    @property
    def detail(self) -> dict[str, object]:
        return {"hits": self.page.paginator.count, "clients": sorted({str(one.client_id) for one in self.all})}


def certificates_of(client: Client) -> list[CertificateShown]:
    """Every certificate of which something is known; two queries whatever their number."""
    numbers = {one.certificate: one for one in numbers_of(client)}
    written = list(certifications_of(client))
    known = {*numbers, *(one.certificate for one in written)}
    return [
        shown(one, numbers.get(one), [row for row in written if row.certificate == one])
        for one in Certificate
        if one in known
    ]


def numbers_of(client: Client) -> QuerySet[ClientNumber]:
    """The numbers that hold now."""
    return ClientNumber.objects.standing().filter(client=client)


def certifications_of(client: Client) -> QuerySet[Certification]:
    """Every period, the newest first, also those struck out."""
    return Certification.objects.filter(client=client)


def shown(certificate: Certificate, number: ClientNumber | None, written: list[Certification]) -> CertificateShown:
    today = timezone.localdate()
    return CertificateShown(
        certificate=certificate,
        number=number,
        present=next((one for one in written if one.is_present), None),
        coming=[one for one in written if one.stands and one.first_day > today],
        former=[one for one in written if not one.stands or one.has_ended],
    )


def to_renew(member: Member) -> QuerySet[Certification]:
    ending = Certification.objects.unrenewed(days=max(AHEAD), lapsed=LAPSED)
    return ending.filter(client__in=clients_visible_to(member).values("pk"))


def renewals(member: Member, page: str | None = None) -> Renewals:
    """Of the clients this member sees: what has run out without a successor, ends within 30 days, within 60."""
    rows = to_renew(member).select_related("client").order_by("last_day", "client__kana", "pk")
    found = paged(rows, page)
    left = [(one, one.days_left or 0) for one in found.object_list]
    return Renewals(
        page=found,
        lapsed=[one for one, days in left if days < 0],
        urgent=[one for one, days in left if 0 <= days <= min(AHEAD)],
        soon=[one for one, days in left if days > min(AHEAD)],
    )


def renewals_count(member: Member) -> int:
    return TO_RENEW.count(member)


TO_RENEW = Remembered(to_renew)

"""Consents as pages show them: in words, with whom they cover, and whom their end would close out."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.paginator import Page
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import cached_property

from apps.clients.access import (
    IN_CHARGE,
    Bodies,
    bodies_beside,
    clients_in_care_of,
    papers_withheld_from,
    people_who_lose,
)
from apps.clients.models import Audience, Client, ConsentRecord
from apps.environments.models import Member, Organization, OrganizationKind
from apps.environments.remembered import Remembered
from apps.kernel.paging import paged


@dataclass(frozen=True)
class ConsentShown:
    """A consent with the names of whom it covers."""

    record: ConsentRecord
    organizations: list[str]
    kinds: list[str]
    # The scan may show where a protected client is: the reader is told that there is one.
    is_scan_withheld: bool = False

    @cached_property
    def loss(self) -> "Loss":
        return loss_by(self.record)

    @property
    def covered(self) -> list[str]:
        return [*self.kinds, *self.organizations]


@dataclass(frozen=True)
class Loss:
    """Whom a withdrawal would close out, in numbers."""

    organizations: int
    people: int


@dataclass(frozen=True)
class ClientConsents:
    """The consents of a client: those that hold or will, and those that are over."""

    present: list[ConsentShown]
    past: list[ConsentShown]

    @property
    def in_force(self) -> list[ConsentRecord]:
        return [one.record for one in self.present if one.record.is_in_force and not one.record.covers_family]


@dataclass(frozen=True)
class Expiring:
    """One page of the consents that end within thirty days, and how the ledger tells of those who were shown."""

    page: Page[ConsentRecord]

    @property
    def detail(self) -> dict[str, object]:
        shown = sorted({str(record.client_id) for record in self.page})
        return {"hits": self.page.paginator.count, "clients": shown}


def consents_of(client: Client, *, reader: Member) -> ClientConsents:
    """Every consent of a client, the newest first; as many queries for many as for one."""
    records = ConsentRecord.objects.filter(client=client).select_related(
        "client", "recorded_by", "withdrawn_by", "paper", "form__wording"
    )
    bodies = bodies_beside(reader, client)
    withheld = set(papers_withheld_from(reader, client).values_list("pk", flat=True))
    shown = [consent_shown(record, bodies, withheld) for record in records.prefetch_related("audience__organization")]
    return ClientConsents(
        present=[one for one in shown if not is_over(one.record)], past=[one for one in shown if is_over(one.record)]
    )


def is_over(record: ConsentRecord) -> bool:
    return record.withdrawn_at is not None or record.has_ended


def consent_shown(record: ConsentRecord, bodies: Bodies, withheld: Collection[int] = ()) -> ConsentShown:
    """In words: the organizations as far as `bodies` lets them be named."""
    named = list(record.audience.all())
    return ConsentShown(
        record=record,
        organizations=bodies.names(one.organization for one in named if one.organization is not None),
        kinds=[str(kind.label) for kind in OrganizationKind if kind in {one.kind for one in named}],
        is_scan_withheld=record.paper_id in withheld,
    )


def loss_by(consent: ConsentRecord) -> Loss:
    """Whom a withdrawal would close out at once."""
    people = people_who_lose(consent)
    return Loss(organizations=people.values("organization").distinct().count(), people=people.count())


def expiring_records(member: Member) -> QuerySet[ConsentRecord]:
    """Consents that end within thirty days, of the clients whose consents this member may change."""
    ending = ConsentRecord.objects.ending_soon().filter(client__in=clients_in_care_of(member).values("pk"))
    ending = ending.filter(~Exists(renewals()))
    return ending.select_related("client").order_by("valid_to", "client__kana", "pk")


def renewals() -> QuerySet[ConsentRecord]:
    """Of the consent in the outer question: those that follow it without a gap, last longer, and cover for the same
    purposes every body it covers, by name or by kind."""
    lasting = Q(valid_to=None) | Q(valid_to__gt=OuterRef("valid_to"))
    later = ConsentRecord.objects.filter(
        lasting,
        client=OuterRef("client"),
        purposes__contains=OuterRef("purposes"),
        valid_from__lte=OuterRef("valid_to"),
        withdrawn_at=None,
        covers_family=False,
    )
    same = Q(organization=OuterRef("organization")) | Q(kind=OuterRef("organization__kind"))
    same |= Q(kind=OuterRef("kind")) & ~Q(kind="")
    named_again = Audience.objects.filter(same, consent=OuterRef(OuterRef("pk")))
    forgotten = Audience.objects.filter(~Exists(named_again), consent=OuterRef(OuterRef("pk")))
    return later.filter(~Exists(forgotten))


def expiring(member: Member, page: str | None = None) -> Expiring:
    return Expiring(paged(expiring_records(member), page))


def expiring_count(member: Member) -> int:
    return EXPIRING.count(member)


EXPIRING = Remembered(expiring_records)


def divisions() -> QuerySet[Organization]:
    """The divisions that can be in charge: not those where everybody runs or audits the environment."""
    of_city = Organization.objects.filter(kind=OrganizationKind.CITY_DIVISION)
    people = Member.objects.current().filter(organization=OuterRef("pk"))
    return of_city.filter(~Exists(people) | Exists(people.filter(role__in=IN_CHARGE))).order_by("kana", "name")

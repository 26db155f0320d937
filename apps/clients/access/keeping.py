"""Who reaches something of a client whom they do not see: the organization that must keep its own records, and an
auditor with a basis in law. Neither sees the client; both have pages of their own, and each look is an entry.
"""

from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.utils import timezone

from apps.clients.access.papers import check_can_open
from apps.clients.access.rule import IN_CHARGE, asked_of_each_row, hidden_from
from apps.clients.models import Audience, Client, ClientPaper, ConsentRecord, Inspection, Purpose, Seat, SeatPurpose
from apps.clients.retention import keeping_of
from apps.environments.models import Member, OrganizationKind, Role
from apps.environments.remembered import Remembered
from apps.kernel.refusals import NotAllowed, NotHere


def clients_kept_by(member: Member) -> QuerySet[Client]:
    """The clients who were open to the member's organization by seat and consent, are so no longer, and whose records
    it must still keep. Who was introduced has served nobody and keeps nothing, a family keeps nothing by law, and neither
    guests nor admins and auditors act for an office."""
    if not keeps(member):
        return Client.objects.none()
    return Client.objects.filter(pk__in=Seat.objects.filter(pk__in=KEPT.ids(member)).values("client"))


def keeps_any(member: Member) -> bool:
    """Whether there is such a client."""
    return keeps(member) and KEPT.count(member) > 0


def keeps(member: Member) -> bool:
    return member.is_current and member.role in IN_CHARGE and member.organization.kind != OrganizationKind.FAMILY


def kept(member: Member) -> QuerySet[Seat]:
    now, years = timezone.now(), keeping_of(member.organization.kind).years
    since = RawSQL("%s::timestamptz - make_interval(years => %s)", [now, years])
    # A seat that has not begun has opened nothing yet, so nothing of it is kept.
    of_care = Seat.objects.filter(organization=member.organization_id, purpose=SeatPurpose.COORDINATION)
    begun = of_care.filter(Q(valid_to=None) | Q(valid_to__gt=since), valid_from__lte=now)
    return hidden_from(member, begun).filter(asked_of_each_row(consents_during(member)))


KEPT = Remembered(kept)


def consents_during(member: Member) -> QuerySet[ConsentRecord]:
    """Consents that covered the member's organization while it held the seat of the outer question."""
    body = member.organization
    named = Audience.objects.filter(consent=OuterRef("pk"))
    held = ConsentRecord.objects.filter(
        # Two questions of one row each, not a list of consents: joined to the others without the planner's figures, the list
        # made a thousand clients take minutes.
        Q(Exists(named.filter(organization=body.pk))) | Q(Exists(named.filter(kind=body.kind))),
        client=OuterRef("client"),
        covers_family=False,
        purposes__contains=[Purpose.COORDINATION],
        valid_from__lte=timezone.now(),
    )
    return held.filter(
        Q(withdrawn_at=None) | Q(withdrawn_at__gt=F("valid_from")),
        Q(withdrawn_at=None) | Q(withdrawn_at__gt=OuterRef("valid_from")),
        Q(valid_to=None) | Q(valid_to__gt=OuterRef("valid_from")),
        valid_from__lt=Coalesce(OuterRef("valid_to"), Value(timezone.now())),
    )


def kept_client_for(member: Member, client_id: UUID) -> Client:
    """The only way to a client whose records are kept."""
    found = clients_kept_by(member).filter(pk=client_id).first()
    if found is None:
        raise NotHere(subject=client_id)
    return found


def papers_kept_by(member: Member, client: Client) -> QuerySet[ClientPaper]:
    """The organization's own papers of the client: those its people have put into the record."""
    return ClientPaper.objects.filter(client=client, removed_at=None, uploaded_by__organization=member.organization_id)


def kept_paper_for(member: Member, client_id: UUID, number: int) -> ClientPaper:
    """The only way to a paper that is kept. The places of a protected client are kept from who has put it there, too."""
    client = kept_client_for(member, client_id)
    found = papers_kept_by(member, client).select_related("client").filter(number=number).first()
    if found is None:
        raise NotHere(subject=number, client_id=client.pk)
    check_can_open(member, found)
    return found


def can_inspect(member: Member) -> bool:
    """Auditors, and nobody else."""
    return member.is_current and member.role == Role.AUDITOR


def check_can_inspect(member: Member) -> None:
    if not can_inspect(member):
        raise NotAllowed


def clients_to_inspect(member: Member) -> QuerySet[Client]:
    """Among whom an auditor chooses, once the basis is named."""
    return Client.objects.all() if can_inspect(member) else Client.objects.none()


def inspection_for(member: Member, client_id: UUID) -> Inspection:
    """The only way into an inspection: one's own, while it lasts."""
    found = None
    if can_inspect(member):
        own = Inspection.objects.open().filter(member=member, client=client_id)
        found = own.select_related("client", "client__division").order_by("-opened_at").first()
    if found is None:
        raise NotHere(subject=client_id)
    return found

"""The doors: how a client and what lies below it are fetched, and what a member may do there."""

from uuid import UUID

from django.db.models import QuerySet

from apps.clients.access.people import organizations_covered
from apps.clients.access.rule import clients_visible_to
from apps.clients.access.why import BY_DIVISION, BY_SEAT, can_write_about, told_of_look, why_visible
from apps.clients.models import (
    Client,
    ClientPaper,
    ConsentRecord,
    ImportRun,
    PrintedForm,
    Responsibility,
    Seat,
    TeamMember,
)
from apps.clients.refusals import CannotBeOpened
from apps.clients.refusals.imports import ImportIsForDivisions
from apps.environments.models import Member, Organization, OrganizationKind, Role
from apps.kernel.refusals import NotAllowed, NotHere


def client_for(member: Member, client_id: UUID) -> Client:
    """The only way to get a client by id. Hidden and missing answer alike."""
    found = clients_visible_to(member).filter(pk=client_id).first() if member.is_current else None
    if found is None:
        raise NotHere(subject=client_id)
    return told_of_look(member, found)


def can_see(member: Member, client: Client) -> bool:
    return member.is_current and clients_visible_to(member).filter(pk=client.pk).exists()


def seat_for(member: Member, client: Client, seat_id: UUID) -> Seat:
    """The only way to get a seat by id: one of a client this member sees."""
    client = client_for(member, client.pk)
    found = Seat.objects.select_related("organization", "client").filter(client=client, pk=seat_id).first()
    if found is None:
        raise NotHere(subject=seat_id, client_id=client.pk)
    return found


def team_member_for(member: Member, client: Client, person_id: UUID) -> TeamMember:
    """The only way to get a person on a team by id: one of a client this member sees."""
    client = client_for(member, client.pk)
    found = (
        TeamMember.objects.select_related("seat__client", "seat__organization", "member")
        .filter(seat__client=client, pk=person_id)
        .first()
    )
    if found is None:
        raise NotHere(subject=person_id, client_id=client.pk)
    return found


def responsibility_for(member: Member, client: Client, responsibility_id: UUID) -> Responsibility:
    """The only way to get a responsibility by id: one of a client this member sees."""
    client = client_for(member, client.pk)
    found = Responsibility.objects.select_related("client", "person").filter(client=client, pk=responsibility_id)
    if not found:
        raise NotHere(subject=responsibility_id, client_id=client.pk)
    return found[0]


def consent_for(member: Member, client: Client, consent_id: UUID) -> ConsentRecord:
    """The only way to get a consent by id: one of a client this member sees."""
    client = client_for(member, client.pk)
    found = ConsentRecord.objects.filter(client=client, pk=consent_id).first()
    if found is None:
        raise NotHere(subject=consent_id, client_id=client.pk)
    return found


def paper_for(member: Member, client: Client, number: int) -> ClientPaper:
    """The only way to get a paper by its number: one of a client this member sees, and not removed."""
    client = client_for(member, client.pk)
    found = ClientPaper.objects.filter(client=client, number=number, removed_at=None).first()
    if found is None:
        raise NotHere(subject=number, client_id=client.pk)
    return found


def printed_form_for(member: Member, client: Client, number: int) -> PrintedForm:
    """The only way to get a printed form by its number: one of a client this member sees."""
    client = client_for(member, client.pk)
    found = PrintedForm.objects.select_related("wording", "client__environment__municipality", "client__division")
    form = found.filter(client=client, number=number).first()
    if form is None:
        raise NotHere(subject=number, client_id=client.pk)
    return form


def can_change_team(member: Member, client: Client) -> bool:
    """The division in charge and the people of the care team give and end seats; guests and those let in by hand do not."""
    if not member.is_current or member.is_guest:
        return False
    return why_visible(member, client) in {BY_DIVISION, BY_SEAT}


def check_can_change_team(member: Member, client: Client) -> None:
    if not can_see(member, client):
        raise NotHere(subject=client)
    if not can_change_team(member, client):
        raise NotAllowed(subject=client, client_id=client.pk)


def can_register(member: Member) -> bool:
    """The desk, and members of organizations that manage care, register clients."""
    return member.is_current and not member.is_guest and member.role in {"desk", "member"}


def check_can_register(member: Member) -> None:
    if not can_register(member):
        raise NotAllowed


def can_import(member: Member) -> bool:
    """Divisions import lists of those they are in charge of. An office brings the signed consent of each client, which
    no row of a list can show."""
    return can_register(member) and is_division(member.organization)


def check_can_import(member: Member) -> None:
    check_can_register(member)
    if not can_import(member):
        raise ImportIsForDivisions


def import_runs_of(member: Member) -> QuerySet[ImportRun]:
    """The imports of the member's own division."""
    if not can_import(member):
        return ImportRun.objects.none()
    return ImportRun.objects.select_related("imported_by").filter(organization=member.organization_id)


def import_run_for(member: Member, run_id: UUID) -> ImportRun:
    """The only way to get an import by id: one of the member's own division."""
    found = import_runs_of(member).filter(pk=run_id).first()
    if found is None:
        raise NotHere(subject=run_id)
    return found


def can_be_opened_to(member: Member, client: Client) -> bool:
    """People at work, of a covered organization, who do not see the client yet. Admins and auditors stay outside."""
    if not member.is_current or member.role in {Role.ADMIN, Role.AUDITOR} or can_write_about(member, client):
        return False
    return organizations_covered(client).filter(pk=member.organization_id).exists()


def check_can_be_opened_to(member: Member, client: Client) -> None:
    if not can_be_opened_to(member, client):
        raise CannotBeOpened(subject=client, client_id=client.pk)


def is_division(organization: Organization) -> bool:
    return organization.kind == OrganizationKind.CITY_DIVISION

"""Who may change a client's record, and open what is masked in it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from apps.clients.access.doors import can_change_team, can_see, client_for
from apps.clients.access.rule import clients_visible_to
from apps.clients.models import Certification, Client, ClientNumber
from apps.clients.models.certificates import fingerprints_of
from apps.environments.models import Member
from apps.kernel.refusals import NotAllowed, NotHere


class Numbered(NamedTuple):
    """A number as it stands on a certificate, plain."""

    certificate: str
    number: str
    insurer_number: str = ""


def can_edit(member: Member, client: Client) -> bool:
    """Those who care for the client: the division in charge and the organizations of the care team, without guests and
    those let in by hand. The same as may change the team."""
    return can_change_team(member, client)


def check_can_edit(member: Member, client: Client) -> None:
    if not can_see(member, client):
        raise NotHere(subject=client)
    if not can_edit(member, client):
        raise NotAllowed(subject=client, client_id=client.pk)


def number_for(member: Member, client: Client, number_id: UUID) -> ClientNumber:
    """The only way to get a number by id: one of a client this member sees."""
    client = client_for(member, client.pk)
    found = ClientNumber.objects.select_related("client").filter(client=client, pk=number_id).first()
    if found is None:
        raise NotHere(subject=number_id, client_id=client.pk)
    return found


def certification_for(member: Member, client: Client, certification_id: UUID) -> Certification:
    """The only way to get a certification by id: one of a client this member sees."""
    client = client_for(member, client.pk)
    found = Certification.objects.select_related("client").filter(client=client, pk=certification_id).first()
    if found is None:
        raise NotHere(subject=certification_id, client_id=client.pk)
    return found


def numbers_like(certificate: str, number: str, insurer_number: str) -> QuerySet[ClientNumber]:
    """Whoever has this number, seen or not: only to refuse it twice. Where one of the two insurers is not known, the
    numbers are taken for the same."""
    alike = ClientNumber.objects.standing().filter(
        certificate=certificate, fingerprint__in=fingerprints_of(certificate, number)
    )
    return alike.filter(insurer_number__in=["", insurer_number]) if insurer_number else alike


def holder_visible_to(member: Member, certificate: str, number: str, insurer_number: str) -> Client | None:
    """The client who has this number already, if this member sees them."""
    holders = numbers_like(certificate, number, insurer_number).values("client")
    return clients_visible_to(member).filter(pk__in=holders).first()


def holders_of(numbers: Iterable[Numbered]) -> dict[Numbered, set[UUID]]:
    """The same for a whole list, in one statement: who has each of the numbers, seen or not."""
    prints = {one: fingerprints_of(one.certificate, one.number) for one in numbers}
    every = [text for texts in prints.values() for text in texts]
    written: dict[tuple[str, str], list[tuple[str, UUID]]] = defaultdict(list)
    rows = ClientNumber.objects.standing().filter(fingerprint__in=every)
    for certificate, text, insurer, client in rows.values_list(
        "certificate", "fingerprint", "insurer_number", "client"
    ):
        written[certificate, text].append((insurer, client))
    return {
        one: {
            client
            for text in texts
            for insurer, client in written[one.certificate, text]
            if not insurer or not one.insurer_number or insurer == one.insurer_number
        }
        for one, texts in prints.items()
    }

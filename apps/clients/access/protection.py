"""Who may know where a client is to be found, who may protect a client, and who may let others see.

While a client is protected (支援措置) the answer is nobody, but for those whom two others have let in. The record itself
bears no place then (actions.protection moves them away), so that lists, searches, prints, cards and programs have
nothing to show, whoever asks.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from apps.clients.access.doors import can_change_team, can_see
from apps.clients.access.rule import is_of_the_division
from apps.clients.access.why import can_write_about
from apps.clients.models import Client, ClientPlace, Petition
from apps.environments.models import Member
from apps.kernel.refusals import NotAllowed, NotHere


def can_see_places(member: Member, client: Client) -> bool:
    """Whoever sees a client knows where they are; of a protected one, only whom two others have let in, and only while
    they see the client for a reason of its own. A legal exception opens no protected place."""
    if not client.is_protected:
        return can_see(member, client)
    seeing = Petition.objects.filter(client=client, asked_by=member).seeing()
    return member.is_current and can_write_about(member, client) and seeing.exists()


def places_visible_to(member: Member, client: Client) -> QuerySet[ClientPlace]:
    """The only way to the places of a client."""
    if can_see_places(member, client):
        return ClientPlace.objects.open().filter(client=client).order_by("kind")
    return ClientPlace.objects.none()


def can_write_places(member: Member, client: Client) -> bool:
    """Who cares for the client; of a protected one the division alone, which may write without being shown."""
    return can_protect(member, client) if client.is_protected else can_change_team(member, client)


def check_can_write_places(member: Member, client: Client) -> None:
    check(member, client, can_write_places(member, client))


def can_protect(member: Member, client: Client) -> bool:
    """The people of the division in charge: each of them alone, and at once."""
    return member.is_current and is_of_the_division(member, client)


def check_can_protect(member: Member, client: Client) -> None:
    check(member, client, can_protect(member, client))


def can_petition(member: Member, client: Client, kind: str) -> bool:
    """Who works with the client asks to see the places; the division asks to lift the protection. No guests."""
    if kind == "lift":
        return can_protect(member, client)
    return member.is_current and not member.is_guest and can_write_about(member, client)


def check_can_petition(member: Member, client: Client, kind: str) -> None:
    check(member, client, can_petition(member, client, kind))


def petition_for(member: Member, client: Client, petition_id: UUID) -> Petition:
    """The only way to get a petition by id: one of a client this member sees, their own or one they decide on."""
    found = petitions_visible_to(member, client).filter(pk=petition_id).first()
    if found is None:
        raise NotHere(subject=petition_id, client_id=client.pk)
    return found


def petitions_visible_to(member: Member, client: Client) -> QuerySet[Petition]:
    rows = Petition.objects.filter(client=client).select_related("asked_by__organization", "first_by", "second_by")
    return rows if can_protect(member, client) else rows.filter(asked_by=member)


def petitions_to_approve(member: Member, client: Client, petitions: Iterable[Petition]) -> set[UUID]:
    """Those of a client's petitions that this member may approve, in one question for all."""
    if not can_protect(member, client):
        return set()
    return {one.pk for one in petitions if one.is_waiting and member.pk not in {one.asked_by_id, one.first_by_id}}


def check_can_approve(member: Member, client: Client, petition: Petition) -> None:
    check(member, client, is_another(member, client, petition))


def is_another(member: Member, client: Client, petition: Petition) -> bool:
    return can_protect(member, client) and member.pk not in {petition.asked_by_id, petition.first_by_id}


def check_can_end_petition(member: Member, client: Client, petition: Petition) -> None:
    """Who has asked takes it back; everybody of the division ends it: less is always allowed to one alone."""
    check(member, client, member.pk == petition.asked_by_id or can_protect(member, client))


def check(member: Member, client: Client, allowed: bool) -> None:
    if not can_see(member, client):
        raise NotHere(subject=client)
    if not allowed:
        raise NotAllowed(subject=client, client_id=client.pk)

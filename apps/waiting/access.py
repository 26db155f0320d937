"""Who puts families on the waiting list, and who sees whom wait.

Those who arrange services put families on it, see those of their own office and answer for them. The city sees everybody who
waits, by what is wanted and without a name. A name is shown to those of the office who see the client.
"""

from uuid import UUID

from django.db.models import QuerySet

from apps.clients.access import can_see, client_for
from apps.clients.models import Client
from apps.environments.models import Member
from apps.facilities.access import is_of_the_city
from apps.kernel.refusals import NotAllowed, NotHere
from apps.visits.access import can_arrange, clients_to_arrange_for, people_of_office
from apps.waiting.models import Waiting


def can_see_list(member: Member) -> bool:
    return can_arrange(member) or is_of_the_city(member)


def check_can_see_list(member: Member) -> None:
    if not can_see_list(member):
        raise NotAllowed


def waiting_visible_to(member: Member) -> QuerySet[Waiting]:
    """Those of one's own office; all, for the city."""
    if member.is_guest or not member.is_current:
        return Waiting.objects.none()
    if is_of_the_city(member):
        return Waiting.objects.all()
    return Waiting.objects.filter(put_by__organization=member.organization_id)


def waiting_for(member: Member, wait_id: UUID) -> Waiting:
    """The only way to get somebody who waits."""
    beside = ("put_by__organization", "kind", "near", "for_whom", "environment", "ended_by")
    found: Waiting | None = waiting_visible_to(member).select_related(*beside).filter(pk=wait_id).first()
    if found is None:
        raise NotHere(subject=wait_id)
    return found


def can_look_after(member: Member, waiting: Waiting) -> bool:
    """Answer for them, and take them off the list: those of the office that put them on it."""
    return can_arrange(member) and waiting.put_by.organization_id == member.organization_id


def check_can_look_after(member: Member, waiting: Waiting) -> None:
    if not can_look_after(member, waiting):
        raise NotAllowed(subject=waiting)


def client_behind(member: Member, waiting: Waiting) -> Client | None:
    """Who waits, for those of the office who see the client."""
    if waiting.client_id is None or not can_look_after(member, waiting):
        return None
    seen = can_see(member, Client(pk=waiting.client_id))
    return client_for(member, waiting.client_id) if seen else None


def keeper_of(waiting: Waiting) -> Member | None:
    """For whom an offer is held: whoever put them on the list, or else a colleague who may book for them."""
    office = people_of_office(waiting.put_by.organization_id)
    people = sorted(office, key=lambda one: one.pk != waiting.put_by_id)
    return next((one for one in people if may_book(one, waiting)), None)


def may_book(member: Member, waiting: Waiting) -> bool:
    if waiting.client_id is None:
        return can_arrange(member)
    return clients_to_arrange_for(member).filter(pk=waiting.client_id).exists()

"""Pass on a leaver's part in care teams: their name on the seats, and the responsibility they held."""

from datetime import datetime

from django.db import transaction

from apps.audit import actions as audit
from apps.clients.models import Client, Responsibility, TeamMember
from apps.clients.queries import teams_of
from apps.environments.access import check_can_administer
from apps.environments.models import Member


@transaction.atomic
def hand_on_teams(*, member: Member, successor: Member | None, by: Member) -> int:
    """Name the successor where somebody whose place has just ended was named, as what they were, from that moment on.

    The database has ended the leaver's periods with the place. A successor who is on the seat already keeps their own
    role, and takes the responsibility only if it allows that. Returns how many clients were passed on. Called by
    `handovers.actions` in the transaction that ends the place.
    """
    check_can_administer(by)
    if successor is None:
        return 0

    left = [one for one in teams_of(member) if one.seat.valid_to is None or one.seat.valid_to > end_of(one)]
    clients = {one.seat.client_id for one in left}
    # The lock of everybody who changes a team, in key order: the rows read below are the last word.
    list(Client.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=clients).order_by("pk"))
    present = {one.seat_id: one for one in TeamMember.objects.lasting().filter(member=successor)}
    for one in left:
        after = present.get(one.seat_id) or named(one, member=member, successor=successor, by=by)
        if after.can_be_responsible:
            take_responsibility(one, after, member=member, by=by)
    return len(clients)


def end_of(person: TeamMember) -> datetime:
    assert person.valid_to is not None, "it ended with the place"
    return person.valid_to


def named(before: TeamMember, *, member: Member, successor: Member, by: Member) -> TeamMember:
    after = TeamMember.objects.create(
        environment_id=before.environment_id,
        seat=before.seat,
        member=successor,
        role=before.role,
        valid_from=end_of(before),
        valid_to=before.seat.valid_to,
        given_by=by,
    )
    record("clients.person_named", before, successor, member, by)
    return after


def take_responsibility(before: TeamMember, after: TeamMember, *, member: Member, by: Member) -> None:
    """Responsibilities that ended with the place, and not those of somebody else since."""
    held = Responsibility.objects.filter(person=before, valid_to__gte=member.valid_to)
    others = Responsibility.objects.lasting().filter(client=before.seat.client_id)
    if held.exists() and not others.exists():
        Responsibility.objects.create(
            environment_id=before.environment_id,
            client=before.seat.client,
            person=after,
            valid_from=max(end_of(before), after.valid_from),
            valid_to=after.valid_to,
            given_by=by,
        )
        record("clients.responsibility_handed_over", before, after.member, member, by)


def record(verb: str, before: TeamMember, successor: Member, member: Member, by: Member) -> None:
    client = before.seat.client
    detail = {"member": str(successor.pk), "before": str(member.pk), "role": before.role}
    audit.record(verb=verb, subject=client, client=client, by=by, detail=detail)

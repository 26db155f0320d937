"""Name people on a seat, in their roles, and take them off again."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.audit import actions as audit
from apps.clients.access import check_can_change_team, check_can_name_people_of
from apps.clients.models import RESPONSIBLE_ROLES, Client, Responsibility, Seat, TeamMember
from apps.clients.refusals import NamedAlready, NotOfTheSeat, PersonLeft, SeatEnded
from apps.environments.models import Member


@transaction.atomic
def name_person(*, seat: Seat, member: Member, role: str, by: Member) -> TeamMember:
    """Name a person of the seated organization on the team, from now, or from when the seat begins, until it ends.

    It opens nothing by itself: who sees the client follows from the seat.
    """
    check_can_name_people_of(by, seat)

    seat = held(seat)
    if member.organization_id != seat.organization_id or not member.is_current:
        raise NotOfTheSeat(subject=seat.client, client_id=seat.client_id)
    person = write_person(seat, member, role, by)
    record("clients.person_named", person, by)
    return person


def held(seat: Seat) -> Seat:
    """The seat, read again behind its client's lock: who changes one team at once comes one after the other."""
    Client.objects.select_for_update(of=("self",), no_key=True).get(pk=seat.client_id)
    seat = Seat.objects.select_related("client").get(pk=seat.pk)
    if seat.valid_to is not None and seat.valid_to <= timezone.now():
        raise SeatEnded(subject=seat.client, client_id=seat.client_id)
    return seat


def write_person(seat: Seat, member: Member, role: str, by: Member) -> TeamMember:
    ends = [moment for moment in (seat.valid_to, member.valid_to) if moment is not None]
    try:
        with transaction.atomic():
            return TeamMember.objects.create(
                environment_id=seat.environment_id,
                seat=seat,
                member=member,
                role=role,
                valid_from=max(timezone.now(), seat.valid_from),
                valid_to=min(ends, default=None),
                given_by=by,
            )
    except IntegrityError as error:
        # Named already, or the database found that seat or place have ended in this moment.
        refusal = NamedAlready if "one_role_per_person" in str(error) else NotOfTheSeat
        raise refusal(subject=seat.client, client_id=seat.client_id) from error


@transaction.atomic
def take_off(*, person: TeamMember, by: Member) -> None:
    """End a person's time on the team now; a responsibility they held ends with it. The period stays."""
    check_can_change_team(by, person.seat.client)

    held(person.seat)
    person = still_named(person)
    end(person, max(timezone.now(), person.valid_from), by)
    record("clients.person_taken_off", person, by)


@transaction.atomic
def change_role(*, person: TeamMember, role: str, by: Member) -> TeamMember:
    """End the period in one role and begin the next in another at the same moment; a responsibility goes on if it can."""
    check_can_name_people_of(by, person.seat)

    seat = held(person.seat)
    before = still_named(person)
    was_responsible = Responsibility.objects.open().filter(person=before).exists()
    moment, until = max(timezone.now(), before.valid_from), before.valid_to
    end(before, moment, by)
    place = {"environment_id": seat.environment_id, "valid_from": moment, "valid_to": until, "given_by": by}
    after = TeamMember.objects.create(seat=seat, member=before.member, role=role, **place)
    if was_responsible and role in RESPONSIBLE_ROLES:
        Responsibility.objects.create(client=seat.client, person=after, **place)
    record("clients.person_changed_role", after, by)
    return after


def still_named(person: TeamMember) -> TeamMember:
    fresh = TeamMember.objects.lasting().select_related("seat__client", "member").filter(pk=person.pk).first()
    if fresh is None:
        raise PersonLeft(subject=person.seat.client, client_id=person.seat.client_id)
    return fresh


def end(person: TeamMember, moment: datetime, by: Member) -> None:
    person.valid_to, person.ended_by = moment, by
    person.save(update_fields=["valid_to", "ended_by"])


def record(verb: str, person: TeamMember, by: Member) -> None:
    client = person.seat.client
    detail = {"member": str(person.member_id), "role": person.role, "organization": str(person.seat.organization_id)}
    audit.record(verb=verb, subject=client, client=client, by=by, detail=detail)

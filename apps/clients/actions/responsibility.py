"""Say who is responsible for a client, and hand the responsibility over."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from apps.audit import actions as audit
from apps.clients.access import check_can_name_people_of
from apps.clients.models import Client, Responsibility, TeamMember
from apps.clients.refusals import MakesNoPlan, PersonLeft, ResponsibilityMoved, ResponsibleNamed
from apps.environments.models import Member
from apps.notices.actions import notify


@transaction.atomic
def name_responsible(*, person: TeamMember, by: Member) -> Responsibility:
    """Say who is responsible from now on, where nobody is yet."""
    client = person.seat.client
    check_can_name_people_of(by, person.seat)

    person = held(client, person)
    if Responsibility.objects.lasting().filter(client=client).exists():
        raise ResponsibleNamed(subject=client, client_id=client.pk)
    named = write_responsibility(client, person, max(timezone.now(), person.valid_from), by)
    record("clients.responsible_named", named, by)
    return named


@transaction.atomic
def hand_over_responsibility(
    *, responsibility: Responsibility, to: TeamMember, by: Member, begins_at: datetime | None = None
) -> Responsibility:
    """Close one person's time and begin the next one's at the same moment, now or to come.

    Refused when the responsibility is not the present one any more, or has an end already.
    """
    client = responsibility.client
    check_can_name_people_of(by, to.seat)

    to = held(client, to)
    now = timezone.now()
    moment = max(begins_at or now, now, to.valid_from)
    fresh = Responsibility.objects.select_for_update(of=("self",)).get(pk=responsibility.pk)
    others = Responsibility.objects.lasting().filter(client=client).exclude(pk=fresh.pk)
    if fresh.person_id == to.pk or not fresh.is_open or others.exists():
        raise ResponsibilityMoved(subject=client, client_id=client.pk)
    if fresh.valid_to is None or fresh.valid_to > moment:
        fresh.valid_to, fresh.ended_by = moment, by
        fresh.save(update_fields=["valid_to", "ended_by"])
    handed = write_responsibility(client, to, moment, by)
    record("clients.responsibility_handed_over", handed, by, before=responsibility.person)
    return handed


def held(client: Client, person: TeamMember) -> TeamMember:
    """The person, read again behind the client's lock: of two who name somebody at once, the second one sees the first's."""
    Client.objects.select_for_update(of=("self",), no_key=True).get(pk=client.pk)
    fresh = TeamMember.objects.select_related("seat", "member").get(pk=person.pk)
    if fresh.seat.client_id != client.pk or not fresh.can_be_responsible:
        raise MakesNoPlan(subject=client, client_id=client.pk)
    if fresh.valid_to is not None and fresh.valid_to <= timezone.now():
        raise PersonLeft(subject=client, client_id=client.pk)
    return fresh


def write_responsibility(client: Client, person: TeamMember, moment: datetime, by: Member) -> Responsibility:
    """The row with its notification; it lasts as long as the person's time on the team."""
    try:
        with transaction.atomic():
            written = Responsibility.objects.create(
                environment_id=client.environment_id,
                client=client,
                person=person,
                valid_from=moment,
                valid_to=person.valid_to,
                given_by=by,
            )
    except IntegrityError as error:
        # Somebody else was named past the lock, or the person has left the team in this moment.
        raise ResponsibilityMoved(subject=client, client_id=client.pk) from error
    if person.member_id != by.pk:
        slug = by.environment.slug
        notify(
            receivers=[person.member],
            sentence=gettext_noop("You have been named as the person responsible for a client."),
            path=reverse("clients:client", kwargs={"slug": slug, "client_id": client.pk}),
            about=client.pk,
        )
    return written


def record(verb: str, named: Responsibility, by: Member, before: TeamMember | None = None) -> None:
    detail = {"member": str(named.person.member_id), "from": named.valid_from.isoformat()}
    detail |= {"before": str(before.member_id)} if before else {}
    audit.record(verb=verb, subject=named.client, client=named.client, by=by, detail=detail)

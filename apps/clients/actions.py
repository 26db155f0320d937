"""Register clients, give and end seats on their care teams, open a client to one person by hand."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop
from guardian.shortcuts import assign_perm, remove_perm

from apps.audit import actions as audit
from apps.clients.access import (
    VIEW,
    check_can_be_opened_to,
    check_can_change_team,
    check_can_register,
    client_for,
)
from apps.clients.happenings import access_changed
from apps.clients.models import Client, Seat
from apps.clients.refusals import LastSeat, SeatEnded, SeatTaken
from apps.environments.models import Member, Organization
from apps.notices.actions import notify


@transaction.atomic
def register_client(*, name: str, kana: str, born_on: date, by: Member, area: str = "") -> Client:
    """Write down a care recipient; the registering member's organization takes the first seat on the care team."""
    check_can_register(by)

    client = Client.objects.create(environment_id=by.environment_id, name=name, kana=kana, born_on=born_on, area=area)
    audit.record(verb="clients.registered", subject=client, client=client, by=by)
    take_seat(client=client, organization=by.organization, by=by)
    return client


@transaction.atomic
def give_seat(*, client: Client, organization: Organization, by: Member) -> Seat:
    """Give an organization a seat: from now on its members may see the client."""
    check_can_change_team(by, client)

    seat = take_seat(client=client, organization=organization, by=by)
    notify(
        receivers=Member.objects.current().filter(organization=organization).exclude(pk=by.pk),
        sentence=gettext_noop("Your organization has been given a seat on a care team."),
    )
    return seat


def take_seat(*, client: Client, organization: Organization, by: Member) -> Seat:
    # Two who give the same seat at once come one after the other: meeting at the exclusion constraint they could wait
    # for each other in a circle.
    Client.objects.select_for_update(of=("self",), no_key=True).get(pk=client.pk)
    try:
        with transaction.atomic():
            seat = Seat.objects.create(
                environment_id=client.environment_id, client=client, organization=organization, given_by=by
            )
    except IntegrityError as error:
        # The exclusion constraint: the organization sits already, perhaps by somebody else's hand in this moment.
        raise SeatTaken(subject=client, client_id=client.pk) from error
    audit.record(
        verb="clients.seat_given",
        subject=client,
        client=client,
        by=by,
        detail={"organization": str(organization.pk)},
    )
    access_changed.announce(environment_id=client.environment_id, client_id=client.pk)
    return seat


@transaction.atomic
def end_seat(*, seat: Seat, by: Member) -> None:
    """End a seat now: its organization's members lose the client and all its rooms at once. The period stays."""
    check_can_change_team(by, seat.client)

    # Locked together in key order: two people who end the two last seats at once cannot both succeed. Whoever waited for
    # the lock looks again: `open()` asked with a clock from before the wait, and would still count a seat just ended.
    seats = Seat.objects.open().filter(client=seat.client_id).order_by("pk").select_for_update(of=("self",))
    still_open = {one.pk: one for one in seats if one.is_open}
    if seat.pk not in still_open:
        raise SeatEnded(subject=seat.client, client_id=seat.client_id)
    if len(still_open) == 1:
        raise LastSeat(subject=seat.client, client_id=seat.client_id)

    ended = still_open[seat.pk]
    ended.valid_to = timezone.now()
    ended.ended_by = by
    ended.save(update_fields=["valid_to", "ended_by"])
    audit.record(
        verb="clients.seat_ended",
        subject=seat.client,
        client=seat.client,
        by=by,
        detail={"organization": str(seat.organization_id)},
    )
    access_changed.announce(environment_id=seat.environment_id, client_id=seat.client_id)


@transaction.atomic
def open_by_hand(*, client: Client, member: Member, by: Member) -> None:
    """Open a client to one person whose organization has no seat, such as a supervisor who stands in."""
    check_can_change_team(by, client)
    check_can_be_opened_to(member, client)

    assign_perm(VIEW, member.user, client)
    audit.record(verb="clients.opened_by_hand", subject=client, client=client, by=by, detail={"member": str(member.pk)})
    access_changed.announce(environment_id=client.environment_id, client_id=client.pk)


@transaction.atomic
def close_by_hand(*, client: Client, member: Member, by: Member) -> None:
    """Take back what was opened by hand; what follows from a seat stays."""
    client = client_for(by, client.pk)
    check_can_change_team(by, client)

    remove_perm(VIEW, member.user, client)
    audit.record(verb="clients.closed_by_hand", subject=client, client=client, by=by, detail={"member": str(member.pk)})
    access_changed.announce(environment_id=client.environment_id, client_id=client.pk, member_id=member.pk)

"""Give and end seats on a care team."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from apps.audit import actions as audit
from apps.clients.access import check_can_change_team, organizations_covered
from apps.clients.happenings import access_changed
from apps.clients.models import Client, Seat
from apps.clients.refusals import LastSeat, SeatEnded, SeatTaken
from apps.environments.models import Member, Organization
from apps.notices.actions import notify


@transaction.atomic
def give_seat(*, client: Client, organization: Organization, by: Member) -> Seat:
    """Give an organization a seat: its members see the client from now on, or as soon as a consent covers them."""
    check_can_change_team(by, client)

    seat = take_seat(client=client, organization=organization, by=by)
    sentence = gettext_noop("Your organization has been given a seat on a care team.")
    if not organizations_covered(client).filter(pk=organization.pk).exists():
        sentence = gettext_noop("Your organization has been asked onto a care team; the client's consent is awaited.")
    notify(receivers=Member.objects.current().filter(organization=organization).exclude(pk=by.pk), sentence=sentence)
    return seat


@transaction.atomic
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
    if len(still_open) == 1 and seat.client.division_id is None:
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

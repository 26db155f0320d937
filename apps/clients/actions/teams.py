"""Give and end seats on a care team."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from apps.audit import actions as audit
from apps.clients.access import charges_now, check_can_change_team, organizations_covered
from apps.clients.actions.closing import close_to_who_lost
from apps.clients.happenings import access_changed
from apps.clients.models import Client, Seat, SeatPurpose
from apps.clients.refusals import (
    LastSeat,
    SeatEnded,
    SeatEndsSooner,
    SeatInPast,
    SeatOverlaps,
    SeatReversed,
    SeatTaken,
)
from apps.environments.models import Member, Organization
from apps.notices.actions import notify, settle

# Settled once the consent has come or the seat has ended.
AWAITED = gettext_noop("Your organization has been asked onto a care team; the client's consent is awaited.")


@transaction.atomic
def give_seat(
    *,
    client: Client,
    organization: Organization,
    by: Member,
    role: str = "",
    purpose: str = SeatPurpose.COORDINATION,
    begins_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> Seat:
    """Give an organization a seat, from now or a moment to come, until a moment or further notice: its members see the
    client as soon as the seat has begun and a consent covers them for its purpose."""
    check_can_change_team(by, client)

    period = {"begins_at": begins_at, "ends_at": ends_at}
    seat = take_seat(client=client, organization=organization, role=role, purpose=purpose, by=by, **period)
    sentence = gettext_noop("Your organization has been given a seat on a care team.")
    about = client.pk
    if seat.valid_from > timezone.now():
        sentence = gettext_noop("Your organization will have a seat on a care team from a day to come.")
    elif not organizations_covered(client, purpose).filter(pk=organization.pk).exists():
        sentence, about = AWAITED, seat.pk
    people = Member.objects.current().filter(organization=organization).exclude(pk=by.pk)
    notify(receivers=people, sentence=sentence, about=about)
    return seat


@transaction.atomic
def take_seat(
    *,
    client: Client,
    organization: Organization,
    by: Member,
    role: str = "",
    purpose: str = SeatPurpose.COORDINATION,
    begins_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> Seat:
    now = timezone.now()
    valid_from = max(begins_at or now, now)
    if begins_at is not None and timezone.localdate(begins_at) < timezone.localdate(now):
        raise SeatInPast(subject=client, client_id=client.pk)
    if ends_at is not None and ends_at <= now:
        raise SeatInPast(subject=client, client_id=client.pk)
    if ends_at is not None and ends_at <= valid_from:
        raise SeatReversed(subject=client, client_id=client.pk)

    # Two who give the same seat at once come one after the other: meeting at the exclusion constraint they could wait
    # for each other in a circle.
    Client.objects.select_for_update(of=("self",), no_key=True).get(pk=client.pk)
    try:
        with transaction.atomic():
            seat = Seat.objects.create(
                environment_id=client.environment_id,
                client=client,
                organization=organization,
                role=role,
                purpose=purpose,
                valid_from=valid_from,
                valid_to=ends_at,
                given_by=by,
            )
    except IntegrityError as error:
        # The exclusion constraint: the organization sits already, perhaps by somebody else's hand in this moment.
        sits_now = Seat.objects.open().filter(client=client, organization=organization).exists()
        refusal = SeatTaken if sits_now and valid_from == now else SeatOverlaps
        raise refusal(subject=client, client_id=client.pk) from error
    audit.record(
        verb="clients.seat_given",
        subject=client,
        client=client,
        by=by,
        detail={"organization": str(organization.pk), "purpose": str(purpose), "from": valid_from.isoformat()}
        | ({"until": ends_at.isoformat()} if ends_at else {}),
    )
    access_changed.announce(environment_id=client.environment_id, client_id=client.pk)
    return seat


@transaction.atomic
def end_seat(*, seat: Seat, by: Member, ends_at: datetime | None = None) -> None:
    """End a seat, now or at a moment to come: from then on its organization's members lose the client and all its rooms.

    The people on it leave the team with it. A seat that has not begun is taken back. The period stays.
    """
    check_can_change_team(by, seat.client)

    # Locked together in key order: two people who end the two last seats at once cannot both succeed. Whoever waited for
    # the lock looks again: the question was asked with a clock from before the wait, and would still count a seat just ended.
    locked = list(Seat.objects.lasting().filter(client=seat.client_id).order_by("pk").select_for_update(of=("self",)))
    now = timezone.now()
    present = {one.pk: one for one in locked if one.valid_to is None or one.valid_to > now}
    if seat.pk not in present:
        raise SeatEnded(subject=seat.client, client_id=seat.client_id)
    ended = present[seat.pk]
    until = max(ends_at or now, ended.valid_from)
    if until < now:
        raise SeatInPast(subject=seat.client, client_id=seat.client_id)
    if ended.valid_to is not None and until > ended.valid_to:
        raise SeatEndsSooner(subject=seat.client, client_id=seat.client_id)
    supports = ended.valid_from <= now and ended.purpose == SeatPurpose.COORDINATION
    is_charged = charges_now().filter(client=seat.client_id).exists()
    if supports and not is_charged and not another_sits(present, ended, until):
        raise LastSeat(subject=seat.client, client_id=seat.client_id)

    ended.valid_to = until
    ended.ended_by = by
    ended.save(update_fields=["valid_to", "ended_by"])
    audit.record(
        verb="clients.seat_ended",
        subject=seat.client,
        client=seat.client,
        by=by,
        detail={"organization": str(seat.organization_id), "until": until.isoformat()},
    )
    if until <= now:
        settle(about=[ended.pk])
        close_to_who_lost(seat.client)
    access_changed.announce(environment_id=seat.environment_id, client_id=seat.client_id)


def another_sits(present: dict[object, Seat], ended: Seat, at: datetime) -> bool:
    """Whether some other seat is open at a moment: somebody still cares for the client then. Who is introduced does not."""
    others = [seat for seat in present.values() if seat.pk != ended.pk and seat.purpose == SeatPurpose.COORDINATION]
    return any(seat.valid_from <= at and (seat.valid_to is None or seat.valid_to > at) for seat in others)

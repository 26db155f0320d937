"""Withhold where a client is to be found, write places down, and let somebody see them by the word of two others."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from apps.audit import actions as audit
from apps.clients.access.people import of_the_division
from apps.clients.access.protection import (
    check_can_approve,
    check_can_end_petition,
    check_can_petition,
    check_can_protect,
    check_can_write_places,
)
from apps.clients.actions.closing import show_anew
from apps.clients.models import Client, ClientPlace, Petition, PetitionKind, Protection
from apps.clients.models.protection import DECIDED_WITHIN, OF_THE_RECORD, SEEN_FOR
from apps.clients.refusals import NotAwaitedPetition, NotProtected, PetitionedAlready, ProtectedAlready
from apps.environments.models import Member
from apps.kernel.my_number import check_no_individual_number
from apps.notices.actions import notify


@transaction.atomic
def protect_client(*, client: Client, by: Member) -> Protection:
    """Withhold from now on where a client is to be found: what the record says of it is moved out of the record."""
    check_can_protect(by, client)

    client = locked(client)
    if client.is_protected:
        raise ProtectedAlready(subject=client, client_id=client.pk)
    now = timezone.now()
    for kind in OF_THE_RECORD:
        if text := getattr(client, kind):
            replace_place(client=client, kind=kind, text=text, by=by, at=now)
            setattr(client, kind, "")
    client.is_protected = True
    client.version += 1
    client.save(update_fields=[*OF_THE_RECORD, "is_protected", "version"])
    protection = Protection.objects.create(environment_id=client.environment_id, client=client, marked_by=by)

    audit.record(verb="clients.protected", subject=protection, client=client, by=by)
    show_anew(client)
    return protection


@transaction.atomic
def write_place(*, client: Client, kind: str, text: str, by: Member) -> ClientPlace:
    """Write where somebody is; what was written of this kind before ends. Of a protected client it is written unseen."""
    check_can_write_places(by, client)

    check_no_individual_number(text)
    client = locked(client)
    if kind in OF_THE_RECORD and not client.is_protected:
        raise NotProtected(subject=client, client_id=client.pk)
    place = replace_place(client=client, kind=kind, text=text, by=by, at=timezone.now())
    audit.record(verb="clients.place_written", subject=place, client=client, by=by, detail={"kind": kind})
    return place


def replace_place(*, client: Client, kind: str, text: str, by: Member, at: datetime) -> ClientPlace:
    ClientPlace.objects.open().filter(client=client, kind=kind).update(valid_to=at)
    return ClientPlace.objects.create(
        environment_id=client.environment_id, client=client, kind=kind, text=text, written_by=by, valid_from=at
    )


@transaction.atomic
def petition(*, client: Client, kind: str, reason: str, by: Member) -> Petition:
    """Ask to see the places of a protected client, or to lift the protection. Others of the division decide."""
    check_can_petition(by, client, kind)

    client = locked(client)
    if not client.is_protected:
        raise NotProtected(subject=client, client_id=client.pk)
    now = timezone.now()
    about = {"environment_id": client.environment_id, "client": client, "asked_by": by}
    try:
        with transaction.atomic():
            asked = Petition.objects.create(
                kind=kind, reason=reason, asked_at=now, decide_until=now + DECIDED_WITHIN, **about
            )
    except IntegrityError as error:
        # The exclusion constraint: the same person asks for the same already.
        raise PetitionedAlready(subject=client, client_id=client.pk) from error

    division = Member.objects.current().filter(of_the_division(client))
    notify(
        receivers=division.exclude(pk=by.pk),
        sentence=gettext_noop("You are asked to decide about protected data."),
        path=path_of(client, by),
        about=client.pk,
    )
    audit.record(verb=f"clients.petition_{kind}", subject=asked, client=client, by=by)
    return asked


@transaction.atomic
def approve_petition(*, petition: Petition, by: Member) -> None:
    """Approve as one of those it takes: with the second the places are shown for 30 days, with the first a protection is
    lifted."""
    check_can_approve(by, petition.client, petition)

    # Client before petition, always: whoever protects, asks and approves at once comes one after the other.
    client = locked(petition.client)
    petition = locked_petition(petition)
    check_can_approve(by, client, petition)
    if not petition.is_waiting or not client.is_protected:
        raise NotAwaitedPetition(subject=client, client_id=client.pk)
    if petition.first_by_id is None:
        petition.first_by = by
        petition.save(update_fields=["first_by"])
    else:
        petition.second_by = by
        petition.closes_at = timezone.now() + SEEN_FOR
        petition.save(update_fields=["second_by", "closes_at"])
    audit.record(verb="clients.petition_approved", subject=petition, client=client, by=by)
    if petition.approvals == petition.needs:
        grant(petition, client, by)


def grant(petition: Petition, client: Client, by: Member) -> None:
    if petition.kind == PetitionKind.LIFT:
        lift(petition, client, by)
    notify(
        receivers=[petition.asked_by],
        sentence=gettext_noop("What you asked for about protected data was approved."),
        path=path_of(client, by),
        about=client.pk,
    )
    show_anew(client)


def lift(petition: Petition, client: Client, by: Member) -> None:
    """What the record said of places comes back into it; the protection stays as a row that was."""
    now = timezone.now()
    protection = Protection.objects.get(client=client, lifted_at=None)
    protection.lifted_at, protection.lifting_asked_by, protection.lifted_by = now, petition.asked_by, by
    protection.save(update_fields=["lifted_at", "lifting_asked_by", "lifted_by"])
    for place in ClientPlace.objects.open().filter(client=client, kind__in=OF_THE_RECORD):
        setattr(client, place.kind, place.text[:80])
        place.valid_to = now
        place.save(update_fields=["valid_to"])
    client.is_protected = False
    client.version += 1
    client.save(update_fields=[*OF_THE_RECORD, "is_protected", "version"])
    audit.record(
        verb="clients.protection_lifted",
        subject=protection,
        client=client,
        by=by,
        detail={"asked_by": str(petition.asked_by_id)},
    )


@transaction.atomic
def end_petition(*, petition: Petition, by: Member) -> None:
    """Take back what was asked or approved: from now on it shows nothing."""
    check_can_end_petition(by, petition.client, petition)

    petition = locked_petition(petition)
    if not petition.is_waiting and not petition.is_seeing:
        raise NotAwaitedPetition(subject=petition.client, client_id=petition.client_id)
    petition.ended_at = timezone.now()
    petition.ended_by = by
    petition.save(update_fields=["ended_at", "ended_by"])
    audit.record(verb="clients.petition_ended", subject=petition, client=petition.client_id, by=by)
    show_anew(petition.client)


def locked(client: Client) -> Client:
    # Read again under the lock: somebody else may have protected or edited the client in this moment.
    return Client.objects.select_for_update(of=("self",)).get(pk=client.pk)


def locked_petition(petition: Petition) -> Petition:
    rows = Petition.objects.select_for_update(of=("self",)).select_related("client", "asked_by")
    return rows.get(pk=petition.pk)


def path_of(client: Client, by: Member) -> str:
    return reverse("clients:places", kwargs={"slug": by.environment.slug, "client_id": client.pk})

"""Open a client to one person by hand, and close it again."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop
from guardian.shortcuts import assign_perm, remove_perm

from apps.audit import actions as audit
from apps.clients.access import VIEW, check_can_be_opened_to, check_can_change_team, client_for
from apps.clients.actions.closing import close_to_who_lost
from apps.clients.happenings import access_changed
from apps.clients.models import Client, ClientUserObjectPermission, OpeningReason
from apps.clients.refusals import OpeningOver, OpeningTooLong
from apps.environments.access import check_can_administer
from apps.environments.models import Member
from apps.notices.actions import notify

USUAL = timedelta(days=14)
# A year and its last day to the end.
LONGEST = timedelta(days=367)


@transaction.atomic
def open_by_hand(
    *,
    client: Client,
    member: Member,
    by: Member,
    expires_at: datetime | None = None,
    reason: str = OpeningReason.OTHER,
) -> None:
    """Open a client to one person whose organization has no seat, such as a supervisor who stands in until a date.

    For a fortnight where no end is given, and never for more than a year. The person is told, without a name.
    """
    check_can_change_team(by, client)
    check_can_be_opened_to(member, client)

    now = timezone.now()
    expires_at = expires_at or now + USUAL
    if expires_at <= now:
        raise OpeningOver(subject=client, client_id=client.pk)
    if expires_at > now + LONGEST:
        raise OpeningTooLong(subject=client, client_id=client.pk)

    grant: Any = assign_perm(VIEW, member.user, client)
    # Opened again after an opening has expired, the row is the same: its end is set anew.
    grant.expires_at, grant.reason, grant.opened_by = expires_at, reason, by
    grant.save(update_fields=["expires_at", "reason", "opened_by"])
    detail = {"member": str(member.pk), "reason": str(reason), "until": expires_at.isoformat()}
    audit.record(verb="clients.opened_by_hand", subject=client, client=client, by=by, detail=detail)
    notify(
        receivers=[member],
        sentence=gettext_noop("A client has been opened to you by hand, until a day that the care team has set."),
        path=reverse("clients:client", kwargs={"slug": by.environment.slug, "client_id": client.pk}),
        about=client.pk,
    )
    access_changed.announce(environment_id=client.environment_id, client_id=client.pk)


@transaction.atomic
def close_by_hand(*, client: Client, member: Member, by: Member) -> None:
    """Take back what was opened by hand; what follows from a seat stays."""
    client = client_for(by, client.pk)
    check_can_change_team(by, client)

    remove_perm(VIEW, member.user, client)
    close_to_who_lost(client)
    audit.record(verb="clients.closed_by_hand", subject=client, client=client, by=by, detail={"member": str(member.pk)})
    access_changed.announce(environment_id=client.environment_id, client_id=client.pk, member_id=member.pk)


@transaction.atomic
def drop_grants(*, member: Member, by: Member) -> int:
    """Take back all that was opened by hand to somebody whose place ends, so that no later place of theirs revives it.

    Returns how many clients that were. Called by `handovers.actions` in the transaction that ends the place.
    """
    check_can_administer(by)

    granted = Client.objects.filter(pk__in=grants_of(member).values("content_object")).order_by("pk")
    for client in granted:
        remove_perm(VIEW, member.user, client)
        detail = {"member": str(member.pk)}
        audit.record(verb="clients.closed_by_hand", subject=client, client=client, by=by, detail=detail)
        access_changed.announce(environment_id=client.environment_id, client_id=client.pk, member_id=member.pk)
    return len(granted)


def grants_of(member: Member) -> QuerySet[ClientUserObjectPermission]:
    """All of them, expired ones too: a row that lies there could be opened again."""
    return ClientUserObjectPermission.objects.filter(user=member.user_id)

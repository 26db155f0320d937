"""Tell members something, and remember that they saw it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop
from django_scopes import scope

from apps.environments.models import Environment, Member, Role
from apps.notices.happenings import notified
from apps.notices.models import Notification


@transaction.atomic
def notify(
    *, receivers: Iterable[Member], sentence: str, path: str = "", about: UUID | None = None
) -> list[Notification]:
    """Write one row per receiver. Call it inside the transaction of the deed; `sentence` is marked with gettext_noop.
    What is told `about` something asks for attention until that is settled."""
    rows = Notification.objects.bulk_create(
        Notification(environment_id=member.environment_id, receiver=member, sentence=sentence, path=path, about=about)
        for member in receivers
    )
    for row in rows:
        notified.announce(environment_id=row.environment_id, member_id=row.receiver_id)
    return rows


@dataclass(frozen=True)
class Telling:
    """Whom something is told, where it is behind, and what has to happen before it is settled."""

    receiver: Member
    path: str
    about: UUID | None = None


@transaction.atomic
def notify_each(*, told: Iterable[Telling], sentence: str) -> int:
    """The same sentence to many, each with an address of their own: two statements whatever the number. Returns it."""
    rows = Notification.objects.bulk_create(
        [
            Notification(
                environment_id=one.receiver.environment_id,
                receiver=one.receiver,
                sentence=sentence,
                path=one.path,
                about=one.about,
            )
            for one in told
        ],
        batch_size=5000,
    )
    notified.announce_each({"environment_id": row.environment_id, "member_id": row.receiver_id} for row in rows)
    return len(rows)


@transaction.atomic
def settle(*, about: Iterable[UUID]) -> int:
    """What was told about these has come to its end: it counts no more, and stays in the inbox as settled. Returns how many
    notifications that were; a second time none."""
    waiting = Notification.objects.unsettled().filter(about__in=list(about))
    rows = list(waiting.order_by("pk").select_for_update(of=("self",)).values_list("pk", "environment_id", "receiver"))
    Notification.objects.filter(pk__in=[pk for pk, _, _ in rows]).update(settled_at=timezone.now())
    for _pk, environment_id, member_id in rows:
        notified.announce(environment_id=environment_id, member_id=member_id)
    return len(rows)


@transaction.atomic
def close(*, about: UUID, receivers: Iterable[UUID]) -> int:
    """What was told about something is hidden from these members, who may not know of it any more: it is in no list and no
    count, and its address answers that nothing is here. Returns how many notifications that were."""
    told = Notification.objects.unsettled().filter(about=about, closed_at=None, receiver__in=list(receivers))
    rows = list(told.order_by("pk").select_for_update(of=("self",)).values_list("pk", "environment_id", "receiver"))
    Notification.objects.filter(pk__in=[pk for pk, _, _ in rows]).update(closed_at=timezone.now())
    for environment_id, member_id in {(environment_id, member_id) for _, environment_id, member_id in rows}:
        notified.announce(environment_id=environment_id, member_id=member_id)
    return len(rows)


@transaction.atomic
def see(*, notification: Notification, by: Member) -> None:
    """Mark one notification as seen by its receiver."""
    Notification.objects.unseen().filter(pk=notification.pk, receiver=by).update(seen_at=timezone.now())


@transaction.atomic
def see_all(*, by: Member) -> int:
    """Mark everything as seen; returns how many were not before."""
    return Notification.objects.unseen().filter(receiver=by).update(seen_at=timezone.now())


def welcome(*, environment: Environment, member_id: UUID, **_: Any) -> None:
    """Listens to `member_joined`: tells a new member where they are. Hearing it twice welcomes once."""
    with scope(environment=environment):
        member = Member.objects.current().filter(pk=member_id).first()
        if member is not None and not member.notifications.exists():
            notify(
                receivers=[member],
                sentence=gettext_noop("Welcome. Your place is ready: here you are told what concerns you."),
            )


def tell_of_new_slip(*, environment: Environment, member_id: UUID, **_: Any) -> None:
    """Listens to `slip_issued`: the person and the auditors hear of it, so that no new slip passes unnoticed."""
    with scope(environment=environment):
        members = Member.objects.current()
        notify(
            receivers=members.filter(pk=member_id),
            sentence=gettext_noop(
                "A new slip was issued for your account. If you did not ask for it, tell your admin."
            ),
        )
        notify(
            receivers=members.with_role(Role.AUDITOR).exclude(pk=member_id),
            sentence=gettext_noop("An admin issued a new slip for a member's account."),
        )

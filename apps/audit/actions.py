"""The verbs of the ledger: record a deed, a look, a refusal. Nothing here can change what was written."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Protocol, runtime_checkable
from uuid import UUID

from django.db import models
from django.utils import timezone
from django_scopes import get_scope

from apps.audit.models import Entry, Outcome
from apps.audit.origin import present
from apps.kernel.refusals import Refusal

# Looks of one person at one thing within this span are one entry.
ONE_LOOK = timedelta(minutes=10)


@runtime_checkable
class Actor(Protocol):
    """A member of an environment, as the ledger needs to know them."""

    pk: Any
    user_id: Any
    role: str
    organization_id: Any
    environment_id: Any


def record(
    *,
    verb: str,
    by: Actor | models.Model | None,
    subject: models.Model | None = None,
    client: models.Model | UUID | None = None,
    purpose: str = "",
    detail: dict[str, Any] | None = None,
) -> Entry:
    """Write that something was done. Call it inside the transaction of the deed: both are kept or neither.

    `detail` holds ids, counts and codes only. `client` is named whenever a client's information is involved; where no
    purpose is given, the one counts for which the client's door was opened (`looked_at_for`, set by that door).
    """
    entry = Entry(
        verb=verb,
        purpose=purpose or purpose_of(client),
        detail=detail or {},
        **who(by),
        **where(),
        **what(subject, client),
    )
    return written(entry)


def record_each(
    *,
    verb: str,
    by: Actor | models.Model | None,
    clients: Iterable[models.Model],
    purpose: str = "",
    detail: dict[str, Any] | None = None,
) -> None:
    """Write the same deed for each of many clients, in a few statements: one entry each, as `record` would."""
    told = {"verb": verb, "purpose": purpose, "detail": detail or {}, **who(by), **where()}
    Entry.objects.bulk_create([Entry(**told, **what(client, client)) for client in clients], batch_size=1000)


def opened(client: models.Model, *, by: Actor, subject: models.Model | None = None, purpose: str = "") -> None:
    """Write that a client's record (or `subject`, something that belongs to the client) was looked at.

    The purpose is the one for which the client's door was opened, and support where the door said nothing.
    """
    thing = subject if subject is not None else client
    looked(
        verb=f"{thing._meta.app_label}.opened",
        by=by,
        subject=thing,
        client=client,
        purpose=purpose or purpose_of(client) or "support",
    )


def purpose_of(client: models.Model | UUID | None) -> str:
    return str(getattr(client, "looked_at_for", ""))


def looked(
    *,
    verb: str,
    by: Actor,
    subject: models.Model | None = None,
    client: models.Model | None = None,
    purpose: str = "support",
    detail: dict[str, Any] | None = None,
) -> None:
    """Write a look. Looks of the same person at the same thing through the same entrance within ten minutes are one.

    A list that shows other things than before is another look, and so is a look for another purpose.
    """
    seen = Entry.objects.filter(
        member_id=by.pk,
        subject_id=str(subject.pk) if subject is not None else "",
        verb=verb,
        channel=present().channel,
        purpose=purpose,
        detail=detail or {},
        recorded_at__gt=timezone.now() - ONE_LOOK,
    )
    if not seen.exists():
        record(verb=verb, subject=subject, client=client, by=by, purpose=purpose, detail=detail)


def refused(*, verb: str, refusal: Refusal, by: Actor | models.Model | None) -> Entry:
    """Write that somebody was refused. The subject is what was asked for, whether it exists or not."""
    entry = Entry(
        verb=verb,
        outcome=Outcome.REFUSED,
        reason=refusal.code,
        client_id=refusal.client_id,
        subject_id=str(getattr(refusal.subject, "pk", refusal.subject) or "")[:64],
        **who(by),
        **where(),
    )
    return written(entry)


def who(by: Actor | models.Model | None) -> dict[str, Any]:
    if isinstance(by, Actor):
        return {
            "user_id": by.user_id,
            "member_id": by.pk,
            "role": by.role,
            "organization_id": by.organization_id,
            "environment_id": by.environment_id,
        }
    environment = get_scope().get("environment")
    return {
        "user_id": getattr(by, "pk", None),
        "environment_id": environment.pk if environment is not None else None,
    }


def where() -> dict[str, Any]:
    origin = present()
    return {"channel": origin.channel, "address": origin.address, "agent": origin.agent}


def what(subject: models.Model | None, client: models.Model | UUID | None) -> dict[str, Any]:
    client_id = client.pk if isinstance(client, models.Model) else client
    if subject is None:
        return {"client_id": client_id}
    return {"subject_kind": subject._meta.label_lower, "subject_id": str(subject.pk), "client_id": client_id}


def written(entry: Entry) -> Entry:
    # An entry may be written outside every environment (a sign-in): the plain manager has no scope to ask for.
    entry.save(force_insert=True)
    return entry

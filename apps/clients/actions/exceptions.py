"""Open a client by a legal exception, end it before its time, and judge it afterwards."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from apps.audit import actions as audit
from apps.clients.access import (
    charges_now,
    check_can_break_glass,
    check_can_confirm,
    check_can_end,
    check_can_report,
    check_can_review,
    consents_on_file,
    exceptions_visible_to,
    people_told_of_emergency,
    people_told_of_report,
    seconds_for,
    who_may_open,
)
from apps.clients.actions.closing import close_to_who_lost
from apps.clients.happenings import access_changed
from apps.clients.models import Client, ExceptionKind, LegalException, SilentOrganization
from apps.clients.models.exceptions import BREAK_GLASS_LASTS, CONFIRMED_WITHIN, PLACES, REPORT_LASTS
from apps.clients.refusals import AlreadyReviewed, ExceptionEnded, NoSecondPerson, NotAwaited, TooManyOpen
from apps.environments.models import Environment, Member, Organization, Role
from apps.notices.actions import notify


@transaction.atomic
def break_glass(*, client: Client, ground: str, purpose: str, by: Member) -> LegalException:
    """Open a client for reading, now and for two hours. Admins, auditors, the division and the care team hear of it."""
    check_can_break_glass(by)

    now = timezone.now()
    exception = take_place(
        client=client,
        by=by,
        kind=ExceptionKind.BREAK_GLASS,
        ground=ground,
        purpose=purpose,
        asked_at=now,
        opens_at=now,
        closes_at=now + BREAK_GLASS_LASTS,
    )

    told, may_open = people_told_of_emergency(client, by), who_may_open(exception)
    notify(receivers=told.filter(may_open), sentence=said_of_emergency(exception), path=path_of(exception))
    # The team finds who it was and until when above the client's page; the judging is not theirs.
    of_client = reverse("clients:client", kwargs={"slug": by.environment.slug, "client_id": client.pk})
    notify(receivers=told.exclude(may_open), sentence=said_of_emergency(exception), path=of_client, about=client.pk)
    written("clients.glass_broken", exception, by)
    return exception


def said_of_emergency(exception: LegalException) -> str:
    if consents_on_file(exception).exists():
        return gettext_noop(
            "Somebody has opened a client in an emergency; a consent for emergencies is on file. A review is due in 3 days."
        )
    return gettext_noop("Somebody has opened a client in an emergency, without consent. A review is due in 3 days.")


@transaction.atomic
def ask_to_report(
    *, client: Client, ground: str, purpose: str, second: Member, by: Member, unheard: Iterable[Organization] = ()
) -> LegalException:
    """Ask a second person to confirm a report of an abuse. Until then nothing is open, and nobody else is told.

    `unheard` are the organizations that hear nothing of it, because somebody of them may be the one it is about.
    """
    check_can_report(by)
    kept_out = list(unheard)
    is_possible = seconds_for(by).filter(pk=second.pk).exists()
    if not is_possible or second.organization_id in {one.pk for one in kept_out}:
        raise NoSecondPerson(subject=client, client_id=client.pk)

    now = timezone.now()
    exception = take_place(
        client=client,
        by=by,
        kind=ExceptionKind.REPORT,
        ground=ground,
        purpose=purpose,
        asked_at=now,
        second=second,
        confirm_until=now + CONFIRMED_WITHIN,
    )
    SilentOrganization.objects.bulk_create(
        SilentOrganization(environment_id=client.environment_id, exception=exception, organization=one)
        for one in kept_out
    )

    notify(
        receivers=[second],
        sentence=gettext_noop("You are asked to confirm a report as the second person, within 24 hours."),
        path=path_of(exception),
    )
    written("clients.report_asked", exception, by)
    return exception


def take_place(*, client: Client, by: Member, **fields: object) -> LegalException:
    """The first of the person's three places that is free now, and no second time the same client."""
    # Two tries of one person come one after the other: meeting at the exclusion constraint they could wait in a circle.
    Member.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    about = {"environment_id": client.environment_id, "client": client, "member": by}
    for place in range(1, PLACES + 1):
        try:
            with transaction.atomic():
                return LegalException.objects.create(place=place, **about, **fields)
        except IntegrityError as error:
            if "three_exceptions_per_person_at_a_time" not in str(error):
                raise TooManyOpen(subject=client, client_id=client.pk) from error
    raise TooManyOpen(subject=client, client_id=client.pk)


@transaction.atomic
def confirm_report(*, exception: LegalException, by: Member) -> None:
    """The second person confirms: the client is open to the first one for 72 hours. Whom this is about is not told."""
    check_can_confirm(by, exception)

    exception = locked(exception)
    if not exception.awaits_second:
        raise NotAwaited(subject=exception, client_id=exception.client_id)

    exception.opens_at = timezone.now()
    exception.closes_at = exception.opens_at + REPORT_LASTS
    exception.save(update_fields=["opens_at", "closes_at"])
    notify(
        receivers=people_told_of_report(exception),
        sentence=gettext_noop("A client was opened by the legal duty to report. A review is due in 3 days."),
        path=path_of(exception),
    )
    notify(
        receivers=[exception.member],
        sentence=gettext_noop("Your report was confirmed by the second person. It is open for 72 hours."),
        path=path_of(exception),
    )
    written("clients.report_confirmed", exception, by)


@transaction.atomic
def end_exception(*, exception: LegalException, by: Member) -> None:
    """End an exception before its time; as the second person, refuse to confirm. Open screens close at once."""
    check_can_end(by, exception)

    exception = locked(exception)
    if not exception.is_open and not exception.awaits_second:
        raise ExceptionEnded(subject=exception, client_id=exception.client_id)
    exception.ended_at = timezone.now()
    exception.ended_by = by
    exception.save(update_fields=["ended_at", "ended_by"])
    close_to_who_lost(exception.client)
    if by.pk != exception.member_id:
        notify(
            receivers=[exception.member],
            sentence=gettext_noop("What you had opened by exception was ended by somebody else."),
            path=path_of(exception),
        )
    written("clients.exception_ended", exception, by)


@transaction.atomic
def review_exception(*, exception: LegalException, is_justified: bool, note: str, by: Member) -> None:
    """Judge an exception, while it is open or after: once, and never one's own. Nothing of it changes afterwards."""
    check_can_review(by, exception)

    exception = locked(exception)
    if not exception.awaits_review:
        raise AlreadyReviewed(subject=exception, client_id=exception.client_id)
    exception.reviewed_at = timezone.now()
    exception.reviewed_by = by
    exception.is_justified = is_justified
    exception.review_note = note
    exception.save(update_fields=["reviewed_at", "reviewed_by", "is_justified", "review_note"])
    notify(
        receivers=[exception.member],
        sentence=gettext_noop("What you had opened by exception has been reviewed."),
        path=path_of(exception),
    )
    audit.record(
        verb="clients.exception_reviewed",
        subject=exception,
        client=exception.client_id,
        by=by,
        detail={"is_justified": is_justified},
    )


@transaction.atomic
def remind_of_reviews(*, environment: Environment) -> int:
    """Tell those who can judge that a review is overdue; once for each exception. Returns how many exceptions those are."""
    due = LegalException.objects.overdue().filter(reminded_at=None).select_for_update(of=("self",), skip_locked=True)
    found = list(due.select_related("client"))
    for exception in found:
        notify(
            receivers=[one for one in reviewers_of(exception) if exceptions_visible_to(one).filter(pk=exception.pk)],
            sentence=gettext_noop("The review of an exception is overdue."),
            path=path_of(exception, environment),
        )
        exception.reminded_at = timezone.now()
        exception.save(update_fields=["reminded_at"])
    return len(found)


def reviewers_of(exception: LegalException) -> list[Member]:
    people = Member.objects.current().select_related("environment").exclude(pk=exception.member_id)
    desk = people.filter(
        role=Role.DESK, organization__in=charges_now().filter(client=exception.client_id).values("division")
    )
    return [*people.filter(role=Role.AUDITOR), *desk.exclude(pk=exception.second_id)]


def locked(exception: LegalException) -> LegalException:
    # Read again under the lock: somebody else may have confirmed, ended or judged it in this moment.
    rows = LegalException.objects.select_for_update(of=("self",)).select_related("client", "member__environment")
    return rows.get(pk=exception.pk)


def path_of(exception: LegalException, environment: Environment | None = None) -> str:
    slug = (environment or exception.member.environment).slug
    return reverse("clients:exception", kwargs={"slug": slug, "exception_id": exception.pk})


def written(verb: str, exception: LegalException, by: Member) -> None:
    """The ledger's entry, and every process asks again who sees the client."""
    audit.record(
        verb=verb,
        subject=exception,
        client=exception.client_id,
        by=by,
        purpose=exception.kind,
        detail={"ground": exception.ground, "member": str(exception.member_id)},
    )
    access_changed.announce(
        environment_id=exception.environment_id, client_id=exception.client_id, member_id=exception.member_id
    )

"""Numbers and certifications: written down, struck out, opened. Nothing is overwritten."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.audit import actions as audit
from apps.clients.access import Numbered, certification_for, check_can_edit, number_for, numbers_like
from apps.clients.models import Certificate, Certification, Client, ClientNumber
from apps.clients.models.certificates import OPEN_ENDED, PURPOSE, fingerprints_of, has_form
from apps.clients.refusals import (
    CertificationIncomplete,
    CertificationReversed,
    CertificationsOverlap,
    CertificationTooLong,
    Dubious,
    InsurerNumberMalformed,
    NumberMalformed,
    NumberTaken,
    StruckAlready,
)
from apps.directory.numbers import insurer_number_checks, plain
from apps.environments.models import Member
from apps.kernel import vault
from apps.kernel.my_number import check_no_individual_number
from apps.kernel.refusals import Refusal

# A typing error of a decade is found this way; no period granted today is as long.
LONGEST = timedelta(days=366 * 5)


@transaction.atomic
def write_number(
    *, client: Client, certificate: str, number: str, by: Member, insurer_number: str = "", is_checked: bool = False
) -> ClientNumber:
    """Write down the number of a certificate, in whatever width and with whatever hyphens; the one before is struck out.

    An insurer number whose check digit does not fit is asked about once: `is_checked` says that somebody has looked.
    A number that another client of this environment has is refused, without a word of who that is.
    """
    check_can_edit(by, client)
    number, insurer_number = plain(number).upper(), plain(insurer_number)
    check_number(client, certificate, number, insurer_number)
    if insurer_number and not insurer_number_checks(insurer_number) and not is_checked:
        raise Dubious(subject=client, client_id=client.pk)

    # One at a time, so that two people who write it at once strike one out and not none.
    Client.objects.select_for_update(of=("self",), no_key=True).get(pk=client.pk)
    if numbers_like(certificate, number, insurer_number).exclude(client=client).exists():
        raise NumberTaken(subject=client, client_id=client.pk)
    ClientNumber.objects.standing().filter(client=client, certificate=certificate).update(
        struck_at=timezone.now(), struck_by=by
    )
    try:
        with transaction.atomic():
            written = ClientNumber.objects.create(
                environment_id=client.environment_id,
                client=client,
                written_by=by,
                **locked(Numbered(certificate, number, insurer_number)),
            )
    except IntegrityError as error:
        # The unique constraint: somebody else has written it for another client in this moment.
        raise NumberTaken(subject=client, client_id=client.pk) from error
    audit.record(
        verb="clients.number_written", subject=written, client=client, by=by, detail={"certificate": certificate}
    )
    return written


def locked(number: Numbered) -> dict[str, Any]:
    """What is stored of a number: nothing from which it could be read without the key."""
    return {
        "certificate": number.certificate,
        "insurer_number": number.insurer_number,
        "locked": vault.lock(number.number, purpose=PURPOSE),
        "fingerprint": fingerprints_of(number.certificate, number.number)[0],
        "tail": number.number[-3:],
    }


def check_number(client: Client, certificate: str, number: str, insurer_number: str) -> None:
    check_no_individual_number(number, insurer_number)
    wrong = wrong_with_number(certificate, number, insurer_number)
    if wrong is not None:
        raise wrong(subject=client, client_id=client.pk)


def wrong_with_number(certificate: str, number: str, insurer_number: str = "") -> type[Refusal] | None:
    """Why this cannot be the number of a certificate; None when it can."""
    if not has_form(certificate, number):
        return NumberMalformed
    if insurer_number and not (insurer_number.isascii() and insurer_number.isdigit() and len(insurer_number) == 6):
        return InsurerNumberMalformed
    return None


@transaction.atomic
def open_number(*, number: ClientNumber, by: Member) -> str:
    """The number in full, for those who care for the client. Every opening is an entry of its own in the ledger."""
    check_can_edit(by, number.client)

    audit.record(
        verb="clients.number_opened",
        subject=number,
        client=number.client,
        by=by,
        purpose="support",
        detail={"certificate": number.certificate},
    )
    return number.opened()


@transaction.atomic
def strike_number(*, number: ClientNumber, by: Member) -> None:
    """Strike out a number that was written by mistake."""
    check_can_edit(by, number.client)

    client = number.client
    number = ClientNumber.objects.select_for_update(of=("self",)).get(pk=number_for(by, client, number.pk).pk)
    if not number.stands:
        raise StruckAlready(subject=client, client_id=client.pk)
    number.struck_at, number.struck_by = timezone.now(), by
    number.save(update_fields=["struck_at", "struck_by"])
    audit.record(
        verb="clients.number_struck", subject=number, client=client, by=by, detail={"certificate": number.certificate}
    )


@dataclass(frozen=True)
class Granted:
    """What a certificate says of a period."""

    certificate: str
    first_day: date
    last_day: date | None = None
    care_level: str = ""
    granted_days: int | None = None


@transaction.atomic
def write_certification(*, client: Client, granted: Granted, by: Member) -> Certification:
    """Write down a certified period. Where it begins within the one before, as after a change of level, that one ends on
    the eve: it is struck out and written again, shortened. Any other overlap is refused."""
    check_can_edit(by, client)
    check_granted(client, granted)

    Client.objects.select_for_update(of=("self",), no_key=True).get(pk=client.pk)
    standing = Certification.objects.standing().filter(client=client, certificate=granted.certificate)
    before = standing.filter(first_day__lt=granted.first_day).order_by("-first_day").first()
    if before is not None and (before.last_day is None or before.last_day >= granted.first_day):
        shorten(before, granted.first_day - timedelta(days=1), by)
    try:
        with transaction.atomic():
            written = Certification.objects.create(
                environment_id=client.environment_id, client=client, written_by=by, **vars(granted)
            )
    except IntegrityError as error:
        # The exclusion constraint: a later period stands in the way.
        raise CertificationsOverlap(subject=client, client_id=client.pk) from error
    audit.record(
        verb="clients.certification_written",
        subject=written,
        client=client,
        by=by,
        detail={"certificate": granted.certificate},
    )
    return written


def check_granted(client: Client, granted: Granted) -> None:
    wrong = wrong_with_granted(granted)
    if wrong is not None:
        raise wrong(subject=client, client_id=client.pk)


def wrong_with_granted(granted: Granted) -> type[Refusal] | None:
    """Why this cannot stand on a certificate; None when it can."""
    is_insured = granted.certificate == Certificate.INSURED
    days_fit = granted.granted_days is None if is_insured else 1 <= (granted.granted_days or 0) <= 31
    if is_insured != bool(granted.care_level) or not days_fit:
        return CertificationIncomplete
    if granted.last_day is None:
        return None if granted.care_level in OPEN_ENDED else CertificationIncomplete
    elif granted.last_day < granted.first_day:
        return CertificationReversed
    elif granted.last_day - granted.first_day > LONGEST:
        return CertificationTooLong
    return None


def shorten(certification: Certification, last_day: date, by: Member) -> None:
    strike(certification, by)
    Certification.objects.create(
        environment_id=certification.environment_id,
        client_id=certification.client_id,
        certificate=certification.certificate,
        care_level=certification.care_level,
        granted_days=certification.granted_days,
        first_day=certification.first_day,
        last_day=last_day,
        written_by=by,
    )


@transaction.atomic
def strike_certification(*, certification: Certification, by: Member) -> None:
    """Strike out a period that was written by mistake."""
    check_can_edit(by, certification.client)

    client = certification.client
    Client.objects.select_for_update(of=("self",), no_key=True).get(pk=client.pk)
    certification = certification_for(by, client, certification.pk)
    if not certification.stands:
        raise StruckAlready(subject=client, client_id=client.pk)
    strike(certification, by)
    audit.record(
        verb="clients.certification_struck",
        subject=certification,
        client=client,
        by=by,
        detail={"certificate": certification.certificate},
    )


def strike(certification: Certification, by: Member) -> None:
    certification.struck_at, certification.struck_by = timezone.now(), by
    certification.save(update_fields=["struck_at", "struck_by"])

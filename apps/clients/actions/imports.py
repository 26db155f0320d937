"""Import a list of clients as a whole, and take the whole list back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.audit import actions as audit
from apps.clients.access import Numbered, check_can_import, holders_of, import_run_for
from apps.clients.actions.certificates import Granted, locked, wrong_with_granted, wrong_with_number
from apps.clients.models import Certification, Client, ClientNumber, ImportRun
from apps.clients.queries import built_upon
from apps.clients.refusals import NumberTaken
from apps.clients.refusals.imports import BuiltUpon, ImportedAlready, NothingToImport, TakenBackAlready
from apps.environments.models import Member
from apps.kernel.my_number import check_no_individual_number

# How many rows one statement writes: the number of statements grows by a handful for each thousand of clients.
AT_ONCE = 1000


@dataclass(frozen=True)
class NewClient:
    """What a row of a list says of one person."""

    name: str
    kana: str
    born_on: date
    area: str = ""
    school_district: str = ""
    needs: tuple[str, ...] = ()
    numbers: tuple[Numbered, ...] = ()
    granted: Granted | None = None


@dataclass(frozen=True)
class Source:
    """Which list it is, and how it was read: for the next one with the same header."""

    digest: str
    header: str
    places: Mapping[str, int]
    already_there: int = 0


@transaction.atomic
def import_clients(*, people: Sequence[NewClient], source: Source, by: Member) -> ImportRun:
    """Register everybody of a list in the charge of the division that imports it: all or nobody.

    ImportedAlready while the same list stands imported and was not taken back, also by somebody else in this moment.
    """
    check_can_import(by)
    if not people:
        raise NothingToImport
    check_no_individual_number(*(text for one in people for text in texts_of(one)))
    check_certificates(people)

    run = written_run(people, source, by)
    clients = Client.objects.bulk_create(
        [
            Client(environment_id=by.environment_id, division_id=by.organization_id, brought_by=run, **facts_of(one))
            for one in people
        ],
        batch_size=AT_ONCE,
    )
    audit.record_each(verb="clients.registered", clients=clients, by=by, detail={"import": str(run.pk)})
    write_certificates(list(zip(clients, people, strict=True)), run, by)
    audit.record(verb="clients.imported", subject=run, by=by, detail={"clients": len(clients)})
    return run


def texts_of(one: NewClient) -> list[str]:
    numbers = [text for number in one.numbers for text in number]
    return [*(value for value in facts_of(one).values() if isinstance(value, str)), *numbers]


def facts_of(one: NewClient) -> dict[str, Any]:
    """What stands in the client's own row."""
    apart = {"needs", "numbers", "granted"}
    return {field.name: getattr(one, field.name) for field in fields(one) if field.name not in apart} | {
        "needs": list(one.needs)
    }


def check_certificates(people: Sequence[NewClient]) -> None:
    """What is refused one by one is refused in a list: a number that cannot be, or that somebody has."""
    numbers = [number for one in people for number in one.numbers]
    wrong = [wrong_with_number(*number) for number in numbers]
    wrong += [wrong_with_granted(one.granted) for one in people if one.granted is not None]
    for refusal in filter(None, wrong):
        raise refusal
    if any(holders_of(numbers).values()):
        raise NumberTaken


def write_certificates(brought: list[tuple[Client, NewClient]], run: ImportRun, by: Member) -> None:
    """The numbers and certifications of a list, in a few statements, each with its entry in the ledger."""
    numbers = [(client, number) for client, one in brought for number in one.numbers]
    around: dict[str, Any] = {"environment_id": run.environment_id, "brought_by": run, "written_by": by}
    try:
        with transaction.atomic():
            ClientNumber.objects.bulk_create(
                [ClientNumber(client=client, **around, **locked(number)) for client, number in numbers],
                batch_size=AT_ONCE,
            )
    except IntegrityError as error:
        # The unique constraint: somebody has written one of them for another client in this moment.
        raise NumberTaken from error
    certified = [(client, one.granted) for client, one in brought if one.granted is not None]
    Certification.objects.bulk_create(
        [Certification(client=client, **around, **vars(granted)) for client, granted in certified], batch_size=AT_ONCE
    )
    detail = {"import": str(run.pk)}
    audit.record_each(verb="clients.number_written", clients=[client for client, _ in numbers], by=by, detail=detail)
    audit.record_each(
        verb="clients.certification_written", clients=[client for client, _ in certified], by=by, detail=detail
    )


def written_run(people: Sequence[NewClient], source: Source, by: Member) -> ImportRun:
    try:
        with transaction.atomic():
            return ImportRun.objects.create(
                environment_id=by.environment_id,
                organization_id=by.organization_id,
                imported_by=by,
                digest=source.digest,
                header=source.header,
                places=dict(source.places),
                brought=len(people),
                already_there=source.already_there,
            )
    except IntegrityError as error:
        # The unique constraint: the button was pressed twice, or a colleague imported the same list.
        raise ImportedAlready from error


@transaction.atomic
def take_back_import(*, run: ImportRun, by: Member) -> None:
    """Remove everybody whom a list brought, with the numbers and certifications it brought: all, or nobody when something
    was built upon one of them since.

    What the ledger holds of them stays.
    """
    check_can_import(by)
    import_run_for(by, run.pk)

    # The run first, then its clients: whoever adds a seat, a consent or a room to one of them in this moment waits for the
    # lock and then finds nobody, or was here before and is found below.
    fresh = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if fresh.taken_back_at is not None:
        raise TakenBackAlready(subject=run)
    clients = list(Client.objects.select_for_update(of=("self",)).filter(brought_by=fresh).order_by("pk"))
    if built_upon(fresh).exists():
        raise BuiltUpon(subject=run)

    audit.record_each(verb="clients.import_taken_back", clients=clients, by=by, detail={"import": str(run.pk)})
    # The database lets these go because this list brought them, and no others.
    ClientNumber.objects.filter(brought_by=fresh).delete()
    Certification.objects.filter(brought_by=fresh).delete()
    Client.objects.filter(pk__in=[client.pk for client in clients]).delete()
    fresh.taken_back_at = timezone.now()
    fresh.taken_back_by = by
    fresh.save(update_fields=["taken_back_at", "taken_back_by"])
    audit.record(verb="clients.import_taken_back", subject=run, by=by, detail={"clients": len(clients)})

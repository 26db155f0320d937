"""Import a list of clients as a whole, and take the whole list back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.audit import actions as audit
from apps.clients.access import check_can_import, import_run_for
from apps.clients.models import Client, ImportRun
from apps.clients.queries import built_upon
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

    run = written_run(people, source, by)
    clients = Client.objects.bulk_create(
        [
            Client(environment_id=by.environment_id, division_id=by.organization_id, brought_by=run, **facts_of(one))
            for one in people
        ],
        batch_size=AT_ONCE,
    )
    audit.record_each(verb="clients.registered", clients=clients, by=by, detail={"import": str(run.pk)})
    audit.record(verb="clients.imported", subject=run, by=by, detail={"clients": len(clients)})
    return run


def texts_of(one: NewClient) -> list[str]:
    return [value for value in facts_of(one).values() if isinstance(value, str)]


def facts_of(one: NewClient) -> dict[str, str | date]:
    return {field.name: getattr(one, field.name) for field in fields(one)}


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
    """Remove everybody whom a list brought: all, or nobody when something was built upon one of them since.

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
    Client.objects.filter(pk__in=[client.pk for client in clients]).delete()
    fresh.taken_back_at = timezone.now()
    fresh.taken_back_by = by
    fresh.save(update_fields=["taken_back_at", "taken_back_by"])
    audit.record(verb="clients.import_taken_back", subject=run, by=by, detail={"clients": len(clients)})

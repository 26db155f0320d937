"""Keep papers in a client's record, say that they show no place, and remove them from sight."""

from hashlib import sha256
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from apps.audit import actions as audit
from apps.clients.access import check_can_change_team, check_can_clear, check_can_withhold, paper_for
from apps.clients.actions.closing import show_anew
from apps.clients.models import Clearance, Client, ClientPaper, ConsentRecord, Protection
from apps.clients.refusals import NotProtected, PaperIsEvidence, PaperTwice
from apps.clients.refusals.papers import ClearedAlready, NotCleared
from apps.clients.scans import Scan
from apps.environments.models import Member


@transaction.atomic
def keep_paper(*, client: Client, scan: Scan, kind: str, title: str = "", by: Member) -> ClientPaper:
    """Put a file that was examined into a client's record, under the next number."""
    check_can_change_team(by, client)

    return write_paper(client=client, scan=scan, kind=kind, title=title, by=by)


@transaction.atomic
def write_paper(*, client: Client, scan: Scan, kind: str, title: str, by: Member) -> ClientPaper:
    """First the file, then its row: what a failed transaction leaves behind is a file no row names, and is swept."""
    # Two who add papers at once come one after the other, and neither takes the other's number.
    Client.objects.select_for_update(of=("self",), no_key=True).get(pk=client.pk)
    of_client = ClientPaper.objects.filter(client=client)
    if the_same(client, scan) is not None:
        raise PaperTwice(subject=client, client_id=client.pk)

    digest = digest_of(scan)
    paper = ClientPaper.objects.create(
        environment_id=client.environment_id,
        client=client,
        number=(of_client.aggregate(last=Max("number"))["last"] or 0) + 1,
        kind=kind,
        title=title,
        original_name=scan.original_name,
        content_type=scan.content_type,
        size=len(scan.content),
        sha256=digest,
        stored_as=stored(client, scan.content),
        preview_as=stored(client, scan.preview) if scan.preview else "",
        uploaded_by=by,
    )
    detail = {"kind": kind, "content_type": paper.content_type, "size": paper.size, "sha256": digest}
    audit.record(verb="clients.paper_kept", subject=paper, client=client, by=by, detail=detail)
    return paper


def the_same(client: Client, scan: Scan) -> ClientPaper | None:
    """The paper of the record that holds the same bytes."""
    return ClientPaper.objects.filter(client=client, sha256=digest_of(scan), removed_at=None).first()


def digest_of(scan: Scan) -> str:
    return sha256(scan.content).hexdigest()


def stored(client: Client, content: bytes) -> str:
    """Where storage has put the bytes. The name tells the environment and nothing of the client."""
    return storages["papers"].save(f"{client.environment_id}/{uuid4().hex}", ContentFile(content))


@transaction.atomic
def remove_paper(*, paper: ClientPaper, by: Member) -> None:
    """Take a paper out of sight, for everybody. Row and file stay for the retention time."""
    check_can_change_team(by, paper.client)

    # Read again under the lock: somebody else may have removed it, or made it a consent's evidence, in this moment.
    client = Client.objects.select_for_update(of=("self",), no_key=True).get(pk=paper.client_id)
    paper = paper_for(by, client, paper.number)
    if ConsentRecord.objects.filter(paper=paper).exists():
        raise PaperIsEvidence(subject=client, client_id=client.pk)

    paper.removed_at = timezone.now()
    paper.removed_by = by
    paper.save(update_fields=["removed_at", "removed_by"])
    audit.record(verb="clients.paper_removed", subject=paper, client=client, by=by, detail={"number": paper.number})


@transaction.atomic
def clear_paper(*, paper: ClientPaper, by: Member) -> Clearance:
    """Say that no place is shown on a paper of a protected client: whoever sees the client may open it from now on."""
    check_can_clear(by, paper.client)

    client, paper = again(paper, by)
    protection = Protection.objects.filter(client=client, lifted_at=None).first()
    if protection is None:
        raise NotProtected(subject=client, client_id=client.pk)
    if Clearance.objects.standing().filter(paper=paper).exists():
        raise ClearedAlready(subject=paper, client_id=client.pk)

    said = Clearance.objects.create(
        environment_id=client.environment_id, paper=paper, protection=protection, said_by=by
    )
    audit.record(verb="clients.paper_cleared", subject=paper, client=client, by=by, detail={"number": paper.number})
    show_anew(client)
    return said


@transaction.atomic
def withhold_paper(*, paper: ClientPaper, by: Member) -> None:
    """Take that word back: the paper is closed again to everybody who was not let in to the places, at once."""
    check_can_withhold(by, paper.client)

    client, paper = again(paper, by)
    said = Clearance.objects.standing().filter(paper=paper).first()
    if said is None:
        raise NotCleared(subject=paper, client_id=client.pk)

    said.taken_back_at, said.taken_back_by = timezone.now(), by
    said.save(update_fields=["taken_back_at", "taken_back_by"])
    audit.record(verb="clients.paper_withheld", subject=paper, client=client, by=by, detail={"number": paper.number})
    show_anew(client)


def again(paper: ClientPaper, by: Member) -> tuple[Client, ClientPaper]:
    """Read again under the client's lock: it may be protected, lifted, cleared or removed in this moment."""
    client = Client.objects.select_for_update(of=("self",), no_key=True).get(pk=paper.client_id)
    return client, paper_for(by, client, paper.number)

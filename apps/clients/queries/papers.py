"""Papers as pages show them, and their bytes."""

import logging
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby

from django.core.files.storage import storages
from django.db.models import Exists, OuterRef, QuerySet

from apps.clients.models import Client, ClientPaper, ConsentRecord, PaperKind
from apps.clients.refusals import PaperLost

log = logging.getLogger("carenet.papers")


@dataclass(frozen=True)
class Drawer:
    """The papers of one kind."""

    kind: str
    papers: list[ClientPaper]


def papers_of(client: Client) -> QuerySet[ClientPaper]:
    """The papers of a client that are in sight, the newest first; each knows whether a consent rests on it."""
    of_consents = ConsentRecord.objects.filter(paper=OuterRef("pk"))
    papers = ClientPaper.objects.filter(client=client, removed_at=None).annotate(is_evidence=Exists(of_consents))
    return papers.select_related("uploaded_by").order_by("-number")


def drawers(client: Client) -> list[Drawer]:
    """The papers by kind, in the order of the kinds."""
    order = {kind.value: place for place, kind in enumerate(PaperKind)}
    papers = sorted(papers_of(client), key=lambda paper: (order[paper.kind], -paper.number))
    return [
        Drawer(str(PaperKind(kind).label), list(these)) for kind, these in groupby(papers, key=lambda paper: paper.kind)
    ]


def bytes_of(paper: ClientPaper) -> bytes:
    """The file as it was kept; another one in its place is not shown to anybody."""
    content = read(paper, paper.stored_as)
    if sha256(content).hexdigest() != paper.sha256:
        log.error("papers: the file of paper %s is not the one that was kept", paper.pk)
        raise PaperLost(subject=paper, client_id=paper.client_id)
    return content


def preview_of(paper: ClientPaper) -> bytes:
    return read(paper, paper.preview_as)


def read(paper: ClientPaper, name: str) -> bytes:
    try:
        with storages["papers"].open(name) as file:
            return bytes(file.read())
    except OSError as error:
        log.error("papers: the file of paper %s cannot be read", paper.pk)
        raise PaperLost(subject=paper, client_id=paper.client_id) from error

"""Papers as pages show them, and their bytes."""

import logging
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby

from django.core.files.storage import storages
from django.db.models import Exists, OuterRef, QuerySet

from apps.clients.access import papers_withheld_from
from apps.clients.models import Clearance, Client, ClientPaper, ConsentRecord, PaperKind
from apps.clients.refusals import PaperLost
from apps.environments.models import Member

log = logging.getLogger("carenet.papers")


@dataclass(frozen=True)
class PaperShown:
    """A paper as one reader is shown it: where it is withheld that there is one, of which kind, and since when."""

    paper: ClientPaper
    is_withheld: bool
    # Who has said that no place is shown on it, while that stands.
    clearance: Clearance | None

    @property
    def called(self) -> str:
        """Without the title where it is withheld: somebody may have written a place into it."""
        return self.paper.get_kind_display() if self.is_withheld else self.paper.called

    @property
    def original_name(self) -> str:
        return "" if self.is_withheld else self.paper.original_name


@dataclass(frozen=True)
class Drawer:
    """The papers of one kind."""

    kind: str
    papers: list[PaperShown]


def papers_of(client: Client) -> QuerySet[ClientPaper]:
    """The papers of a client that are in sight, the newest first; each knows whether a consent rests on it."""
    of_consents = ConsentRecord.objects.filter(paper=OuterRef("pk"))
    papers = ClientPaper.objects.filter(client=client, removed_at=None).annotate(is_evidence=Exists(of_consents))
    return papers.select_related("uploaded_by").order_by("-number")


def papers_shown(reader: Member, client: Client, papers: QuerySet[ClientPaper]) -> list[PaperShown]:
    """As many queries for many papers as for one."""
    withheld = set(papers_withheld_from(reader, client).values_list("pk", flat=True))
    said = Clearance.objects.standing().filter(paper__client=client).select_related("said_by")
    cleared = {one.paper_id: one for one in said} if client.is_protected else {}
    return [PaperShown(paper, paper.pk in withheld, cleared.get(paper.pk)) for paper in papers]


def drawers(reader: Member, client: Client) -> list[Drawer]:
    """The papers by kind, in the order of the kinds."""
    order = {kind.value: place for place, kind in enumerate(PaperKind)}
    shown = papers_shown(reader, client, papers_of(client))
    shown.sort(key=lambda one: (order[one.paper.kind], -one.paper.number))
    return [
        Drawer(str(PaperKind(kind).label), list(these))
        for kind, these in groupby(shown, key=lambda one: one.paper.kind)
    ]


def paper_shown(reader: Member, paper: ClientPaper) -> PaperShown:
    return papers_shown(reader, paper.client, ClientPaper.objects.filter(pk=paper.pk))[0]


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

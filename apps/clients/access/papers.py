"""Which papers of a client may be opened: of a protected one a scan may show where they are.

An address stands on most papers that are faxed and scanned, and no program can tell. So every paper of a protected client
is closed to everybody who was not let in to the places, also to the organization that put it there, until somebody who
knows the places says that none is shown on it. Title and file name are closed with it. A legal exception opens no
protected place, and so no such paper.
"""

from django.db.models import Exists, OuterRef, QuerySet

from apps.clients.access.doors import can_see, paper_for
from apps.clients.access.inference import is_withheld_from
from apps.clients.access.protection import can_protect, can_see_places
from apps.clients.access.why import can_write_about
from apps.clients.models import Clearance, Client, ClientPaper
from apps.clients.refusals.papers import PaperWithheld
from apps.environments.models import Member
from apps.kernel.refusals import NotAllowed, NotHere


def is_cleared() -> Exists:
    """Of a paper in the outer question: whether the word stands that it shows no place."""
    return Exists(Clearance.objects.standing().filter(paper=OuterRef("pk")))


def papers_withheld_from(member: Member, client: Client) -> QuerySet[ClientPaper]:
    """The papers of a client that this member may not open; of one who is not protected none."""
    papers = ClientPaper.objects.filter(client=client)
    return papers.exclude(is_cleared()) if is_withheld_from(member, client) else papers.none()


def check_can_open(member: Member, paper: ClientPaper) -> None:
    if papers_withheld_from(member, paper.client).filter(pk=paper.pk).exists():
        raise PaperWithheld(subject=paper, client_id=paper.client_id)


def opened_paper_for(member: Member, client: Client, number: int) -> ClientPaper:
    """The only way to the bytes of a paper: one of a client this member sees, and not withheld from them."""
    paper = paper_for(member, client, number)
    check_can_open(member, paper)
    return paper


def can_clear(member: Member, client: Client) -> bool:
    """Who knows the places can say that none of them is on a paper. No guests."""
    return not member.is_guest and can_write_about(member, client) and can_see_places(member, client)


def check_can_clear(member: Member, client: Client) -> None:
    check(member, client, can_clear(member, client))


def check_can_withhold(member: Member, client: Client) -> None:
    """Taken back by each of those, and by the division in charge: less is always allowed."""
    check(member, client, can_clear(member, client) or can_protect(member, client))


def check(member: Member, client: Client, allowed: bool) -> None:
    if not can_see(member, client):
        raise NotHere(subject=client)
    if not allowed:
        raise NotAllowed(subject=client, client_id=client.pk)

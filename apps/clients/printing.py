"""The consent on paper, ready to be signed. It is an official paper: Japanese, whatever the language of the page.

Its labels stand in `print/consent.typ`, what is agreed to in `print/consent.txt`.
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation

from apps.clients import wareki
from apps.clients.access import bodies_beside
from apps.clients.models import Client, Purpose, Seat
from apps.environments.models import Member, OrganizationKind
from apps.kernel import print as paper

# What is agreed to. A municipality that has wording of its own names its file in CARENET_CONSENT_TEXT.
TEXT = Path(__file__).parent / "print" / "consent.txt"


def consent_pdf(client: Client, *, reader: Member) -> bytes:
    """One A4 sheet for one client, with the organizations that are on the care team now, as far as `reader` may know."""
    with translation.override("ja"):
        return paper.pdf("clients", "consent", sheet(client, reader))


def wording() -> tuple[str, list[str]]:
    """The title, which is the first line of the text, and its paragraphs."""
    title, *lines = Path(settings.CONSENT_TEXT or TEXT).read_text(encoding="utf-8-sig").splitlines()
    return title.strip(), [line.strip() for line in lines if line.strip()]


def sheet(client: Client, reader: Member) -> dict[str, Any]:
    title, paragraphs = wording()
    return {
        "title": title,
        "paragraphs": paragraphs,
        "addressee": client.division.name if client.division else client.environment.municipality.name,
        "name": client.name,
        "kana": client.kana,
        "born": wareki.written(client.born_on),
        "era": wareki.ERAS[-1].name,
        "purposes": [str(purpose.label) for purpose in Purpose],
        "bodies": bodies(client, reader),
        "kinds": kinds(),
    }


def bodies(client: Client, reader: Member) -> list[str]:
    """The organizations on the care team, by name; the division in charge needs no consent and is not among them.

    Where a name would tell a protected place, the kind stands for it: the sheet lies on counters and in bags.
    """
    seats = Seat.objects.open().filter(client=client).exclude(organization=client.division_id)
    seats = seats.select_related("organization").order_by("organization__kind", "organization__kana")
    named = bodies_beside(reader, client)
    return list(dict.fromkeys(named.name(seat.organization) for seat in seats))


def kinds() -> list[str]:
    unnamed = {OrganizationKind.CITY_DIVISION, OrganizationKind.FAMILY, OrganizationKind.OTHER}
    return [str(kind.label) for kind in OrganizationKind if kind not in unnamed]

"""The consent on paper, made out to a client and ready to be signed: in a version of the wording, with its number."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from apps.clients import wareki
from apps.clients.access import bodies_beside
from apps.clients.models import Client, PrintedForm, Seat
from apps.clients.wording import printed
from apps.environments.models import Member


def consent_pdf(form: PrintedForm, *, reader: Member) -> bytes:
    """The sheet of A4 as it was printed: in its version, with the organizations that were on the care team then, as far as
    `reader` may know them."""
    client, wording = form.client, form.wording
    # By this the signed paper is found again: version of the wording, number and day of the sheet.
    stamp = (
        f"同意書 第{wording.number}版　発行番号 {form.number}　{wareki.written(timezone.localdate(form.printed_at))}"
    )
    about = {
        "addressee": client.division.name if client.division else client.environment.municipality.name,
        "name": client.name,
        "kana": client.kana,
        "born": wareki.written(client.born_on),
        "bodies": bodies(client, reader, at=form.printed_at),
    }
    return printed(wording.text, stamp, about)


def bodies(client: Client, reader: Member, *, at: datetime) -> list[str]:
    """The organizations on the care team at a moment, by name; the division in charge needs no consent and is not among
    them.

    Where a name would tell a protected place, the kind stands for it: the sheet lies on counters and in bags.
    """
    sitting = Seat.objects.filter(Q(valid_to=None) | Q(valid_to__gt=at), client=client, valid_from__lte=at)
    seats = sitting.exclude(organization=client.division_id).select_related("organization")
    named = bodies_beside(reader, client)
    ordered = seats.order_by("organization__kind", "organization__kana")
    return list(dict.fromkeys(named.name(seat.organization) for seat in ordered))

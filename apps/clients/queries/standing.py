"""How it stands with a client's consent, in one word: from the printing of the form to the end of what was signed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, TextChoices, Value, When
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.clients.access import clients_in_care_of
from apps.clients.models import Client, ConsentRecord, PrintedForm
from apps.clients.queries.consents import renewals
from apps.environments.models import Member
from apps.environments.remembered import Remembered


class Standing(TextChoices):
    """In the order in which a consent lives."""

    NOT_PRINTED = "not_printed", _("Form not printed")
    PRINTED = "printed", _("Form printed, to be signed")
    TO_COME = "to_come", _("Consent not yet in force")
    IN_FORCE = "in_force", _("Consent in force")
    ENDS_SOON = "ends_soon", _("Consent ends soon")
    WITHDRAWN = "withdrawn", _("Consent withdrawn")
    OVER = "over", _("Consent over")

    @property
    def tone(self) -> str:
        return TONES.get(self, "")


TONES = {
    Standing.PRINTED: "info",
    Standing.TO_COME: "info",
    Standing.IN_FORCE: "success",
    Standing.ENDS_SOON: "warning",
    Standing.WITHDRAWN: "error",
    Standing.OVER: "warning",
}


def with_standing(clients: QuerySet[Client]) -> QuerySet[Any]:
    """The clients, each with its `standing`. What holds comes first; then a sheet that was printed since the last consent
    was over; then how that one ended."""
    own = ConsentRecord.objects.filter(client=OuterRef("pk"), covers_family=False)
    ending = own.filter(pk__in=ConsentRecord.objects.ending_soon()).filter(~Exists(renewals()))
    last = own.over().annotate(over_since=Least("withdrawn_at", "valid_to")).order_by("-over_since")
    printed = PrintedForm.objects.filter(client=OuterRef("pk")).order_by("-number")
    rows = clients.annotate(
        last_over=Subquery(last.values("over_since")[:1]),
        # A withdrawal after the end ends nothing any more.
        last_withdrawn=Subquery(last.values("withdrawn_at")[:1]),
        last_printed=Subquery(printed.values("printed_at")[:1]),
    )
    return rows.annotate(
        standing=Case(
            When(Exists(ending), then=Value(Standing.ENDS_SOON)),
            When(Exists(own.in_force()), then=Value(Standing.IN_FORCE)),
            When(Exists(own.filter(withdrawn_at=None, valid_from__gt=timezone.now())), then=Value(Standing.TO_COME)),
            When(
                Q(last_printed__isnull=False) & (Q(last_over=None) | Q(last_printed__gt=F("last_over"))),
                then=Value(Standing.PRINTED),
            ),
            When(last_withdrawn=F("last_over"), then=Value(Standing.WITHDRAWN)),
            When(last_over__isnull=False, then=Value(Standing.OVER)),
            default=Value(Standing.NOT_PRINTED),
            output_field=CharField(),
        )
    )


def standings(member: Member, clients: Iterable[Client]) -> dict[UUID, Standing]:
    """How it stands with the consent of each of the clients whose consents the member looks after; one query whatever
    the number. Others are left out: whoever is introduced, let in by hand, or a guest, looks after no consent."""
    rows = STANDINGS.among(member, [client.pk for client in clients])
    return {pk: Standing(standing) for pk, standing in rows}


STANDINGS = Remembered(lambda member: with_standing(clients_in_care_of(member)), "standing")


def standing_of(client: Client) -> Standing:
    return Standing(with_standing(Client.objects.filter(pk=client.pk)).values_list("standing", flat=True)[0])


@dataclass(frozen=True)
class StandingChoice:
    """A way to narrow the list of clients."""

    value: str
    label: object
    is_chosen: bool


def standing_choices(chosen: str) -> list[StandingChoice]:
    return [StandingChoice(one.value, one.label, one.value == chosen) for one in Standing]


def clients_standing(member: Member, clients: QuerySet[Client], standing: str) -> QuerySet[Client]:
    """Of the clients those whose consent stands so, as far as the member looks after it."""
    looked_after = clients_in_care_of(member).values("pk")
    return with_standing(clients.filter(pk__in=looked_after)).filter(standing=standing)

"""Legal exceptions as pages show them, and the one person who is looked for in an emergency."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Case, F, QuerySet, When
from django.utils import timezone

from apps.audit.models import Entry
from apps.clients.access import (
    can_confirm,
    clients_visible_to,
    exceptions_visible_to,
    judged_among,
    may_judge,
    names_beside,
    names_beside_each,
    names_of_hands_beside,
)
from apps.clients.models import Client, LegalException
from apps.clients.queries.clients import plain
from apps.clients.refusals import TooManyTries
from apps.environments.models import Member
from apps.environments.names import Names, PersonShown, names_shown_to

LOOKED_FOR = "clients.looked_for_in_emergency"
# Whoever is called to a person knows their name and date of birth; whoever tries many is guessing.
TRIES_AN_HOUR = 10


def check_tries(member: Member) -> None:
    hour = timezone.now() - timedelta(hours=1)
    tried = Entry.objects.filter(member_id=member.pk, verb=LOOKED_FOR, recorded_at__gt=hour)
    if tried.count() >= TRIES_AN_HOUR:
        raise TooManyTries


def person_sought(*, name: str, born_on: date) -> Client | None:
    """The one client of the whole environment who is written or read exactly so and was born on that day.

    None where there is nobody, and where there are two: nobody is opened by mistake, and no list is shown.
    """
    wanted = plain(name)
    born_alike = Client.objects.filter(born_on=born_on)
    found = [client for client in born_alike if wanted in {plain(client.name), plain(client.kana)}]
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True)
class ExceptionShown:
    """An exception as its list shows it: with the client only where the reader sees the client anyway, and who opened
    it. Beside a protected client that is a participant of some kind; where no client is told, no place can be inferred."""

    exception: LegalException
    client: Client | None
    who: PersonShown
    can_review: bool


def exceptions(member: Member) -> QuerySet[LegalException]:
    """Those that wait for a judgement first, the longest wait before the others; then the newest."""
    waits = When(opens_at__isnull=False, reviewed_at=None, then=F("opens_at"))
    rows = exceptions_visible_to(member).select_related(
        "client", "member__organization", "second__organization", "reviewed_by", "ended_by"
    )
    return rows.order_by(Case(waits, default=None).asc(nulls_last=True), "-asked_at", "pk")


def exceptions_shown(member: Member, rows: list[LegalException]) -> list[ExceptionShown]:
    """One page of the list; a constant number of queries, whatever its length."""
    seen = clients_seen(member, rows)
    names, beside = names_shown_to(member), names_beside_each(member, seen)
    judged = judged_among(member, rows)
    return [
        ExceptionShown(
            row,
            row.client if row.client_id in seen else None,
            beside.get(row.client_id, names).of(row.member),
            row.awaits_review and row.pk in judged,
        )
        for row in rows
    ]


def names_told(member: Member, exception: LegalException) -> Names:
    """Who answers for it is told by name to whoever confirms or judges it; to others of a protected client's team the
    participants stay unnamed. Where the client is not told, there is no place to be inferred."""
    if can_confirm(member, exception) or may_judge(member, exception):
        return names_of_hands_beside(member, exception.client)
    return names_beside(member, exception.client if clients_seen(member, [exception]) else None)


def clients_seen(member: Member, rows: list[LegalException]) -> set[UUID]:
    ids = clients_visible_to(member).filter(pk__in=[row.client_id for row in rows])
    return set(ids.values_list("pk", flat=True))


def reviews_waiting(member: Member) -> int:
    """How many exceptions wait for this member's judgement."""
    rows = exceptions_visible_to(member).unreviewed().select_related("client")  # type: ignore[attr-defined]
    return len(judged_among(member, list(rows))) if member.role in {"auditor", "desk"} else 0


def looks_of(exception: LegalException) -> int:
    """How often the person has looked at something of the client by this exception."""
    looked = Entry.objects.filter(
        member_id=exception.member_id, client_id=exception.client_id, purpose=exception.kind, verb__endswith=".opened"
    )
    return looked.filter(recorded_at__gte=exception.asked_at).count()


@dataclass(frozen=True)
class BannerShown:
    """What stands above every page of a client while an exception is open."""

    own: LegalException | None
    others: list[LegalException]
    # Those of the others whose own page this member may open; the team is told that there was one, and by whom.
    opened: set[UUID]

    @property
    def seconds_left(self) -> int:
        until = self.own.closes_at if self.own is not None else None
        return 0 if until is None else max(0, int((until - timezone.now()).total_seconds()))


def banner(member: Member, client: Client) -> BannerShown:
    """One's own exception with the time left; to colleagues the emergencies of others, and never a report."""
    rows = list(LegalException.objects.open().filter(client=client).select_related("member__organization"))
    own = next((row for row in sorted(rows, key=lambda row: row.kind) if row.member_id == member.pk), None)
    others = [row for row in rows if row.member_id != member.pk and row.kind == "break-glass"]
    shown = [] if member.is_guest else others
    opened = exceptions_visible_to(member).filter(pk__in=[row.pk for row in shown]).values_list("pk", flat=True)
    return BannerShown(own, shown, set(opened) if shown else set())

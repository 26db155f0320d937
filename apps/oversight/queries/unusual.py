"""Which looks are unusual, rule by rule, asked of the ledger; and the list of what was found."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractHour, TruncDate, TruncHour
from django.utils import timezone

from apps.audit.models import Entry, Outcome
from apps.clients.models import Charge, Client, FamilyContact, Seat
from apps.environments.models import Member, Profession, Role
from apps.kernel.folding import fold
from apps.oversight.access import can_read_ledger
from apps.oversight.models import Rule, Unusual, Watch


@dataclass(frozen=True)
class Seen:
    rule: Rule
    member_id: UUID
    client_id: UUID | None
    day: date


def watch_here() -> Watch:
    """What counts as unusual now: what was set last, or the defaults."""
    found: Watch | None = Watch.objects.order_by("-pk").first()
    return found or Watch()


def looks_between(environment_id: UUID, since: datetime, until: datetime) -> QuerySet[Any]:
    """Looks at and deeds on clients. What an auditor asks, and what has a basis in law, is watched by its own rules."""
    return (
        Entry.objects.filter(
            environment_id=environment_id, recorded_at__gte=since, recorded_at__lt=until, outcome=Outcome.DONE
        )
        .exclude(Q(client_id=None) | Q(member_id=None))
        .exclude(Q(purpose="audit") | Q(purpose__startswith="legal-basis:"))
        .order_by()
        .annotate(day=TruncDate("recorded_at", tzinfo=timezone.get_current_timezone()))
    )


def unusual_among(looks: QuerySet[Any], watch: Watch) -> Iterator[Seen]:
    yield from (Seen(Rule.TEAM, *one) for one in off_the_team(looks))
    yield from (Seen(Rule.HOURS, one[0], None, one[1]) for one in outside_hours(looks, watch))
    yield from (Seen(Rule.MANY, one[0], None, one[1]) for one in many_at_once(looks, watch))
    yield from (Seen(Rule.RELATIVES, *one) for one in of_relatives(looks))


def off_the_team(looks: QuerySet[Any]) -> "QuerySet[Any, tuple[UUID, UUID, date]]":
    """Whose organization had neither a seat on the client's team nor the charge of the client when they looked."""
    then = Q(valid_to=None) | Q(valid_to__gt=OuterRef("recorded_at"))
    about = {"client": OuterRef("client_id"), "valid_from__lte": OuterRef("recorded_at")}
    seats = Seat.objects.filter(then, organization=OuterRef("organization_id"), **about)
    charges = Charge.objects.filter(then, division=OuterRef("organization_id"), **about)
    # Their role opens no client: what admins and auditors look at are the exceptions that they review.
    # The ledger outlives the records: of a client who is not here any more nobody reviews anything.
    here = Exists(Client.objects.filter(pk=OuterRef("client_id")))
    rows = looks.filter(here, ~Exists(seats), ~Exists(charges)).exclude(role__in=[Role.ADMIN, Role.AUDITOR])
    return rows.values_list("member_id", "client_id", "day").distinct()


def outside_hours(looks: QuerySet[Any], watch: Watch) -> "QuerySet[Any, tuple[UUID, date]]":
    hours = looks.annotate(hour=ExtractHour("recorded_at", tzinfo=timezone.get_current_timezone()))
    rows = hours.filter(Q(hour__lt=watch.begins_hour) | Q(hour__gte=watch.ends_hour))
    return rows.values_list("member_id", "day").distinct()


def many_at_once(looks: QuerySet[Any], watch: Watch) -> set[tuple[UUID, date]]:
    """So many clients within one hour of the clock."""
    hours = looks.annotate(hour=TruncHour("recorded_at", tzinfo=timezone.get_current_timezone()))
    told = hours.values_list("member_id", "day", "hour").annotate(clients=Count("client_id", distinct=True))
    return {(one[0], one[1]) for one in told.filter(clients__gte=watch.many_clients)}


def of_relatives(looks: QuerySet[Any]) -> Iterator[tuple[UUID, UUID, date]]:
    """Who bears the family name of somebody of the client's family. It may be chance: many people share a name."""
    seen = list(looks.values_list("member_id", "client_id", "day").distinct())
    people = Member.objects.filter(pk__in={one[0] for one in seen}).exclude(profession=Profession.FAMILY)
    names = {one.pk: family_name(one.name) for one in people}
    families: dict[UUID, set[str]] = {}
    contacts = FamilyContact.objects.filter(struck_at=None, client__in={one[1] for one in seen})
    for client_id, name in contacts.values_list("client_id", "name"):
        families.setdefault(client_id, set()).add(family_name(name))
    for member_id, client_id, day in seen:
        if names.get(member_id) and names[member_id] in families.get(client_id, set()):
            yield member_id, client_id, day


def family_name(name: str) -> str:
    """What stands before the space; nothing for a name without one."""
    first, _, rest = name.strip().partition(" ")
    return fold(first) if rest else ""


def unusual_shown(member: Member) -> QuerySet[Unusual]:
    """Open ones first, those due first; then what was reviewed, newest first."""
    found = Unusual.objects.select_related("member__organization", "review__reviewed_by")
    found = found.order_by(F("review__reviewed_at").desc(nulls_first=True), "due_at", "pk")
    return found if can_read_ledger(member) else found.none()

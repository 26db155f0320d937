"""For whom a visit is looked for: by a few letters of the name, or from those one was busy with last."""

from django.db.models import Max

from apps.clients.models import Client
from apps.clients.queries import clients_found
from apps.environments.models import Member
from apps.visits.access import clients_to_arrange_for
from apps.visits.models import VisitClient

# As many as are read at a glance.
MOST_PICKED, MOST_RECENT = 8, 4


def clients_to_pick(member: Member, typed: str) -> list[Client]:
    """Those for whom the member may book, whose name or reading holds what was typed; nobody where nothing was."""
    if not typed.strip():
        return []
    found = clients_found(member, typed).filter(pk__in=clients_to_arrange_for(member).values("pk"))
    return list(found[:MOST_PICKED])


def recent_clients(member: Member) -> list[Client]:
    """Those for whom this person held or booked a place last, the latest first."""
    rows = VisitClient.objects.filter(visit__held_by=member).values("client").annotate(last=Max("visit__held_at"))
    latest = [row["client"] for row in rows.order_by("-last")[:MOST_RECENT]]
    known = clients_to_arrange_for(member).in_bulk(latest)
    return [known[pk] for pk in latest if pk in known]

"""Page-shaped reads."""

from apps.visits.queries.calendar import (
    Day,
    affected_by,
    clients_named,
    closed_days_of,
    days_of,
    facilities_of,
    stamp_of_days,
    visits_of,
)
from apps.visits.queries.clients import clients_to_pick, recent_clients
from apps.visits.queries.finding import (
    Cards,
    Found,
    Sought,
    alternatives,
    cards_of,
    next_times,
    other_times,
    sought_for,
)
from apps.visits.queries.requests import Proposal, proposals_of, requests_of, waiting_for

__all__ = [
    "Cards",
    "Day",
    "Found",
    "Proposal",
    "Sought",
    "affected_by",
    "alternatives",
    "cards_of",
    "clients_named",
    "clients_to_pick",
    "closed_days_of",
    "days_of",
    "facilities_of",
    "next_times",
    "other_times",
    "proposals_of",
    "recent_clients",
    "requests_of",
    "sought_for",
    "stamp_of_days",
    "visits_of",
    "waiting_for",
]

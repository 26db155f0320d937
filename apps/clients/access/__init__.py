"""Who may see a client, decided here and nowhere else.

A member sees a client while one of these holds:

- the client is in the charge of their division, by law (`BY_DIVISION`);
- a written consent of the client covers their organization, and their organization holds an open seat on the care team
  (`BY_SEAT`), or the client was opened to them by hand, as a grant of django-guardian (`BY_HAND`).

A role opens nothing: not admin, not auditor, not superuser. A seat without consent waits: its people see a card that
names nobody (queries.waiting_cards).
"""

from apps.clients.access.doors import (
    can_be_opened_to,
    can_change_team,
    can_register,
    can_see,
    check_can_be_opened_to,
    check_can_change_team,
    check_can_register,
    client_for,
    consent_for,
    is_division,
    paper_for,
    seat_for,
    team_member_for,
)
from apps.clients.access.people import (
    of_the_division,
    organizations_covered,
    organizations_named,
    people_ever_near,
    people_who_can_see,
    people_who_lose,
)
from apps.clients.access.records import can_edit, check_can_edit
from apps.clients.access.rule import (
    IN_CHARGE,
    VIEW,
    clients_in_care_of,
    clients_visible_to,
    consents_covering,
    covers,
    grants_in_force,
    grants_to,
    in_charge,
    seats,
    seats_waiting_for,
)
from apps.clients.access.why import (
    BY_DIVISION,
    BY_HAND,
    BY_SEAT,
    next_change,
    reasons,
    why_visible,
)

__all__ = [
    "BY_DIVISION",
    "BY_HAND",
    "BY_SEAT",
    "IN_CHARGE",
    "VIEW",
    "can_be_opened_to",
    "can_change_team",
    "can_edit",
    "can_register",
    "can_see",
    "check_can_be_opened_to",
    "check_can_change_team",
    "check_can_edit",
    "check_can_register",
    "client_for",
    "clients_in_care_of",
    "clients_visible_to",
    "consent_for",
    "consents_covering",
    "covers",
    "grants_in_force",
    "grants_to",
    "in_charge",
    "is_division",
    "next_change",
    "of_the_division",
    "organizations_covered",
    "organizations_named",
    "paper_for",
    "people_ever_near",
    "people_who_can_see",
    "people_who_lose",
    "reasons",
    "seat_for",
    "seats",
    "seats_waiting_for",
    "team_member_for",
    "why_visible",
]

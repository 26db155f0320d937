"""The verbs of clients. Each is one transaction and leaves its entry in the ledger."""

from apps.clients.actions.clients import register_client
from apps.clients.actions.consents import Given, record_consent, withdraw_consent
from apps.clients.actions.exceptions import (
    ask_to_report,
    break_glass,
    confirm_report,
    end_exception,
    remind_of_reviews,
    review_exception,
)
from apps.clients.actions.grants import close_by_hand, drop_grants, open_by_hand
from apps.clients.actions.handing_on import hand_on_teams
from apps.clients.actions.papers import keep_paper, remove_paper
from apps.clients.actions.people import change_role, name_person, take_off
from apps.clients.actions.records import edit_client
from apps.clients.actions.responsibility import hand_over_responsibility, name_responsible
from apps.clients.actions.teams import end_seat, give_seat

__all__ = [
    "Given",
    "ask_to_report",
    "break_glass",
    "change_role",
    "close_by_hand",
    "confirm_report",
    "drop_grants",
    "edit_client",
    "end_exception",
    "end_seat",
    "give_seat",
    "hand_on_teams",
    "hand_over_responsibility",
    "keep_paper",
    "name_person",
    "name_responsible",
    "open_by_hand",
    "record_consent",
    "register_client",
    "remind_of_reviews",
    "remove_paper",
    "review_exception",
    "take_off",
    "withdraw_consent",
]

"""The verbs of clients. Each is one transaction and leaves its entry in the ledger."""

from apps.clients.actions.certificates import (
    Granted,
    open_number,
    strike_certification,
    strike_number,
    write_certification,
    write_number,
)
from apps.clients.actions.clients import register_client
from apps.clients.actions.closing import close_by_date
from apps.clients.actions.consents import Given, add_evidence, record_consent, withdraw_consent
from apps.clients.actions.contacts import Reached, change_contact, strike_contact, write_contact
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
from apps.clients.actions.imports import import_clients, take_back_import
from apps.clients.actions.inspections import open_inspection
from apps.clients.actions.keys import renew_locks
from apps.clients.actions.papers import clear_paper, keep_paper, remove_paper, withhold_paper
from apps.clients.actions.people import change_role, name_person, take_off
from apps.clients.actions.protection import approve_petition, end_petition, petition, protect_client, write_place
from apps.clients.actions.records import edit_client
from apps.clients.actions.reminding import remind_of_consents, settle_awaited
from apps.clients.actions.renewals import remind_everywhere
from apps.clients.actions.responsibility import hand_over_responsibility, name_responsible
from apps.clients.actions.teams import end_seat, give_seat
from apps.clients.actions.transfers import approve_transfer, follow_charges, plan_transfer, revoke_transfer
from apps.clients.actions.wordings import print_form, return_to_house_wording, write_wording

__all__ = [
    "Given",
    "Granted",
    "Reached",
    "add_evidence",
    "approve_petition",
    "approve_transfer",
    "ask_to_report",
    "break_glass",
    "change_contact",
    "change_role",
    "clear_paper",
    "close_by_date",
    "close_by_hand",
    "confirm_report",
    "drop_grants",
    "edit_client",
    "end_exception",
    "end_petition",
    "end_seat",
    "follow_charges",
    "give_seat",
    "hand_on_teams",
    "hand_over_responsibility",
    "import_clients",
    "keep_paper",
    "name_person",
    "name_responsible",
    "open_by_hand",
    "open_inspection",
    "open_number",
    "petition",
    "plan_transfer",
    "print_form",
    "protect_client",
    "record_consent",
    "register_client",
    "remind_everywhere",
    "remind_of_consents",
    "remind_of_reviews",
    "remove_paper",
    "renew_locks",
    "return_to_house_wording",
    "review_exception",
    "revoke_transfer",
    "settle_awaited",
    "strike_certification",
    "strike_contact",
    "strike_number",
    "take_back_import",
    "take_off",
    "withdraw_consent",
    "withhold_paper",
    "write_certification",
    "write_contact",
    "write_number",
    "write_place",
    "write_wording",
]

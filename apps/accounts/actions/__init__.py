"""The verbs of accounts. Each is one transaction and leaves its entry in the ledger."""

from apps.accounts.actions.devices import note_device_use, register_device, revoke_device, revoke_devices
from apps.accounts.actions.factors import enrol_authenticator_app, remove_second_factors
from apps.accounts.actions.people import deactivate, make_user, set_passphrase
from apps.accounts.actions.sessions import end_other_sessions, end_session, end_sessions, note_deed, unlock
from apps.accounts.actions.slips import IssuedSlip, check_slip, issue_slip, use_slip

__all__ = [
    "IssuedSlip",
    "check_slip",
    "deactivate",
    "end_other_sessions",
    "end_session",
    "end_sessions",
    "enrol_authenticator_app",
    "issue_slip",
    "make_user",
    "note_deed",
    "note_device_use",
    "register_device",
    "remove_second_factors",
    "revoke_device",
    "revoke_devices",
    "set_passphrase",
    "unlock",
    "use_slip",
]

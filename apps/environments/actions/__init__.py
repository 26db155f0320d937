"""Open an environment, let organizations take part, give people a place and end it."""

from apps.environments.access import check_can_build
from apps.environments.actions.building import (
    FirstAdmin,
    add_organization,
    build_environment,
    open_environment,
    take_in_offices,
)
from apps.environments.actions.people import (
    add_member,
    end_membership,
    give_back_place,
    issue_account,
    move_membership,
)
from apps.environments.actions.slips import (
    Issued,
    NewAccount,
    issue_accounts,
    lock_out,
    renew_slip,
    replace_lost_factors,
)
from apps.environments.actions.suspensions import lift_suspension, reopen, suspend

__all__ = [
    "FirstAdmin",
    "Issued",
    "NewAccount",
    "add_member",
    "add_organization",
    "build_environment",
    "check_can_build",
    "end_membership",
    "give_back_place",
    "issue_account",
    "issue_accounts",
    "lift_suspension",
    "lock_out",
    "move_membership",
    "open_environment",
    "renew_slip",
    "reopen",
    "replace_lost_factors",
    "suspend",
    "take_in_offices",
]

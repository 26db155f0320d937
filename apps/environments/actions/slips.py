"""Issue accounts with their slips; replace a slip or a lost phone."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from apps.accounts import actions as accounts
from apps.accounts.access import has_second_factor
from apps.accounts.actions.slips import IssuedSlip
from apps.accounts.models import User
from apps.audit import actions as audit
from apps.environments.access import belongs_elsewhere, check_can_administer
from apps.environments.actions.people import issue_account
from apps.environments.happenings import slip_renewed
from apps.environments.models import Member, Organization
from apps.environments.refusals import BelongsElsewhere, PlaceEnded


@dataclass(frozen=True)
class NewAccount:
    """What is known of a person before they have a place."""

    organization: Organization
    login_id: str
    name: str
    kana: str
    profession: str
    role: str


@dataclass(frozen=True)
class Issued:
    """A member together with the slip they join with; the code exists only here and on paper."""

    member: Member
    slip: IssuedSlip


@transaction.atomic
def issue_accounts(*, accounts: Iterable[NewAccount], by: Member | User) -> list[Issued]:
    """Give every person a login id, a place and a slip: all of them or none."""
    # Every place before the first slip: while an environment is being built its first admin closes the door behind it.
    members = [issue_account(**vars(account), by=by) for account in accounts]
    return [Issued(member=member, slip=new_slip(member, by=by)) for member in members]


def new_slip(member: Member, *, by: Member | User) -> IssuedSlip:
    return accounts.issue_slip(user=member.user, by=by)


@transaction.atomic
def renew_slip(*, member: Member, by: Member) -> Issued:
    """Hand a person a new slip: the first one was lost or has expired, or the passphrase is forgotten.

    Their second factor stays, so that a slip alone opens no account that has one. Whoever has none and belongs to
    another environment too is refused: one environment's admin must not walk into another by a slip.
    """
    check_can_renew(member, by=by)
    if belongs_elsewhere(member) and not has_second_factor(member.user):
        raise BelongsElsewhere(subject=member)

    issued = Issued(member=member, slip=new_slip(member, by=by))
    audit.record(verb="environments.slip_renewed", subject=member, by=by)
    slip_renewed.announce(environment=member.environment, member_id=member.pk)
    return issued


@transaction.atomic
def replace_lost_factors(*, member: Member, by: Member) -> Issued:
    """End everything on a lost phone: sessions, devices, second factors; the person joins again by the new slip."""
    check_can_renew(member, by=by)
    if belongs_elsewhere(member):
        raise BelongsElsewhere(subject=member)

    accounts.remove_second_factors(user=member.user, by=by)
    return renew_slip(member=member, by=by)


@transaction.atomic
def lock_out(*, member: Member, by: Member) -> None:
    """End everything on the lost phone of somebody who belongs to another environment too.

    Their second factors stay, because they open the other one: only the operator replaces those.
    """
    check_can_renew(member, by=by)

    accounts.end_sessions(user=member.user, by=by)
    accounts.revoke_devices(user=member.user, by=by)
    audit.record(verb="environments.locked_out", subject=member, by=by)


def check_can_renew(member: Member, *, by: Member) -> None:
    check_can_administer(by)
    if not member.is_current:
        raise PlaceEnded(subject=member)

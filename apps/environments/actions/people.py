"""Give people a place in an environment, and end it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts import actions as accounts
from apps.accounts.models import User
from apps.audit import actions as audit
from apps.environments.access import check_can_administer, check_can_build
from apps.environments.happenings import member_joined, member_left
from apps.environments.models import Ending, Member, Organization, Role
from apps.environments.refusals import (
    AlreadyMember,
    LastAdmin,
    LoginIdTaken,
    NotGivenBack,
    PlaceEnded,
    SamePlace,
)
from apps.kernel.refusals import NotAllowed


@transaction.atomic
def issue_account(
    *,
    organization: Organization,
    login_id: str,
    name: str,
    kana: str,
    profession: str,
    role: str,
    by: Member | User,
) -> Member:
    """Give a new person a login id and a place. They cannot sign in before they use a slip."""
    check_can_build(organization.environment, by)

    try:
        with transaction.atomic():
            user = accounts.make_user(login_id=login_id, by=by)
    except IntegrityError as error:
        raise LoginIdTaken(login_id=login_id) from error
    return add_member(
        organization=organization, user=user, name=name, kana=kana, profession=profession, role=role, by=by
    )


@transaction.atomic
def add_member(
    *,
    organization: Organization,
    user: User,
    name: str,
    kana: str,
    profession: str,
    role: str,
    by: Member | User,
    valid_from: datetime | None = None,
) -> Member:
    """Give a person who already signs in elsewhere a place for an organization: as a guest where that is from outside."""
    check_can_build(organization.environment, by)

    role = Role.GUEST if organization.is_outside else role
    # Two admins who give the same person a place at once come one after the other: meeting at the exclusion constraint
    # they could wait for each other in a circle.
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)
    if Member.objects.current().filter(user=user).exists():
        raise AlreadyMember

    try:
        with transaction.atomic():
            member = Member.objects.create(
                environment=organization.environment,
                organization=organization,
                user=user,
                name=name,
                kana=kana,
                profession=profession,
                role=role,
                valid_from=valid_from or timezone.now(),
            )
    except IntegrityError as error:
        # Two admins gave the same person a place at once: the exclusion constraint let one of them win.
        raise AlreadyMember from error
    audit.record(verb="environments.member_added", subject=member, by=by, detail={"role": role})

    member_joined.announce(environment=organization.environment, member_id=member.pk)
    return member


@transaction.atomic
def end_membership(*, member: Member, by: Member) -> Member:
    """End a person's place now, with every sign-in and device of theirs. What they wrote keeps their name.

    The work they leave behind is passed on by `handovers.actions.leave`, which calls this in its own transaction.
    """
    check_can_administer(by)

    member = locked_to_end(member, by=by, stays_admin=False)
    if not member.is_open:
        raise PlaceEnded(subject=member)

    close(member, how=Ending.LEFT, by=by)
    return member


@transaction.atomic
def move_membership(*, member: Member, organization: Organization, profession: str, role: str, by: Member) -> Member:
    """End a person's place and begin one for another organization in the same moment; returns the new place.

    The login stays, every sign-in and device ends, and nothing that was open to the old place is open to the new one.
    """
    check_can_administer(by)
    if organization.pk == member.organization_id:
        raise SamePlace(subject=member)

    member = locked_to_end(member, by=by, stays_admin=role == Role.ADMIN)
    if not member.is_open:
        raise PlaceEnded(subject=member)

    close(member, how=Ending.MOVED, by=by)
    return begin(member, organization=organization, profession=profession, role=role, by=by)


@transaction.atomic
def give_back_place(*, member: Member, by: Member) -> Member:
    """Take a mistaken end back on the same day: a new place like the old one. What was passed on stays passed on."""
    check_can_administer(by)

    # Two admins who take the same mistake back: the second finds it taken back.
    member = Member.objects.select_for_update(of=("self",)).select_related("user", "organization").get(pk=member.pk)
    if not member.can_be_given_back:
        raise NotGivenBack(subject=member)

    member.ended_as = Ending.RESUMED
    member.save(update_fields=["ended_as"])
    return begin(member, organization=member.organization, profession=member.profession, role=member.role, by=by)


def locked_to_end(member: Member, *, by: Member, stays_admin: bool) -> Member:
    """The place on a fresh row, locked so that of two who end places at once the second sees what the first has done."""
    # Locked in key order, so that two admins who end each other's place cannot both succeed. Whoever waited for the lock
    # looks again: `current()` asked with a clock from before the wait, and would still count a place just ended.
    locked = Member.objects.current().filter(role=Role.ADMIN).order_by("pk").select_for_update(of=("self",))
    admins = {admin.pk for admin in locked if admin.is_current}
    if by.pk not in admins:
        raise NotAllowed
    if admins == {member.pk} and not stays_admin:
        raise LastAdmin
    return Member.objects.select_for_update(of=("self",)).select_related("user", "organization").get(pk=member.pk)


def close(member: Member, *, how: Ending, by: Member) -> None:
    member.valid_to = timezone.now()
    member.ended_as = how
    member.save(update_fields=["valid_to", "ended_as"])
    audit.record(verb="environments.member_ended", subject=member, by=by, detail={"as": how})
    # A lost place must not live on in an open browser or a phone: both sign in anew, wherever else they belong.
    accounts.end_sessions(user=member.user, by=by)
    accounts.revoke_devices(user=member.user, by=by)
    member_left.announce(environment_id=member.environment_id, member_id=member.pk)


def begin(member: Member, *, organization: Organization, profession: str, role: str, by: Member) -> Member:
    """A new place for the person of a place that has ended."""
    return add_member(
        organization=organization,
        user=member.user,
        name=member.name,
        kana=member.kana,
        profession=profession,
        role=role,
        by=by,
    )

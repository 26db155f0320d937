"""Give people a place in an environment, and end it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts import actions as accounts
from apps.accounts.models import User
from apps.audit import actions as audit
from apps.environments.access import check_can_administer, check_can_build
from apps.environments.happenings import member_joined, member_left
from apps.environments.models import Member, Organization, Role
from apps.environments.refusals import AlreadyMember, LastAdmin, LoginIdTaken
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
    """Give a person who already signs in elsewhere a place for an organization."""
    check_can_build(organization.environment, by)

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
    """End a person's place now, with every sign-in and device of theirs. What they wrote keeps their name."""
    check_can_administer(by)

    # Locked in key order, so that two admins who end each other's place cannot both succeed. Whoever waited for the lock
    # looks again: `current()` asked with a clock from before the wait, and would still count a place just ended.
    locked = Member.objects.current().filter(role=Role.ADMIN).order_by("pk").select_for_update(of=("self",))
    admins = {admin.pk for admin in locked if admin.is_current}
    if by.pk not in admins:
        raise NotAllowed
    if admins == {member.pk}:
        raise LastAdmin
    member = Member.objects.select_for_update(of=("self",)).select_related("user").get(pk=member.pk)

    if member.is_current:
        member.valid_to = timezone.now()
        member.save(update_fields=["valid_to"])
        audit.record(verb="environments.member_ended", subject=member, by=by)
        # A lost place must not live on in an open browser or a phone: both sign in anew, wherever else they belong.
        accounts.end_sessions(user=member.user, by=by)
        accounts.revoke_devices(user=member.user, by=by)
        member_left.announce(environment_id=member.environment_id, member_id=member.pk)
    return member

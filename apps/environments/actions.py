"""Open an environment, let organizations take part, give people a place and end it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_scopes import scope

from apps.accounts import actions as accounts
from apps.accounts.models import User
from apps.audit import actions as audit
from apps.directory.models import Municipality, Office
from apps.environments.access import check_can_administer, check_can_open_environments
from apps.environments.happenings import member_joined, member_left
from apps.environments.models import Environment, Member, Organization, Role
from apps.environments.refusals import AlreadyMember, LastAdmin, LoginIdTaken, NameTaken, SlugTaken
from apps.kernel.refusals import NotAllowed


@transaction.atomic
def open_environment(*, slug: str, name: str, municipality: Municipality, by: User) -> Environment:
    """Build an empty, separate environment for a municipality. The opener gets no place in it."""
    check_can_open_environments(by)

    if Environment.objects.filter(slug=slug).exists():
        raise SlugTaken

    environment = Environment.objects.create(slug=slug, name=name, municipality=municipality, opened_by=by)
    with scope(environment=environment):
        audit.record(verb="environments.opened", subject=environment, by=by)
    return environment


@transaction.atomic
def add_organization(
    *,
    environment: Environment,
    name: str,
    kind: str,
    by: Member | User,
    kana: str = "",
    office: Office | None = None,
    is_outside: bool = False,
) -> Organization:
    """Let a body take part: an admin of the environment may, and the operator while building it."""
    check_can_build(environment, by)

    taken = Organization.objects.filter(name=name)
    if office is not None:
        taken = taken | Organization.objects.filter(office=office)
    if taken.exists():
        raise NameTaken

    organization = Organization.objects.create(
        environment=environment, name=name, kana=kana, kind=kind, office=office, is_outside=is_outside
    )
    audit.record(verb="environments.organization_added", subject=organization, by=by)
    return organization


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

    if User.objects.filter(login_id=login_id).exists():
        raise LoginIdTaken(login_id=login_id)

    user = accounts.make_user(login_id=login_id, by=by)
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
    """End a person's place now. What they wrote keeps their name; what was open to them closes at once."""
    check_can_administer(by)

    # Locked in key order, so that two admins who end each other's place cannot both succeed.
    admins = list(Member.objects.current().filter(role=Role.ADMIN).order_by("pk").select_for_update(of=("self",)))
    if [admin.pk for admin in admins] == [member.pk]:
        raise LastAdmin
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)

    if member.is_current:
        member.valid_to = timezone.now()
        member.save(update_fields=["valid_to"])
        audit.record(verb="environments.member_ended", subject=member, by=by)
        member_left.announce(environment_id=member.environment_id, member_id=member.pk)
    return member


def check_can_build(environment: Environment, by: Member | User) -> None:
    """An admin in their own environment; the operator only until the first admin has a place."""
    if isinstance(by, Member):
        check_can_administer(by)
    else:
        check_can_open_environments(by)
        if Member.objects.filter(role=Role.ADMIN).exists():
            raise NotAllowed

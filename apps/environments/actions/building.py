"""Open an environment and let organizations take part in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django_scopes import scope

from apps.accounts.models import User
from apps.audit import actions as audit
from apps.directory.models import Municipality, Office
from apps.environments.access import check_can_build, check_can_open_environments
from apps.environments.actions.slips import Issued, NewAccount, issue_accounts
from apps.environments.models import Environment, Member, Organization, OrganizationKind, Profession, Role
from apps.environments.refusals import NameTaken, SlugTaken
from apps.environments.suggestions import kind_of


@dataclass(frozen=True)
class FirstAdmin:
    """Who runs a new environment: for which division of the city, under which name."""

    division: str
    name: str
    kana: str
    login_id: str


@transaction.atomic
def open_environment(*, slug: str, name: str, municipality: Municipality, by: User) -> Environment:
    """Build an empty, separate environment for a municipality. The opener gets no place in it."""
    check_can_open_environments(by)

    try:
        with transaction.atomic():
            environment = Environment.objects.create(slug=slug, name=name, municipality=municipality, opened_by=by)
    except IntegrityError as error:
        raise SlugTaken from error
    with scope(environment=environment):
        audit.record(verb="environments.opened", subject=environment, by=by)
    return environment


@transaction.atomic
def build_environment(
    *, slug: str, name: str, municipality: Municipality, admin: FirstAdmin, offices: Iterable[Office], by: User
) -> Issued:
    """Open an environment with its organizations and its first admin, all of it or nothing; returns the admin's slip.

    The admin comes last: from then on the operator can do nothing more in it.
    """
    environment = open_environment(slug=slug, name=name, municipality=municipality, by=by)

    with scope(environment=environment):
        division = add_organization(
            environment=environment, name=admin.division, kind=OrganizationKind.CITY_DIVISION, by=by
        )
        take_in_offices(offices=offices, environment=environment, by=by)
        account = NewAccount(
            organization=division,
            login_id=admin.login_id,
            name=admin.name,
            kana=admin.kana,
            profession=Profession.CITY_STAFF,
            role=Role.ADMIN,
        )
        return issue_accounts(accounts=[account], by=by)[0]


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

    try:
        with transaction.atomic():
            organization = Organization.objects.create(
                environment=environment, name=name, kana=kana, kind=kind, office=office, is_outside=is_outside
            )
    except IntegrityError as error:
        # The name or the office takes part already, perhaps by somebody else's hand in this moment.
        raise NameTaken from error
    audit.record(verb="environments.organization_added", subject=organization, by=by)
    return organization


@transaction.atomic
def take_in_offices(*, offices: Iterable[Office], environment: Environment, by: Member | User) -> list[Organization]:
    """Let offices of the directory take part under their published names, of the kind their services say."""
    return [
        add_organization(
            environment=environment,
            name=name_apart(office),
            kana=office.kana[:120],
            kind=kind_of(office.services.select_related("kind")),
            office=office,
            by=by,
        )
        for office in offices
    ]


def name_apart(office: Office) -> str:
    """Offices are numbered by two systems and named by nobody in particular: the number tells namesakes apart."""
    name = office.name[:100]
    if Organization.objects.filter(name=name).exclude(office=office).exists():
        return f"{name} ({office.office_number})"
    return name

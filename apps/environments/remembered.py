"""Rules about a member that are asked on every page: written as querysets, turned into SQL once for each kind of member.

Building and compiling a rule of a dozen nested questions takes Django several milliseconds, many times the database's answer
(measured: a page of clients asks it eight times). What differs between two members of the same role and kind of
organization is only who they are, where they stand and what time it is; those are put into the remembered statement.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django_scopes import get_scope, scope

from apps.environments.models import Environment, Member, Organization

Row = TypeVar("Row", bound=Model)

# Stand in the place of what differs. They are no rows' keys.
MEMBER, USER, ORGANIZATION, ENVIRONMENT = (UUID(int=nth, version=4) for nth in range(1, 5))


class Shape(NamedTuple):
    """All of a member that a remembered rule may look at, but for the keys."""

    role: str
    organization_kind: str


class Statement(NamedTuple):
    sql: str
    parameters: tuple[Any, ...]


# Where Django sees beforehand that a rule is true for nothing.
NOTHING = Statement("SELECT NULL::uuid WHERE FALSE", ())


class Remembered:
    """A rule: from a member to the rows that are true for them now."""

    def __init__(self, rule: Callable[[Member], QuerySet[Any]]) -> None:
        self._rule = rule
        self._statements: dict[Shape, Statement] = {}

    def ids(self, member: Member) -> RawSQL:
        """The primary keys of the rule's rows, to be used as `pk__in=`."""
        shape = Shape(member.role, member.organization.kind)
        if shape not in self._statements:
            self._statements[shape] = statement(self._rule, shape)
        sql, parameters = self._statements[shape]
        now = timezone.now()
        actual = {
            MEMBER: member.pk,
            USER: member.user_id,
            ORGANIZATION: member.organization_id,
            ENVIRONMENT: getattr(get_scope().get("environment"), "pk", member.environment_id),
        }
        return RawSQL(sql, [put_in(one, actual, now) for one in parameters])  # noqa: S611


def put_in(parameter: Any, actual: dict[UUID, UUID], now: datetime) -> Any:
    if isinstance(parameter, datetime):
        return now
    return actual.get(parameter, parameter) if isinstance(parameter, UUID) else parameter


def statement(rule: Callable[[Member], QuerySet[Any]], shape: Shape) -> Statement:
    """The rule for somebody who has nothing but a shape: what else it looks at is not there, and it fails at once."""
    began = timezone.now()
    with scope(environment=Environment(pk=ENVIRONMENT)):
        rows = rule(somebody(shape)).order_by().values("pk")
    try:
        sql, parameters = rows.query.sql_with_params()
    except EmptyResultSet:
        return NOTHING
    # Every moment in the statement becomes the present one: a rule that reckons with days from now is none to remember.
    moments = [one for one in parameters if isinstance(one, datetime)]
    if not all(began <= one <= timezone.now() for one in moments):
        raise ValueError("This rule looks at another moment than now and cannot be remembered.")
    return Statement(sql, tuple(parameters))


def somebody(shape: Shape) -> Member:
    organization = known(Organization, id=ORGANIZATION, environment_id=ENVIRONMENT, kind=shape.organization_kind)
    member = known(
        Member, id=MEMBER, user_id=USER, environment_id=ENVIRONMENT, organization_id=ORGANIZATION, role=shape.role
    )
    member.organization = organization
    return member


def known(model: type[Row], **fields: Any) -> Row:
    """A row of which only these fields are known: asking for another one asks the database, which has no such row."""
    # Django hands values to fields in the order of the model, whatever the order of their names.
    names = [field.attname for field in model._meta.concrete_fields if field.attname in fields]
    return model.from_db("default", names, [fields[name] for name in names])

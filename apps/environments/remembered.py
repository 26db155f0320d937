"""Rules about a member that are asked on every page: written as querysets, turned into SQL once for each kind of member.

Building and compiling a rule of a dozen nested questions takes Django several milliseconds, many times the database's answer
(measured: a page of clients asks it eight times). What differs between two members of the same role and kind of
organization is only who they are, where they stand and what time it is; those are put into the remembered statement.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django_scopes import get_scope, scope

from apps.environments.models import Environment, Member, Organization

Row = TypeVar("Row", bound=Model)

# A rule that is built takes less; what is left over from whole minutes is how long it took.
BUILT_WITHIN = timedelta(seconds=10)

# Stand in the place of what differs. They are no rows' keys.
MEMBER, USER, ORGANIZATION, ENVIRONMENT = (UUID(int=nth, version=4) for nth in range(1, 5))


class Shape(NamedTuple):
    """All of a member that a remembered rule may look at, but for the keys."""

    role: str
    organization_kind: str


class Statement(NamedTuple):
    sql: str
    parameters: tuple[Any, ...]


class Moment(NamedTuple):
    """So far from now."""

    ahead: timedelta


class Day(NamedTuple):
    """So many days from today."""

    ahead: timedelta


class Remembered:
    """A rule: from a member to the rows that are true for them now, with what the rule says of each in `columns`.

    Of time a rule knows only now and today, and what lies so many minutes or days before or after them. A fixed date
    written into a rule would be taken for such a day (tests build each on two days).
    """

    def __init__(self, rule: Callable[[Member], QuerySet[Any]], *columns: str) -> None:
        self._rule = rule
        self._columns = columns
        self._statements: dict[Shape, Statement] = {}

    def ids(self, member: Member) -> RawSQL:
        """The primary keys of the rule's rows, to be used as `pk__in=`."""
        return RawSQL(*self.statement(member))  # noqa: S611

    def rows(self, member: Member) -> list[tuple[Any, ...]]:
        """The rule's rows: key and columns."""
        return answered(*self.statement(member))

    def among(self, member: Member, ids: Iterable[UUID]) -> list[tuple[Any, ...]]:
        """Of the rows with these keys those that are the rule's: key and columns."""
        sql, parameters = self.statement(member)
        return answered(f"SELECT * FROM ({sql}) AS remembered WHERE pk = ANY(%s)", [*parameters, list(ids)])

    def within(
        self, sql: str, member: Member, parameters: list[Any], *, only: UUID | None = None
    ) -> list[tuple[Any, ...]]:
        """The rows of a statement in which `{rule}` stands for the rule's rows, after all of its own parameters."""
        rule, ruled = self.statement(member)
        if only is not None:
            rule, ruled = f"SELECT * FROM ({rule}) AS remembered WHERE pk = %s", [*ruled, only]
        return answered(sql.replace("{rule}", rule), [*parameters, *ruled])

    def count(self, member: Member) -> int:
        """How many rows are the rule's."""
        sql, parameters = self.statement(member)
        return int(answered(f"SELECT count(*) FROM ({sql}) AS remembered", parameters)[0][0])

    def statement(self, member: Member) -> tuple[str, list[Any]]:
        """The rule for this member and this moment."""
        shape = Shape(member.role, member.organization.kind)
        if shape not in self._statements:
            self._statements[shape] = statement(self._rule, shape, self._columns)
        sql, parameters = self._statements[shape]
        now, today = timezone.now(), timezone.localdate()
        actual = {
            MEMBER: member.pk,
            USER: member.user_id,
            ORGANIZATION: member.organization_id,
            ENVIRONMENT: getattr(get_scope().get("environment"), "pk", member.environment_id),
        }
        return sql, [put_in(one, actual, now, today) for one in parameters]


def answered(sql: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = connection.prepared(sql, parameters)  # type: ignore[attr-defined]
    return rows


def put_in(parameter: Any, actual: dict[UUID, UUID], now: datetime, today: date) -> Any:
    match parameter:
        case Moment():
            return now + parameter.ahead
        case Day():
            return today + parameter.ahead
        case UUID():
            return actual.get(parameter, parameter)
    return parameter


def statement(rule: Callable[[Member], QuerySet[Any]], shape: Shape, columns: tuple[str, ...] = ()) -> Statement:
    """The rule for somebody who has nothing but a shape: what else it looks at is not there, and it fails at once."""
    began, today = timezone.now(), timezone.localdate()
    with scope(environment=Environment(pk=ENVIRONMENT)):
        rows = rule(somebody(shape)).order_by().values("pk", *columns)
    try:
        sql, parameters = rows.query.sql_with_params()
    except EmptyResultSet:
        return Statement(nothing(columns), ())
    if timezone.localdate() != today:
        # Built over midnight: of which of the two days it speaks cannot be told.
        return statement(rule, shape, columns)
    return Statement(sql, tuple(reckoned(one, began, today) for one in parameters))


def nothing(columns: tuple[str, ...]) -> str:
    """Where Django sees beforehand that a rule is true for nothing."""
    return f"SELECT NULL::uuid AS pk{', NULL' * len(columns)} WHERE FALSE"


def reckoned(parameter: Any, began: datetime, today: date) -> Any:
    """A moment or a day of the rule as its distance from the present one."""
    if isinstance(parameter, datetime):
        minutes, rest = divmod(parameter - began, timedelta(minutes=1))
        if rest > BUILT_WITHIN:
            raise ValueError("This rule looks at a moment that is not reckoned from now, and cannot be remembered.")
        return Moment(minutes * timedelta(minutes=1))
    return Day(parameter - today) if isinstance(parameter, date) else parameter


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

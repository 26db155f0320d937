"""A connection that always tells PostgreSQL which environment the code stands in.

Row-level security compares every tenant row with the setting `app.environment`. The truth about where the code stands
is the scope of django-scopes (a context variable, so it follows a request into threads and tasks). This connection
compares that truth with what PostgreSQL was last told, whenever a cursor is made, and tells it again when they differ.
"""

import re
from contextlib import closing
from functools import lru_cache
from itertools import count
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django_scopes import get_scope
from psycopg import sql
from psycopg.types.datetime import TimestamptzLoader

TELL = "SELECT set_config('app.environment', %s, false)"
# psycopg prepares what is sent with `prepare` alone, never what it sees often: this many times nothing is sent.
NEVER_BY_ITSELF = 2**31


class PreparedCursor(psycopg.RawCursor[Any]):
    """Sends each statement once to be planned, and from then on by its name; rows come in binary, which is read faster."""

    def execute(self, query: Any, params: Any = None, **told: Any) -> Any:
        return super().execute(numbered(query), params, **{**told, "prepare": True, "binary": True})

    def _convert_query(self, query: Any, params: Any = None) -> Any:
        # Where Django's log of statements looks for what was sent.
        self._query = super()._convert_query(query, params)
        return self._query


@lru_cache(maxsize=500)
def numbered(statement: str) -> str:
    """With $1, $2 … for each %s: psycopg takes long statements apart every time, 1 ms for a rule."""
    numbers = count(1)
    return re.sub("%([%s])", lambda found: f"${next(numbers)}" if found[1] == "s" else "%", statement)


class DatabaseWrapper(base.DatabaseWrapper):
    # What PostgreSQL was last told; None when that is unknown, as after a rollback, which undoes settings too.
    _told: str | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        # A connection from the pool still carries the setting of whoever had it before.
        self._told = None
        connection = super().get_new_connection(conn_params)
        connection.prepare_threshold = NEVER_BY_ITSELF
        return connection

    def _configure_role(self, connection: Any) -> bool:
        # Django composes this statement on a connection from the pool: the pool that waits for this one to be ready.
        role = self.settings_dict["OPTIONS"].get("assume_role")
        if role:
            connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))
        return bool(role)

    def create_cursor(self, name: str | None = None) -> Any:
        here = environment_here()
        if here != self._told:
            self.connection.execute(TELL, [here])
            self._told = here
        cursor = super().create_cursor(name)
        # Django's own puts UTC in the place of UTC and cannot be compiled: eight times as long, for each moment read.
        cursor.adapters.register_loader("timestamptz", TimestamptzLoader)
        return cursor

    def prepared(self, statement: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
        """The rows of a statement that is asked often with other parameters: PostgreSQL plans it once for each connection.

        Worth it where planning takes longer than answering, as for rules of forty nested questions: what waits for one's
        confirmation takes 0.7 ms instead of 5.5, the rooms one hears 3.2 instead of 6.2.
        """
        # Connected, told of the environment, and refused in a transaction that has failed.
        self.cursor().close()
        with closing(self._prepare_cursor(PreparedCursor(self.connection))) as cursor:  # type: ignore[attr-defined]
            cursor.execute(statement, parameters)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows

    def _rollback(self) -> None:
        self._told = None
        super()._rollback()  # type: ignore[misc]

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)  # type: ignore[misc]
        self._told = None


def environment_here() -> str:
    """The primary key of the environment whose scope is open, as text; empty outside."""
    environment = get_scope().get("environment")
    return str(environment.pk) if environment is not None else ""

"""A connection that always tells PostgreSQL which environment the code stands in.

Row-level security compares every tenant row with the setting `app.environment`. The truth about where the code stands
is the scope of django-scopes (a context variable, so it follows a request into threads and tasks). This connection
compares that truth with what PostgreSQL was last told, whenever a cursor is made, and tells it again when they differ.
"""

from typing import Any

from django.db.backends.postgresql import base
from django_scopes import get_scope
from psycopg import sql

TELL = "SELECT set_config('app.environment', %s, false)"


class DatabaseWrapper(base.DatabaseWrapper):
    # What PostgreSQL was last told; None when that is unknown, as after a rollback, which undoes settings too.
    _told: str | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        # A connection from the pool still carries the setting of whoever had it before.
        self._told = None
        return super().get_new_connection(conn_params)

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
        return super().create_cursor(name)

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

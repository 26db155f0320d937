"""Migration operations that make PostgreSQL keep the walls between environments.

`TenantTable` closes a table to every environment but the one whose scope is open. `SameEnvironment` keeps a row's
environment equal to its parent's. `AppendOnly` lets nobody change or remove what was written, `WriteOnce` lets an
empty column be filled and no more, `Kept` lets only the named columns change.
A house test finds a tenant table that lacks them.
"""

from typing import Any

from django.db.migrations.operations import RunSQL

APP_ROLE = "carenet_app"


class TenantTable(RunSQL):
    """Row-level security: the application's role sees and writes only rows of the open environment.

    With `or_none`, rows without an environment exist too, seen and written only where none is open.
    """

    def __init__(self, table: str, *, column: str = "environment_id", or_none: bool = False) -> None:
        equals = "IS NOT DISTINCT FROM" if or_none else "="
        here = f"{column} {equals} nullif(current_setting('app.environment', true), '')::uuid"
        super().__init__(
            sql=[
                f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
                f"CREATE POLICY only_the_open_environment ON {table} USING ({here}) WITH CHECK ({here})",
            ],
            reverse_sql=[
                f"DROP POLICY only_the_open_environment ON {table}",
                f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
            ],
        )
        self._constructor_args: Any = ((table,), {"column": column, "or_none": or_none})


class SameEnvironment(RunSQL):
    """A foreign key on (child's column, environment): a row can never point into another environment."""

    def __init__(self, table: str, column: str, parent: str, parent_column: str = "id") -> None:
        unique = f"{parent}_{parent_column}_within_its_environment"
        promise = f"{table}_{column}_in_the_same_environment"
        super().__init__(
            sql=[
                f"""
                DO $$ BEGIN
                    IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = left('{unique}', 63)) THEN
                        ALTER TABLE {parent} ADD CONSTRAINT {unique} UNIQUE ({parent_column}, environment_id);
                    END IF;
                END $$
                """,
                f"""
                ALTER TABLE {table} ADD CONSTRAINT {promise} FOREIGN KEY ({column}, environment_id)
                REFERENCES {parent} ({parent_column}, environment_id) DEFERRABLE INITIALLY DEFERRED
                """,
            ],
            reverse_sql=[f"ALTER TABLE {table} DROP CONSTRAINT {promise}"],
        )
        self._constructor_args: Any = ((table, column, parent, parent_column), {})


class EnvironmentFromParent(RunSQL):
    """A trigger that copies the environment from the parent row, for rows a library writes."""

    def __init__(self, table: str, column: str, parent: str) -> None:
        function = f"{table}_takes_environment"
        super().__init__(
            sql=[
                f"""
                CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                    NEW.environment_id := (SELECT environment_id FROM {parent} WHERE id = NEW.{column});
                    RETURN NEW;
                END $$
                """,
                f"""
                CREATE TRIGGER environment_from_parent BEFORE INSERT OR UPDATE ON {table}
                FOR EACH ROW EXECUTE FUNCTION {function}()
                """,
            ],
            reverse_sql=[
                f"DROP TRIGGER environment_from_parent ON {table}",
                f"DROP FUNCTION {function}()",
            ],
        )
        self._constructor_args: Any = ((table, column, parent), {})


class AppendOnly(RunSQL):
    """Nobody changes, removes or truncates rows of the table: not the application, not the table's owner by accident."""

    def __init__(self, table: str) -> None:
        function = f"{table}_is_append_only"
        super().__init__(
            sql=[
                f"""
                CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                    RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'insufficient_privilege';
                END $$
                """,
                f"""
                CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION {function}()
                """,
                f"""
                CREATE TRIGGER append_only_as_a_whole BEFORE TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION {function}()
                """,
                f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {APP_ROLE}",
            ],
            reverse_sql=[
                f"GRANT UPDATE, DELETE ON {table} TO {APP_ROLE}",
                f"DROP TRIGGER append_only_as_a_whole ON {table}",
                f"DROP TRIGGER append_only ON {table}",
                f"DROP FUNCTION {function}()",
            ],
        )
        self._constructor_args: Any = ((table,), {})


class WriteOnce(RunSQL):
    """What was written stays: an empty column may be filled once, nothing is changed, no row is removed or truncated."""

    def __init__(self, table: str) -> None:
        function = f"{table}_is_written_once"
        super().__init__(
            sql=[
                f"""
                CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                    IF TG_OP = 'UPDATE' AND NOT EXISTS (
                        SELECT FROM jsonb_each(to_jsonb(OLD)) was JOIN jsonb_each(to_jsonb(NEW)) becomes USING (key)
                        WHERE was.value NOT IN ('null', '""') AND was.value <> becomes.value
                    ) THEN RETURN NEW; END IF;
                    RAISE EXCEPTION '{table} is written once' USING ERRCODE = 'insufficient_privilege';
                END $$
                """,
                f"""
                CREATE TRIGGER write_once BEFORE UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION {function}()
                """,
                f"""
                CREATE TRIGGER write_once_as_a_whole BEFORE TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION {function}()
                """,
                f"REVOKE DELETE, TRUNCATE ON {table} FROM {APP_ROLE}",
            ],
            reverse_sql=[
                f"GRANT DELETE ON {table} TO {APP_ROLE}",
                f"DROP TRIGGER write_once_as_a_whole ON {table}",
                f"DROP TRIGGER write_once ON {table}",
                f"DROP FUNCTION {function}()",
            ],
        )
        self._constructor_args: Any = ((table,), {})


class Kept(RunSQL):
    """Rows of the table are never removed, and of what was written only the named columns may change, such as its end."""

    def __init__(self, table: str, *, but: list[str]) -> None:
        columns = ", ".join(but)
        super().__init__(
            sql=[
                f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {APP_ROLE}",
                f"GRANT UPDATE ({columns}) ON {table} TO {APP_ROLE}",
            ],
            reverse_sql=[f"GRANT UPDATE, DELETE ON {table} TO {APP_ROLE}"],
        )
        self._constructor_args: Any = ((table,), {"but": but})

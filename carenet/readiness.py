"""What must hold before this installation lets anybody in, each with the sentence that says what to do."""

import time

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError, ProgrammingError

# Domain rule M6: entries of the ledger are only as good as the clock.
LARGEST_SKEW = 1.0


class NotReady(Exception):
    """Its text is one sentence for the person who starts the server."""


def check() -> None:
    """Refuse a database that would not keep the walls, lacks migrations, or lives in another time."""
    try:
        check_role()
        check_clock()
        check_migrations()
    except (OperationalError, ProgrammingError) as error:
        raise NotReady(f"The database does not answer: {str(error).strip().splitlines()[0]}") from error
    finally:
        connection.close()


def check_role() -> None:
    """The role that asks must be subject to row-level security everywhere: no superuser, no bypass, owner of nothing."""
    with connection.cursor() as cursor:
        # A role that was only put on (SET ROLE) can be taken off again, so whoever signed in counts too. In the demo
        # and while developing the superuser signs in and takes the application's role.
        cursor.execute(
            """
            SELECT rolname, rolsuper, rolbypassrls,
                   EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid AND relkind IN ('r', 'p'))
            FROM pg_roles WHERE rolname = current_user OR (rolname = session_user AND NOT %s)
            """,
            [settings.PLAIN_HTTP],
        )
        for role, is_superuser, bypasses, owns in cursor.fetchall():
            if is_superuser or bypasses:
                raise NotReady(
                    f"The database role {role} passes row-level security; "
                    "please let DATABASE_URL sign in as carenet_app, which does not."
                )
            if owns:
                raise NotReady(
                    f"The database role {role} owns tables, so row-level security would not bind it; "
                    "please let DATABASE_URL sign in as carenet_app, and DATABASE_OWNER_URL as the owner."
                )


def check_clock() -> None:
    """This machine and the database agree on the time within a second."""
    with connection.cursor() as cursor:
        before = time.time()
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        [there] = cursor.fetchone()
        after = time.time()
    skew = max(before - float(there), float(there) - after, 0.0)
    if skew > LARGEST_SKEW:
        raise NotReady(
            f"The clocks of this machine and of the database differ by {skew:.1f} seconds; please synchronise them."
        )


def check_migrations() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotReady(
            "The database lacks migrations; please run 'CARENET_AS_OWNER=1 python manage.py migrate' as its owner."
        )

"""The real PostgreSQL under the tests: started when nobody names one, shared by runs, left as the migrations made it.

Loaded with `-p tests.postgres`, before Django's settings are read. The application under test connects as in
production, in a role that owns nothing; only what is below works as the owner.
"""

import atexit
import fcntl
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from carenet.launch.messages import compile_messages
from carenet.launch.postgres import Postgres

PROJECT = Path(__file__).resolve().parent.parent
# What is lost when the machine stops may be lost: every run makes its databases anew.
SERVER = Postgres(
    PROJECT / ".carenet" / "test-postgres",
    {
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "shared_buffers": "128MB",
        "max_connections": "200",
        "timezone": "Asia/Tokyo",
    },
)
NAME = "carenet_test"
TEMPLATES_KEPT = 3
# Rows that migrations made, kept aside in the template to put them back after a test that wrote for real.
ASIDE = "as_migrated"


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Name the project's own server in the environment, to be started when the first test wants a database."""
    if "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = SERVER.url("postgres", user="postgres")
        os.environ["CARENET_TEST_SERVER"] = "1"
    # What tests put into files goes with the machine too, and never among those of a demonstration.
    os.environ["CARENET_MEDIA_ROOT"] = tempfile.mkdtemp(prefix="carenet-tests-")
    atexit.register(shutil.rmtree, os.environ["CARENET_MEDIA_ROOT"], ignore_errors=True)
    compile_messages()


def url_of(database: str) -> str:
    """The address of another database on the server under test."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}"))


def connect(database: str | None = None) -> "psycopg.Connection[tuple[object, ...]]":
    """A connection as the owner of everything, outside Django and outside any transaction."""
    url = os.environ["DATABASE_URL"] if database is None else url_of(database)
    return psycopg.connect(url, autocommit=True)


def have_server() -> None:
    """Start the project's own server, unless somebody named one; the last run to leave stops it."""
    if os.environ.get("CARENET_TEST_SERVER") != "1":
        return

    SERVER.runner.own_folder(SERVER.place)
    # Never closed but by the end of this process, however it ends.
    users = os.open(SERVER.place / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
    with one_at_a_time():
        SERVER.start()
        fcntl.flock(users, fcntl.LOCK_SH)
    atexit.register(leave_server, users)


def leave_server(users: int) -> None:
    with one_at_a_time():
        fcntl.flock(users, fcntl.LOCK_UN)
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # Another run still works with it.
            return
        SERVER.stop()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    with (SERVER.place / "start.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class TestDatabase:
    """A database for this process, copied from a template that migrations filled."""

    __test__ = False

    def __init__(self, worker: str) -> None:
        self.name = f"{NAME}_{os.getpid()}_{worker}"
        # Stays connected: its lock says that the database is in use, and its end says that it is not.
        self._keeper = connect()
        self._owner: psycopg.Connection[tuple[object, ...]] | None = None
        self._as_migrated: dict[str, str] = {}

    @property
    def owner(self) -> "psycopg.Connection[tuple[object, ...]]":
        """A connection to this database as its owner, past row-level security."""
        if self._owner is None or self._owner.closed:
            self._owner = connect(self.name)
        return self._owner

    def make(self, migrate: "Migrate") -> None:
        """Copy the template, after `migrate` has filled it if the migrations are new."""
        template = f"{NAME}_template_{fingerprint_of_migrations()}"
        lock = "SELECT pg_advisory_lock(hashtext(%s))"
        self._keeper.execute(lock, [self.name])
        self._keeper.execute(lock, [NAME])
        try:
            self._drop_left_behind()
            if not self._exists(template):
                self._make_template(template, migrate)
            self._keeper.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(self.name), sql.Identifier(template))
            )
        finally:
            self._keeper.execute("SELECT pg_advisory_unlock(hashtext(%s))", [NAME])
        self._as_migrated = {table: self._sum(table) for table in self._tables(ASIDE)}

    def remove(self) -> None:
        if self._owner is not None:
            self._owner.close()
        self._drop(self.name)
        self._keeper.close()

    def wipe(self) -> None:
        """Bring back what the migrations left, past foreign keys and the triggers of append-only tables."""
        with self.owner.transaction():
            self.owner.execute("SET LOCAL session_replication_role = replica")
            # A socket that a test forgot could hold a row; better a failure than a wait without end.
            self.owner.execute("SET LOCAL lock_timeout = '10s'")
            for table in self._filled():
                self.owner.execute(sql.SQL("DELETE FROM public.{}").format(sql.Identifier(table)))
            for table, as_migrated in self._as_migrated.items():
                if self._sum(table) != as_migrated:
                    self._put_back(table)

    def _filled(self) -> list[str]:
        tables = [table for table in self._tables("public") if table not in self._as_migrated]
        asked = sql.SQL(" UNION ALL ").join(
            sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM public.{})").format(sql.Literal(table), sql.Identifier(table))
            for table in tables
        )
        return [str(table) for (table,) in self.owner.execute(asked)] if tables else []

    def _put_back(self, table: str) -> None:
        columns = sql.SQL(", ").join(
            sql.Identifier(str(name))
            for (name,) in self.owner.execute(
                "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
                " AND attgenerated = ''",
                [f'public."{table}"'],
            )
        )
        self.owner.execute(sql.SQL("DELETE FROM public.{}").format(sql.Identifier(table)))
        self.owner.execute(
            sql.SQL("INSERT INTO public.{0} ({1}) SELECT {1} FROM {2}.{0}").format(
                sql.Identifier(table), columns, sql.Identifier(ASIDE)
            )
        )

    def _sum(self, table: str) -> str:
        asked = sql.SQL("SELECT count(*) || md5(string_agg(t::text, '' ORDER BY t::text)) FROM public.{} t")
        return str(self.owner.execute(asked.format(sql.Identifier(table))).fetchone())

    def _tables(self, schema: str) -> list[str]:
        asked = "SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace(%s) AND relkind = 'r' ORDER BY 1"
        return [str(table) for (table,) in self.owner.execute(asked, [schema])]

    def _make_template(self, template: str, migrate: "Migrate") -> None:
        building = f"{template}_building"
        self._drop(building)
        self._keeper.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(building)))
        migrate(building)
        with connect(building) as connection:
            set_aside(connection)
        self._drop_old_templates()
        self._keeper.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(building), sql.Identifier(template))
        )

    def _drop_old_templates(self) -> None:
        templates = self._keeper.execute(
            "SELECT datname FROM pg_database WHERE datname ~ %s ORDER BY oid DESC OFFSET %s",
            [f"^{NAME}_template_[0-9a-f]+$", TEMPLATES_KEPT - 1],
        ).fetchall()
        for (name,) in templates:
            self._drop(str(name))

    def _drop_left_behind(self) -> None:
        """Drop databases of runs that died: their lock is free."""
        asked = "SELECT datname FROM pg_database WHERE datname ~ %s AND datname <> %s"
        for (name,) in self._keeper.execute(asked, [f"^{NAME}_[0-9]+_", self.name]).fetchall():
            free = self._keeper.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [name]).fetchone()
            if free == (True,):
                self._drop(str(name))
                self._keeper.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])

    def _exists(self, database: str) -> bool:
        return self._keeper.execute("SELECT FROM pg_database WHERE datname = %s", [database]).fetchone() is not None

    def _drop(self, database: str) -> None:
        self._keeper.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


class Migrate:
    """Runs the migrations on a database, as its owner, through Django's own connection."""

    def __call__(self, database: str) -> None:
        from django.core.management import call_command
        from django.db import connection

        options = connection.settings_dict["OPTIONS"]
        role = options.pop("assume_role")
        connection.close()
        connection.settings_dict["NAME"] = database
        try:
            call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)
        finally:
            connection.close()
            options["assume_role"] = role


def set_aside(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    """Copy every table that migrations filled into a schema of its own."""
    connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(ASIDE)))
    tables = connection.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
    ).fetchall()
    for (table,) in tables:
        public = sql.Identifier("public", str(table))
        if connection.execute(sql.SQL("SELECT FROM {} LIMIT 1").format(public)).fetchone() is not None:
            connection.execute(sql.SQL("CREATE TABLE {} AS TABLE {}").format(sql.Identifier(ASIDE, str(table)), public))


def fingerprint_of_migrations() -> str:
    """Changes with anything that decides what the migrations make: themselves, what they import, the libraries."""
    files = {PROJECT / "requirements" / "dev.lock"}
    for folder in (PROJECT / "apps").glob("*/migrations"):
        for file in folder.rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                files.add(file)
    for migration in [file for file in files if file.suffix == ".py"]:
        for module in re.findall(r"^(?:from|import) (apps\.[\w.]+)", migration.read_text(), re.MULTILINE):
            file = PROJECT / f"{module.replace('.', '/')}.py"
            if file.exists():
                files.add(file)
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for file in sorted(files):
        digest.update(str(file.relative_to(PROJECT)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]

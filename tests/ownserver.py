"""A fresh database with everything migrated, on a PostgreSQL of its own: for programs that are no tests."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from psycopg import sql

from carenet.launch.postgres import Postgres

PROJECT = Path(__file__).resolve().parent.parent
Environ = dict[str, str]


@contextmanager
def fresh_database(name: str) -> Iterator[Environ]:
    """The environment variables for a process of carenet that works with it; fsync is on, as in production."""
    server = Postgres(
        PROJECT / ".carenet" / f"{name}-postgres",
        {"shared_buffers": "256MB", "max_connections": "100", "timezone": "Asia/Tokyo"},
    )
    server.start()
    try:
        with psycopg.connect(server.url("postgres", user="postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        environ = {**os.environ, "DATABASE_URL": server.url(name, user="postgres"), "CARENET_DEMO": "1"}
        run(["-m", "carenet.launch.prepare"], {**environ, "CARENET_AS_OWNER": "1"})
        yield environ
    finally:
        server.stop()


def manage(environ: Environ, *words: str) -> None:
    run(["manage.py", *words], environ)


def run(words: list[str], environ: Environ) -> None:
    subprocess.run([sys.executable, *words], cwd=PROJECT, env=environ, check=True, stdout=subprocess.DEVNULL)


def become_django(environ: Environ) -> None:
    """Let this process work with the database too."""
    os.environ.update(environ)
    os.environ["DJANGO_SETTINGS_MODULE"] = "carenet.settings"
    import django

    django.setup()


@contextmanager
def serving(words: list[str], environ: Environ, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends; the block begins when the port answers."""
    process = subprocess.Popen(
        [sys.executable, *words], cwd=PROJECT, env={**environ, "PORT": str(port), "CARENET_HOST": "127.0.0.1"}
    )
    try:
        until_it_answers(port)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def until_it_answers(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise TimeoutError("The server did not start.")

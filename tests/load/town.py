"""A town for measuring: a database with fsync on, one room with many members, each with a device's token."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from carenet.launch.postgres import Postgres

PROJECT = Path(__file__).resolve().parent.parent.parent
SERVER = Postgres(PROJECT / ".carenet" / "bench-postgres", {"shared_buffers": "256MB", "max_connections": "100"})
SLUG = "bench-town"


@dataclass(frozen=True)
class Town:
    slug: str
    room_id: UUID
    tokens: list[str]


@contextmanager
def database() -> Iterator[dict[str, str]]:
    """A fresh database on a server of its own, as environment variables for a process of carenet."""
    SERVER.start()
    try:
        owner = SERVER.url("bench", user="postgres")
        for statement in ("DROP DATABASE IF EXISTS bench", "CREATE DATABASE bench"):
            psql(SERVER.url("postgres", user="postgres"), statement)
        environ = {**os.environ, "DATABASE_URL": owner, "CARENET_DEMO": "1", "CARENET_POSTS_PER_MINUTE": "1000000"}
        for command in ("migrate", "createcachetable"):
            manage(command, {**environ, "CARENET_AS_OWNER": "1"})
        yield environ
    finally:
        SERVER.stop()


def psql(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]


def manage(command: str, environ: dict[str, str]) -> None:
    subprocess.run(
        [sys.executable, "manage.py", command, "-v", "0"], cwd=PROJECT, env=environ, check=True, stdout=subprocess.DEVNULL
    )


def settle(people: int) -> Town:
    """Fill the database that Django is connected to with one room of so many members."""
    from django_scopes import scope

    from tests import makers

    environment = makers.make_environment(SLUG)
    with scope(environment=environment):
        organization = makers.make_organization(environment, "計測", "care_management_office")
        members = [makers.make_member(organization, makers.make_user(f"bench{nth}")) for nth in range(people)]
        client = makers.make_client(environment, seats=[organization])
        room = makers.make_room(members=members, client=client)
    return Town(slug=SLUG, room_id=room.pk, tokens=[token_of(member.user) for member in members])


def token_of(user: object) -> str:
    from apps.accounts.access import token_hash
    from apps.accounts.models import Device

    token = f"cn_{user.pk}"  # type: ignore[attr-defined]
    Device.objects.create(user=user, name="bench", token_hash=token_hash(token))
    return token

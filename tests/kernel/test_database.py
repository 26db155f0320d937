"""The tests stand where the application stands: in a role that owns nothing."""

import pytest
from django.db import connection

from apps.kernel.postgres.base import DatabaseWrapper


def rows(statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


@pytest.mark.django_db
def test_the_application_connects_in_a_role_that_owns_nothing():
    [(role, bypasses)] = rows("SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")

    assert role == "carenet_app"
    assert not bypasses
    assert rows("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole") == [(0,)]


@pytest.mark.django_db
def test_the_database_knows_japanese_characters(test_database):
    test_database.owner.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")

    assert test_database.owner.execute("SELECT show_trgm('看護') <> '{}'").fetchone() == (True,)


@pytest.mark.django_db
def test_a_pool_opens_connections_in_that_role_too():
    options = {**connection.settings_dict["OPTIONS"], "pool": {"min_size": 1, "max_size": 1, "timeout": 5}}
    pooled = DatabaseWrapper({**connection.settings_dict, "OPTIONS": options}, alias=connection.alias)
    try:
        with pooled.cursor() as cursor:
            cursor.execute("SELECT current_user")
            assert cursor.fetchone() == ("carenet_app",)
    finally:
        pooled.close()
        pooled.close_pool()

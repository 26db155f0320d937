"""Every tenant table stands behind both walls: the scope of the code, and row-level security of the database."""

from collections.abc import Callable, Iterator
from contextvars import Context
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps as registry
from django.db import IntegrityError, ProgrammingError, connection, models, transaction
from django_scopes import scope
from django_scopes.exceptions import ScopeError
from guardian.shortcuts import assign_perm

from apps.audit import actions as audit
from apps.clients.models import Seat
from apps.environments.models import Environment
from apps.rooms import actions as rooms
from apps.rooms.models import Message, TalkRoom
from tests import postgres
from tests.audit.deeds import make_sealed_ledger
from tests.doors.world import World, build
from tests.house.kept import GOES_WITH_ITS_LIST, KEPT, WRITTEN_ONCE
from tests.saying import make_forwarding

APP_ROLE = "carenet_app"
# Tenant tables without a scoped manager, and what stands in its stead; row-level security holds for them all the same.
NOT_SCOPED = {
    "audit.Entry": "a manager of its own: entries of the open environment, or of none where none is open",
    "audit.Leaf": "as the entries",
    "audit.Tile": "as the entries",
    "audit.SigningKey": "as the entries",
    "audit.TreeHead": "as the entries",
    "clients.ClientUserObjectPermission": "django-guardian brings its manager",
    "clients.ClientGroupObjectPermission": "django-guardian brings its manager",
    "rooms.TalkRoomUserObjectPermission": "django-guardian brings its manager",
    "rooms.TalkRoomGroupObjectPermission": "django-guardian brings its manager",
}


def is_tenant(model: type[models.Model]) -> bool:
    return any(field.attname == "environment_id" for field in model._meta.concrete_fields)


TENANTS = [model for model in registry.get_models(include_auto_created=True) if is_tenant(model)]
TABLES = [model._meta.db_table for model in TENANTS]


def label(model: type[models.Model]) -> str:
    return model._meta.label


def rows(query: str, *arguments: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, arguments)
        return list(cursor.fetchall())


def outside(question: Callable[[], Any]) -> Any:
    """Asked where no environment is open, whatever the test has open."""
    return Context().run(question)


# -- the first wall: the scope


@pytest.mark.parametrize("model", TENANTS, ids=label)
def test_asking_outside_a_scope_is_refused(db, model):
    if label(model) in NOT_SCOPED:
        assert outside(lambda: list(model._default_manager.all())) == []
    else:
        with pytest.raises(ScopeError):
            outside(lambda: list(model._default_manager.all()))


def test_no_reason_is_kept_for_a_table_that_has_gone():
    assert NOT_SCOPED.keys() <= {label(model) for model in TENANTS}


# -- the second wall: the database


def test_every_table_with_an_environment_is_a_model_of_the_house(db):
    found = rows(
        "SELECT attrelid::regclass::text FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
        " WHERE attname = 'environment_id' AND relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
    )

    assert sorted(table for (table,) in found) == sorted(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_a_tenant_table_has_row_level_security_for_reading_and_writing(db, table):
    assert rows("SELECT relrowsecurity FROM pg_class WHERE oid = %s::regclass", table) == [(True,)]
    policies = rows("SELECT cmd, permissive, roles, qual, with_check FROM pg_policies WHERE tablename = %s", table)
    assert len(policies) == 1, "one policy: permissive ones would add up"
    [(command, permissive, roles, qual, with_check)] = policies
    assert (command, permissive, list(roles)) == ("ALL", "PERMISSIVE", ["public"])
    assert "environment_id" in qual
    assert "current_setting('app.environment'" in qual
    assert with_check == qual


def relations() -> Iterator[tuple[str, str, str]]:
    """Every column of a tenant table that points at another tenant table."""
    for model in TENANTS:
        for field in model._meta.concrete_fields:
            if field.is_relation and isinstance(field.related_model, type) and is_tenant(field.related_model):
                yield model._meta.db_table, field.column, field.related_model._meta.db_table


@pytest.mark.parametrize(("table", "column", "parent"), list(relations()))
def test_a_row_and_what_it_points_at_are_in_the_same_environment(db, table, column, parent):
    found = rows(
        """
        SELECT array_agg(a.attname::text ORDER BY a.attname), array_agg(b.attname::text ORDER BY b.attname)
        FROM pg_constraint c
        CROSS JOIN LATERAL unnest(c.conkey, c.confkey) AS pair (here, there)
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = pair.here
        JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = pair.there
        WHERE c.contype = 'f' AND c.convalidated AND c.conrelid = %s::regclass AND c.confrelid = %s::regclass
        GROUP BY c.oid
        """,
        table,
        parent,
    )

    assert (sorted([column, "environment_id"]), ["environment_id", "id"]) in found


def test_a_seat_cannot_be_given_to_an_organization_of_another_environment(cast):
    with scope(environment=cast.elsewhere):
        stranger = cast.watanabe.organization

    with pytest.raises(IntegrityError, match="in_the_same_environment"), transaction.atomic():
        Seat.objects.create(environment=cast.environment, client=cast.hana, organization_id=stranger.pk)
        connection.check_constraints()


def test_the_application_asks_as_a_role_that_owns_nothing_and_passes_no_wall(db):
    assert rows("SELECT current_user::text") == [(APP_ROLE,)]
    assert rows(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = %s", APP_ROLE
    ) == [(False, False, False, False)]
    owned = rows("SELECT oid::regclass::text FROM pg_class WHERE relowner = %s::regrole", APP_ROLE)
    functions = rows("SELECT oid::regprocedure::text FROM pg_proc WHERE proowner = %s::regrole", APP_ROLE)
    assert owned + functions == []


def test_the_applications_role_is_a_member_of_no_other_role(db):
    assert rows("SELECT roleid::regrole::text FROM pg_auth_members WHERE member = %s::regrole", APP_ROLE) == []


def test_nobody_but_the_owner_makes_tables(db):
    assert rows("SELECT has_schema_privilege(current_user, 'public', 'CREATE')") == [(False,)]


# -- what raw SQL sees


@pytest.fixture
def world(cast) -> World:
    """One of everything, in both environments, as far as people fill them."""
    built = build(cast)
    rooms.post(room=cast.room, body="今朝の体温は36.4度でした。", client_key=uuid4(), by=cast.sato)
    rooms.read_up_to(room=cast.room, number=1, by=cast.suzuki)
    make_forwarding(*last_two(cast.room))
    assign_perm("view_client", cast.suzuki.user, cast.hana)
    with scope(environment=cast.elsewhere):
        there = type(cast.room).objects.get()
        rooms.post(room=there, body="となりの話です。", client_key=uuid4(), by=cast.watanabe)
        rooms.read_up_to(room=there, number=1, by=cast.watanabe)
        make_forwarding(*last_two(there))
        assign_perm("view_client", cast.watanabe.user, there.client)
    rooms.take_all_into_search()
    make_sealed_ledger(by=cast.sato)
    with scope(environment=cast.elsewhere):
        make_sealed_ledger(by=cast.watanabe)
    return built


def last_two(room: TalkRoom) -> list[Message]:
    return list(Message.objects.filter(room=room).order_by("-number")[:2])


# Group grants exist for django-guardian and are refused by a constraint: they are always empty.
FILLED = [table for table in TABLES if "groupobjectpermission" not in table]


def environments_in(table: str) -> set[Any]:
    return {environment for (environment,) in rows(f"SELECT DISTINCT environment_id FROM {table}")}


def test_raw_sql_sees_the_open_environment_only(world):
    here, there = world.cast.environment.pk, world.cast.elsewhere.pk

    assert {table: environments_in(table) for table in FILLED} == {table: {here} for table in FILLED}
    with scope(environment=world.cast.elsewhere):
        assert {table: environments_in(table) for table in FILLED} == {table: {there} for table in FILLED}


def test_raw_sql_outside_every_environment_sees_nothing(world):
    # The ledger also holds what happens before somebody has chosen an environment.
    nothing = {table: {None} if table == "audit_entry" else set() for table in FILLED}

    outside(lambda: audit.record(verb="house.asked", by=None))
    assert outside(lambda: {table: environments_in(table) for table in FILLED}) == nothing


def test_no_row_is_written_into_another_environment(world):
    written = []
    for table in FILLED:
        columns, values = row_of(table)
        assert str(world.cast.environment.pk) in values
        signs = ", ".join(["%s"] * len(columns))
        with scope(environment=world.cast.elsewhere):
            if not refused(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({signs})", *values):
                written.append(table)

    assert written == []


def row_of(table: str) -> tuple[list[str], list[Any]]:
    """Any row that this environment sees, as text that the database takes back."""
    columns = [
        str(name)
        for (name,) in rows(
            "SELECT attname::text FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''",
            table,
        )
    ]
    [row] = rows(f"SELECT {', '.join(f'({column})::text' for column in columns)} FROM {table} LIMIT 1")
    return columns, list(row)


def refused(statement: str, *values: Any) -> bool:
    """Whether the wall itself refuses: not a missing column, not a duplicate."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    except ProgrammingError as error:
        return "row-level security" in str(error)
    return False


def test_no_row_is_moved_into_another_environment(world):
    # A grant's environment is copied from its parent by a trigger.
    mine = {table for table in FILLED if may("UPDATE", table)} - WRITTEN_ONCE
    movable = [table for table in mine if "permission" not in table]

    moved = [
        table for table in movable if not refused(f"UPDATE {table} SET environment_id = %s", world.cast.elsewhere.pk)
    ]

    assert moved == []


def test_no_row_is_removed_from_outside(world):
    removable = [table for table in FILLED if may("DELETE", table)]

    assert outside(lambda: {table: removed(table) for table in removable}) == dict.fromkeys(removable, 0)


def test_what_is_kept_is_removed_and_moved_by_nobody(world):
    assert {table for table in FILLED if not may("DELETE", table)} == KEPT | WRITTEN_ONCE
    for table in WRITTEN_ONCE:
        with pytest.raises(ProgrammingError, match="permission denied"):
            removed(table)
        with pytest.raises(ProgrammingError, match="is written once"), transaction.atomic():
            rows(f"UPDATE {table} SET environment_id = %s RETURNING 1", world.cast.elsewhere.pk)
    for table in KEPT:
        with pytest.raises(ProgrammingError, match="permission denied"):
            removed(table)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            rows(f"UPDATE {table} SET environment_id = environment_id RETURNING 1")


def test_what_goes_with_its_list_is_removed_in_no_other_way(world):
    for table in GOES_WITH_ITS_LIST:
        with pytest.raises(ProgrammingError, match="stays"):
            removed(table)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            rows(f"UPDATE {table} SET brought_by_id = brought_by_id RETURNING 1")


def may(right: str, table: str) -> bool:
    return bool(rows("SELECT has_table_privilege(current_user, %s, %s)", table, right)[0][0])


def removed(table: str) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")
        return int(cursor.rowcount)


def test_the_database_is_told_anew_whenever_the_code_moves(world):
    asked = "SELECT current_setting('app.environment', true)"
    here, there = str(world.cast.environment.pk), str(world.cast.elsewhere.pk)

    assert rows(asked) == [(here,)]
    with scope(environment=world.cast.elsewhere):
        assert rows(asked) == [(there,)]
    assert rows(asked) == [(here,)]
    assert outside(lambda: rows(asked)) == [("",)]


def test_a_rollback_does_not_leave_the_database_in_another_environment(world):
    # PostgreSQL undoes a setting with the transaction in which it was made.
    with scope(environment=world.cast.elsewhere), transaction.atomic():
        assert Environment.objects.exists()
        transaction.set_rollback(True)

    assert environments_in("environments_member") == {world.cast.environment.pk}


# -- a session of its own, past Django: what psql would see


def walled_tables(session: Any) -> list[str]:
    """From the catalogue and not from the models: every table with an environment."""
    found = session.execute(
        "SELECT relname::text FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid"
        " WHERE attname = 'environment_id' AND relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
    )
    return sorted(table for (table,) in found.fetchall())


def seen_by(session: Any, setting: str | None) -> dict[str, set[Any]]:
    """The environments whose rows come back; without a setting nothing was ever set in this session."""
    if setting is not None:
        session.execute("SELECT set_config('app.environment', %s, false)", [setting])
    return {
        table: {one for (one,) in session.execute(f'SELECT DISTINCT environment_id FROM "{table}"').fetchall()} - {None}
        for table in walled_tables(session)
    }


def test_a_raw_session_sees_no_row_of_any_table_without_the_right_environment(transactional_db, test_database, world):
    here, there = world.cast.environment.pk, world.cast.elsewhere.pk
    empty = {"clients_clientgroupobjectpermission", "rooms_talkroomgroupobjectpermission"}
    with postgres.connect(test_database.name) as session:
        session.execute(f"SET SESSION AUTHORIZATION {APP_ROLE}")
        tables = walled_tables(session)
        nothing: dict[str, set[Any]] = {table: set() for table in tables}

        assert tables == sorted(TABLES)
        assert seen_by(session, None) == nothing
        assert seen_by(session, "") == nothing
        assert seen_by(session, str(uuid4())) == nothing
        for own in (here, there):
            # Every table holds rows of both: it is the wall that hides them.
            assert seen_by(session, str(own)) == {table: set() if table in empty else {own} for table in tables}


def test_a_raw_session_changes_and_removes_no_row_across_the_wall(transactional_db, test_database, world):
    here, there = world.cast.environment.pk, world.cast.elsewhere.pk
    touched = {}
    with postgres.connect(test_database.name) as session:
        session.execute(f"SET SESSION AUTHORIZATION {APP_ROLE}")
        for setting in (None, str(there)):
            if setting is not None:
                session.execute("SELECT set_config('app.environment', %s, false)", [setting])
            for table in walled_tables(session):
                for verb in ("UPDATE", "DELETE"):
                    if may(verb, table):
                        words = (
                            f'UPDATE "{table}" SET environment_id = environment_id'
                            if verb == "UPDATE"
                            else f'DELETE FROM "{table}"'
                        )
                        touched[setting, verb, table] = session.execute(
                            f"{words} WHERE environment_id = %s", [here]
                        ).rowcount

    assert len(touched) > 40
    assert {key for key, number in touched.items() if number} == set()

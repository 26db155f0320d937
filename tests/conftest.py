"""What every test has: a real database in the application's own role, clean before and after."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from tests import postgres
from tests.browser import Browser
from tests.cast import Cast, assemble
from tests.live import live, server_process
from tests.report import pytest_terminal_summary

__all__ = ["live", "pytest_terminal_summary", "server_process"]

# A browser that hung (its worker was ended), lost its page, or waited in vain while the machine was busy elsewhere.
OF_THE_BROWSER = [r"Timeout \d+ms exceeded", r"(Locator|Page) expected", r"net::ERR_", r"[Tt]arget.* (closed|crashed)"]


@pytest.fixture(scope="session")
def test_database(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker
) -> Iterator[postgres.TestDatabase]:
    """This process's database and the owner's way into it: `test_database.owner.execute(…)` sees past every wall."""
    postgres.have_server()
    database = postgres.TestDatabase(getattr(request.config, "workerinput", {}).get("workerid", "alone"))
    try:
        with django_db_blocker.unblock():
            database.make(postgres.Migrate())
        yield database
    finally:
        database.remove()


@pytest.fixture(scope="session")
def django_db_setup(
    test_database: postgres.TestDatabase, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Point Django at this process's database, where it stays in the application's role with every wall up."""
    from django.db import connection, connections
    from django.test import TransactionTestCase

    def wipe(_test_case: Any) -> None:
        test_database.wipe()

    # Django would truncate, which nobody may do to an append-only table, and the application's role to none.
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(connection.settings_dict, "NAME", test_database.name)
        patch.setattr(TransactionTestCase, "_fixture_teardown", wipe)
        yield
        with django_db_blocker.unblock():
            connections.close_all()


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """Everybody, with the scope of their environment open for the test's own questions."""
    from django_scopes import scope

    people = assemble()
    with scope(environment=people.environment):
        yield people


@pytest.fixture(autouse=True)
def paces_begin_anew() -> None:
    """No test pays for what another one posted."""
    from apps.rooms import pace

    pace.forget()


@pytest.fixture(scope="session", autouse=True)
def passphrases_are_hashed_with_little_work() -> Iterator[None]:
    """The same argon2id with its smallest sums: 0.25 s of a processor for each passphrase taught no test anything.
    How much work production asks for is a test of its own (tests/house/test_production.py)."""
    from django.contrib.auth.hashers import Argon2PasswordHasher

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Argon2PasswordHasher, "time_cost", 1)
        patch.setattr(Argon2PasswordHasher, "memory_cost", 64)
        patch.setattr(Argon2PasswordHasher, "parallelism", 1)
        yield


@pytest.fixture
def browser_of() -> Callable[..., Browser]:
    """`browser_of(cast.sato)`: a browser in which that person has signed in with two factors; nobody when left out."""
    return Browser


@pytest.fixture(scope="session", autouse=True)
def static_files_are_looked_for_once() -> Iterator[None]:
    """Every test client builds the middleware anew, and each time it would read all static files of all apps."""
    from servestatic.middleware import ServeStaticMiddleware

    look = ServeStaticMiddleware.add_files_from_finders
    found: dict[str, Any] = {}

    def look_once(middleware: ServeStaticMiddleware) -> None:
        if not found:
            look(middleware)
            found.update(middleware.files)
        middleware.files.update(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ServeStaticMiddleware, "add_files_from_finders", look_once)
        yield


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright leaves an event loop running in its thread, where no other may begin.

    Each is looked at a second time where the browser itself did not answer in time, and the closing line says so. What
    the server answered wrongly, an error in a page's console or a breach of its policy is not looked at again, and
    neither is a test without a browser: those do not depend on who else uses the machine.
    """
    items.sort(key=lambda item: "tests/journeys/" in item.nodeid)
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=OF_THE_BROWSER))

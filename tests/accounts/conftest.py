"""A person with a passphrase, the same person with a second factor, and a look into the ledger."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection

from apps.accounts import actions
from apps.accounts.models import User
from tests import makers
from tests.accounts.proofs import SECRET
from tests.browser import Browser


@pytest.fixture
def person(db: None) -> User:
    """Somebody with a passphrase and nothing else."""
    return makers.make_user("sato.h", passphrase=makers.PASSPHRASE)


@pytest.fixture
def careful(person: User) -> User:
    """The same person with an authenticator app."""
    actions.enrol_authenticator_app(user=person, secret=SECRET, by=None)
    return person


@pytest.fixture
def stranger(db: None) -> Browser:
    """A browser in which nobody has signed in."""
    return Browser()


@dataclass(frozen=True)
class Written:
    verb: str
    outcome: str
    reason: str
    user_id: str
    subject_id: str
    detail: Any


@pytest.fixture
def ledger(db: None) -> Callable[[str], list[Written]]:
    """`ledger("accounts.signed_in")`: entries of that verb, oldest first. The application itself may not read them all."""

    def entries(verb: str) -> list[Written]:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
            cursor.execute(
                "SELECT verb, outcome, reason, user_id::text, subject_id, detail::text FROM audit_entry"
                " WHERE verb = %s ORDER BY id",
                [verb],
            )
            rows = [Written(*told, detail=json.loads(detail)) for *told, detail in cursor.fetchall()]
            cursor.execute("SET ROLE carenet_app")
        return rows

    return entries


@pytest.fixture(autouse=True)
def nothing_was_tried_before(db: None) -> None:
    cache.clear()

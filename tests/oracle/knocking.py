"""Knocks once: what was answered, what it shows of whom, what the ledger was told, and which questions were asked."""

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from django.urls import reverse

from tests.doors.knocking import word_for
from tests.oracle.errands import QUERIES, options
from tests.oracle.facts import Object, Person
from tests.oracle.table import Deed
from tests.oracle.town import Town

ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
# What differs between two answers of one page: the nonce, the form's token, and how long the body is written.
CHANGING = re.compile(
    r"nonce-[\w+/=-]+|nonce=\"[^\"]+\"|csrfmiddlewaretoken\" value=\"\w+\"|X-CSRFToken[^,}]*|\"csrf[^\"]*\" content=\"\w+\""
)
CHANGING_HEADS = {"Content-Security-Policy", "Content-Length", "Expires"}


@dataclass
class Knock:
    """One answer, and everything around it by which somebody could learn something."""

    word: str
    path: str
    text: str
    sent: str
    heads: dict[str, str]
    # The statements, without what was asked with them.
    asked: list[str]
    refusals: int
    # The clients whom the ledger's entries of deeds and looks name.
    recorded: set[str]

    @property
    def told(self) -> tuple[str, str, tuple[tuple[str, str], ...]]:
        """Status, body and headers, without what differs from one moment to the next."""
        return self.word, alike(self.text, self.path), tuple(sorted(self.heads.items()))

    def shows(self, words: set[str]) -> bool:
        return any(word in self.text for word in words if word not in self.sent)


def alike(text: str, path: str) -> str:
    """An answer without its nonce, its form's token and the address that was asked for."""
    return CHANGING.sub("", text.replace(path, "(the address)"))


def knock(town: Town, person: Person, deed: Deed, thing: Object, words: dict[str, Any] | None = None) -> Knock:
    """Ask; whatever the request wrote is taken back."""
    path = address(deed, {**town.things[thing.name].words, **member_in(town, deed, thing), **(words or {})})
    how = options(town, person, deed.method, deed.address, deed.errand, thing)
    heard = Heard()
    with transaction.atomic():
        with connection.execute_wrapper(heard):
            answer = getattr(town.browser(person), deed.method.lower())(path + QUERIES.get(deed.errand, ""), **how)
        text = b"".join(answer.streaming_content) if getattr(answer, "streaming", False) else answer.content
        transaction.set_rollback(True)
    return Knock(
        word=locked_or(word_for(answer), answer),
        path=path,
        text=unescaped(text.decode(errors="replace")),
        sent=path + json.dumps(how.get("data", ""), default=str, ensure_ascii=False),
        heads={name: value for name, value in answer.items() if name not in CHANGING_HEADS},
        asked=heard.statements,
        refusals=heard.refusals,
        recorded=heard.recorded,
    )


def address(deed: Deed, words: dict[str, Any]) -> str:
    return reverse(deed.address, kwargs={word: words[word] for word in words_of(deed.address)})


@cache
def words_of(name: str) -> tuple[str, ...]:
    from tests.doors.addresses import addresses

    return next(one.words for one in addresses() if one.name == name)


def member_in(town: Town, deed: Deed, thing: Object) -> dict[str, Any]:
    members = town.things[thing.name].members
    return {
        "member_id": members[
            "voice" if deed.address in {"rooms:removal", "rooms:role", "rooms_api:person"} else "stand-in"
        ]
    }


def missing(deed: Deed, real: set[str]) -> dict[str, Any]:
    """Ids of the right form behind which nothing stands, but for those that are to stay real."""
    words = [word for word in words_of(deed.address) if word not in {"slug", "member_id", "form", "phrase", *real}]
    return {word: 7 if word.endswith("_number") else uuid4() for word in words}


def locked_or(word: str, answer: Any) -> str:
    is_locked = answer.status_code == 302 and answer["Location"].startswith(reverse("accounts:locked"))
    return "locked" if is_locked else word


def unescaped(text: str) -> str:
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


class Heard:
    """Listens to the statements of one request: their words, and what they write into the ledger."""

    def __init__(self) -> None:
        self.statements: list[str] = []
        self.refusals = 0
        self.recorded: set[str] = set()

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        text = str(sql)
        # A deed keeps a session awake once in a while, whatever is asked for.
        if "usersessions_usersession" not in text:
            self.statements.append(text)
        if text.startswith('INSERT INTO "audit_entry"'):
            values = [str(value) for value in params]
            if "refused" in values:
                self.refusals += 1
            else:
                self.recorded.update(values)
        elif "rooms_append" in text:
            self.recorded.update(str(value) for value in params[0])
        return execute(sql, params, many, context)

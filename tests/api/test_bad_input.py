"""Whatever a program sends, it is told in its language what was wrong, nothing is half written, nothing breaks."""

import json
import re
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps as registry
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from apps.rooms.models import Message
from tests.browser import said
from tests.doors.addresses import Address, addresses
from tests.doors.world import World, build

ENDPOINTS = [(address, method) for address in addresses() if address.is_api for method in sorted(address.endpoints)]
WRITING = [(address, method) for address, method in ENDPOINTS if method in {"POST", "PUT", "PATCH"}]
# Endpoints that take no body at all: whatever is sent is not looked at.
TAKES_NOTHING = {
    "notices_api:sight",
    "notices_api:sight_of_all",
    "clients_api:opening",
    "clients_api:consent_forms",
    "facilities_api:confirmation",
    "rooms_api:pin",
    "notes_api:pin",
    "notes_api:archive",
    "rooms_api:reaction",
    "rooms_api:reminder",
    "rooms_api:todo",
    "rooms_api:bookmark",
    "rooms_api:waiting_sending",
    "inquiries_api:withdrawal",
    "inquiries_api:reminder",
    "surveys_api:closing",
    "surveys_api:reminder",
    "surveys_api:same",
    "surveys_api:ready",
    "surveys_api:template",
    "surveys_api:sharing",
    "surveys_api:keep",
    "surveys_api:twin",
    "visits_api:booking",
    "visits_api:opening",
    "waiting_api:returning",
    "visits_api:release",
    "visits_api:request_withdrawal",
    "oversight_api:export",
}
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")
# The ledger says that somebody was refused; a session notes a deed; a limit counts a try.
MAY_GROW = {"audit_entry", "usersessions_usersession", "django_session"}
WRONG_BODIES: dict[str, Any] = {
    "nothing": {},
    "a list": [],
    "a number": 7,
    "null": None,
    "a string": "はい",
    "wrong types": {"body": {}, "client_key": [], "number": "many", "name": 1.5, "organization": True, "born_on": {}},
    "nulls": dict.fromkeys(["body", "client_key", "number", "name", "kana", "organization", "login_id", "code"]),
    "lists": {name: [1, 2] for name in ["body", "client_key", "number", "name", "kana", "organization", "login_id"]},
    "signs that cannot be stored": {
        "body": "\x00",
        "client_key": "\x00",
        "number": "\x00",
        "name": "\x00",
        "kana": "\x00",
    },
    "half a sign": {"name": "\ud83d", "kana": "\ud83d", "body": "\ud83d", "login_id": "\ud83d", "code": "\ud83d"},
    "numbers beyond all bounds": {"number": 10**40, "client_key": 10**40, "organization": 10**40, "body": 1e400},
    "a negative number": {"number": -1},
    "far too long": dict.fromkeys(["name", "kana", "body", "area", "login_id", "passphrase", "code"], "あ" * 200000),
    "an injection": dict.fromkeys(
        ["client_key", "number", "organization", "born_on"], "'; DROP TABLE rooms_message; --"
    ),
}


@pytest.fixture
def world(cast) -> World:
    built = build(cast)
    # Signed in before anything is taken back.
    built.browser("sato")
    return built


def send(world: World, address: Address, method: str, raw: str | bytes, person: str = "sato", **options: Any) -> Any:
    path = options.pop("path", None) or address.path(world.things)
    options = {"content_type": "application/json", **options}
    return getattr(world.browser(person), method.lower())(path, data=raw, **options)


def counts() -> dict[str, int]:
    """How many rows each table of the house holds, as the open environment sees them: one question for all of them."""
    tables = [
        model._meta.db_table
        for model in registry.get_models(include_auto_created=True)
        if model._meta.app_label in HOUSE and model._meta.db_table not in MAY_GROW
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f'(SELECT count(*) FROM "{table}")' for table in tables))
        return dict(zip(tables, cursor.fetchone(), strict=True))


HOUSE = {config.label for config in registry.get_app_configs() if config.name.startswith("apps.")}


def faults(answer: Any, *, japanese: bool = True) -> str:
    """What is wrong with a no; empty when it is a good one."""
    if not 400 <= answer.status_code < 500:
        return f"status {answer.status_code}"
    try:
        said = answer.json()
    except ValueError:
        return "no JSON"
    if isinstance(said, dict) and said.get("resourceType") == "OperationOutcome":
        # As FHIR says no: with the same sentence, in a shape of its own.
        said = {"code": said["issue"][0]["code"], "sentence": said["issue"][0]["diagnostics"]}
    if not isinstance(said, dict) or not {"code", "sentence"} <= said.keys():
        return f"no code and sentence: {said}"
    if not isinstance(said["code"], str) or not isinstance(said["sentence"], str):
        return f"a code and a sentence are words: {said}"
    if bool(JAPANESE.search(said["sentence"])) != japanese:
        return f"the wrong language: {said['sentence']}"
    return ""


def wrong_answers(world: World, bodies: dict[str, str | bytes], **options: Any) -> list[str]:
    before, found = counts(), []
    for address, method in WRITING:
        if address.name in TAKES_NOTHING:
            continue
        for name, raw in bodies.items():
            with transaction.atomic():
                answer = send(world, address, method, raw, **options)
                fault = faults(answer)
                if counts() != before:
                    fault += " something was written"
                transaction.set_rollback(True)
            if fault:
                found.append(f"{method} {address.name} with {name}: {fault}")
    return found


def test_a_body_of_the_wrong_shape_is_refused_with_a_sentence(world):
    bodies: dict[str, str | bytes] = {name: json.dumps(body) for name, body in WRONG_BODIES.items()}

    assert wrong_answers(world, bodies) == []


def test_a_body_that_is_no_json_is_refused_with_a_sentence(world):
    bodies: dict[str, str | bytes] = {
        "half of it": '{"body": "はい", "client_',
        "no text at all": b"\xff\xfe\x00\x80",
        "nothing": b"",
        "a form": "body=hello&client_key=1",
        "too deep": "[" * 100_000,
        "not a number": '{"number": NaN}',
    }

    assert wrong_answers(world, bodies) == []


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/xml", ""]
)
def test_a_body_of_another_kind_is_refused_with_a_sentence(world, kind):
    assert wrong_answers(world, {kind: b"body=hello"}, content_type=kind) == []


def test_more_than_is_read_is_refused_with_a_sentence(world):
    body = json.dumps({"body": "あ" * 1_500_000, "client_key": str(uuid4())})

    assert wrong_answers(world, {"4 MB": body}) == []


def test_an_unknown_thing_and_another_environments_thing_are_answered_alike(world):
    found = []
    for address, method in ENDPOINTS:
        # A phrase and a ready template are each one of a set, and no thing of anybody's.
        for word in set(address.words) - {"slug", "phrase", "template_key"}:
            answers = []
            for things in (world.missing(), world.other_things):
                path = address.path(world.things | {word: things[word]})
                with transaction.atomic():
                    answers.append(
                        send(world, address, method, "{}", path=path)
                        if method != "GET"
                        else world.browser("sato").get(path)
                    )
                    transaction.set_rollback(True)
            public = word == "office_id"
            missing, elsewhere = answers
            if faults(missing) or missing.status_code != 404:
                found.append(f"{method} {address.name} {word}: {missing.status_code} {faults(missing)}")
            if not public and said(missing) != said(elsewhere):
                found.append(f"{method} {address.name} {word} tells of the other environment")

    assert found == []


def test_an_organization_of_another_environment_is_not_there(world):
    from django_scopes import scope

    with scope(environment=world.cast.elsewhere):
        stranger = world.cast.watanabe.organization_id
    address = next(one for one in addresses() if one.name == "clients_api:seats")

    answers = [send(world, address, "POST", json.dumps({"organization": str(one)})) for one in (stranger, uuid4())]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_a_method_that_an_endpoint_does_not_speak_is_refused_with_a_sentence(world):
    found = []
    for address in {address for address, _ in ENDPOINTS}:
        for method in METHODS - address.endpoints:
            fault = faults(
                answer := send(world, address, method, "{}")
                if method != "GET"
                else world.browser("sato").get(address.path(world.things))
            )
            if fault or answer.status_code != 405:
                found.append(f"{method} {address.name}: {answer.status_code} {fault}")

    assert found == []


@pytest.mark.parametrize(
    "question",
    [
        "after=many",
        "after=-1",
        "before=",
        "before=99999999999999999999",
        "page=0",
        "page=x",
        "page=999999",
        "page_size=-5",
        "q=%00",
        "q=" + "a" * 5000,
        "kind=zzz",
        "municipality=0",
        "year=abc",
        "year=-1",
        "year=99999999999",
    ],
)
def test_no_question_breaks_a_list(world, question):
    broken = []
    for address, method in ENDPOINTS:
        if method == "GET":
            answer = world.browser("sato").get(f"{address.path(world.things)}?{question}")
            if answer.status_code != 200 and (fault := faults(answer)):
                broken.append(f"{address.name}: {fault}")

    assert broken == []


@pytest.mark.parametrize(
    ("language", "japanese"), [("ja", True), ("en", False), ("ja,en;q=0.5", True), ("en-GB,en;q=0.9", False)]
)
@pytest.mark.parametrize("wrong", ["body", "thing", "method", "person", "json"])
def test_a_no_is_said_in_the_language_that_was_asked_for(world, language, japanese, wrong):
    address = next(one for one in addresses() if one.name == "rooms_api:messages")
    headers = {"Accept-Language": language}
    match wrong:
        case "body":
            answer = send(world, address, "POST", "{}", headers=headers)
        case "json":
            answer = send(world, address, "POST", "{", headers=headers)
        case "method":
            answer = send(world, address, "DELETE", "{}", headers=headers)
        case "person":
            answer = send(world, address, "POST", "{}", person="nobody", headers=headers)
        case _:
            answer = send(world, address, "POST", "{}", path=address.path(world.missing()), headers=headers)

    assert faults(answer, japanese=japanese) == ""


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
bodies = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        ["body", "client_key", "number", "name", "kana", "born_on", "area", "organization"], anything
    ),
)


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    # A body that breaks something is read as it is: making it smaller would take minutes.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(body=bodies)
def test_no_body_breaks_an_endpoint(world, body):
    broken = []
    for address, method in WRITING:
        with transaction.atomic():
            answer = send(world, address, method, json.dumps(body))
            if answer.status_code >= 500:
                broken.append(f"{method} {address.name}: {answer.status_code}")
            if answer.status_code >= 400 and (fault := faults(answer)):
                broken.append(f"{method} {address.name}: {fault}")
            transaction.set_rollback(True)

    assert broken == []


@pytest.mark.parametrize("body", ["", "   ", "\n\n", "\x00", "\u3000", "あ" * 10_001])
def test_a_message_that_says_nothing_or_too_much_is_not_posted(world, body):
    address = next(one for one in addresses() if one.name == "rooms_api:messages")

    before = Message.objects.count()

    answer = send(world, address, "POST", json.dumps({"body": body, "client_key": str(uuid4())}))

    assert faults(answer) == ""
    assert Message.objects.count() == before

"""What every answer carries against the browser's own trust, and what nothing that writes goes without."""

import re
from typing import Any

import pytest
from django.urls import reverse

from tests.doors.addresses import Address, addresses
from tests.doors.knocking import knock
from tests.doors.table import doors
from tests.doors.world import World, build

ADDRESSES: dict[str, Address] = {address.name: address for address in addresses()}
HEADS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
# Unsafe methods that carry their own proof and look at no cookie of a session.
CARRIES_ITS_OWN_PROOF = {
    "POST accounts_api:devices": "login id, passphrase and second factor are in the request itself"
}


@pytest.fixture
def world(cast) -> World:
    return build(cast)


def missing_from(answer: Any) -> list[str]:
    wrong = [name for name, value in HEADS.items() if answer.get(name) != value]
    policy = answer.get("Content-Security-Policy", "")
    if not re.search(r"default-src 'none'", policy) or not re.search(r"frame-ancestors 'none'", policy):
        wrong.append("Content-Security-Policy")
    if re.search(r"unsafe-inline|unsafe-eval|\*|https?:", policy):
        wrong.append(f"an open policy: {policy}")
    return wrong


@pytest.mark.parametrize("person", ["nobody", "sato"])
def test_every_answer_carries_the_shields(world, person):
    wrong = [
        f"{door.is_for}: {missing}"
        for door in doors()
        if door.method != "SOCKET"
        for answer in [knock(world, person, door.method, ADDRESSES[door.name].path(world.things))]
        if (missing := missing_from(answer))
    ]

    assert wrong == []


@pytest.mark.parametrize("address", ["/no-such-page/", "/e/sakuragawa-care/no-such-page/", "/api/v1/no-such-endpoint/"])
def test_an_answer_about_nothing_carries_them_too(world, address):
    assert missing_from(world.browser("sato").get(address)) == []


def test_a_form_without_its_token_is_refused_with_them_too(world):
    answer = world.browser("nobody", enforce_csrf_checks=True).post(reverse("account_login"), {"login": "sato"})

    assert answer.status_code == 403
    assert missing_from(answer) == []


def test_nothing_is_written_without_the_forms_token(world):
    accepted = []
    for door in doors():
        if door.method in {"GET", "SOCKET"} or door.is_for in CARRIES_ITS_OWN_PROOF:
            continue
        # The first person whom the door would let in. A page of nobody's is knocked at by nobody; the API, which would
        # ask nobody to sign in first, by somebody who is signed in.
        let_in = [
            person for person, answer in door.answers.items() if answer not in {"404", "403", "401", "login", "factor"}
        ]
        path = ADDRESSES[door.name].path(world.things)
        others = "sato" if path.startswith("/api/") else "nobody"
        browser = world.browser((let_in or [others])[0], enforce_csrf_checks=True)
        options = (
            {"data": "{}", "content_type": "application/json"} if path.startswith("/api/") else {"data": {"sent": "1"}}
        )
        answer = getattr(browser, door.method.lower())(path, **options)
        if answer.status_code != 403:
            accepted.append(f"{door.is_for}: {answer.status_code}")

    assert accepted == []


def test_a_page_of_a_person_is_kept_by_no_cache(world):
    kept = [
        door.is_for
        for door in doors()
        if door.method == "GET" and door.answers["nobody"] in {"login", "401"} and door.answers["sato"] == "200"
        for answer in [knock(world, "sato", "GET", ADDRESSES[door.name].path(world.things))]
        if "no-store" not in answer.get("Cache-Control", "") or "private" not in answer.get("Cache-Control", "")
    ]

    assert kept == []


def test_the_cookies_of_a_session_are_out_of_reach_of_scripts_and_of_other_sites(world):
    answer = world.browser("nobody").get(reverse("account_login"))

    for cookie in answer.cookies.values():
        assert cookie["httponly"], cookie.key
        assert cookie["samesite"] in {"Lax", "Strict"}, cookie.key

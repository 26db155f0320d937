"""A device's token opens the same doors as its person's session, for as long as it is trusted and no longer."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from apps.accounts import actions as accounts
from apps.audit.models import Entry
from apps.rooms.models import Message
from tests.browser import Browser, said
from tests.doors.addresses import addresses
from tests.doors.world import World, build, of_person

GETS = [address for address in addresses() if address.is_api and "GET" in address.endpoints]


@pytest.fixture
def world(cast) -> World:
    return build(cast)


@pytest.fixture
def registered(cast: Any) -> Any:
    return accounts.register_device(user=cast.sato.user, name="phone", by=cast.sato.user)


def with_token(token: str, **options: Any) -> Browser:
    return Browser(headers={"Authorization": f"Bearer {token}"}, **options)


def rooms_of(world: World) -> str:
    return reverse("rooms_api:rooms", kwargs={"slug": world.things["slug"]})


def test_a_token_opens_what_the_session_opens_and_shows_the_same(world, registered):
    different = []
    for address in GETS:
        path = address.path(world.things)
        by_session, by_token = world.browser("sato").get(path), with_token(registered.token).get(path)
        same = said(by_session) == said(by_token) or address.name.startswith("accounts_api:")
        if by_session.status_code != by_token.status_code or not same:
            different.append(f"{address.name}: {by_session.status_code} or {by_token.status_code}")

    assert different == []


def test_a_token_opens_nothing_of_what_is_hidden_from_its_person(world, cast):
    of_person(cast.takahashi.user)
    stranger = accounts.register_device(user=cast.takahashi.user, name="phone", by=cast.takahashi.user)

    answer = with_token(stranger.token).get(
        reverse("rooms_api:room", kwargs={"slug": world.things["slug"], "room_id": cast.room.pk})
    )

    assert answer.status_code == 404


def test_a_token_opens_no_page(world, registered):
    # A token belongs to a program: pages ask for a session.
    answer = with_token(registered.token).get(reverse("rooms:list", kwargs={"slug": world.things["slug"]}))

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_whoever_shows_a_token_needs_no_token_of_a_form(world, registered):
    path = reverse("rooms_api:messages", kwargs={"slug": world.things["slug"], "room_id": world.cast.room.pk})
    body = json.dumps({"body": "はい", "client_key": str(uuid4())})

    answer = with_token(registered.token, enforce_csrf_checks=True).post(path, body, content_type="application/json")

    assert answer.status_code == 201
    assert Message.objects.latest("number").body == "はい"


def test_what_a_token_does_is_in_the_ledger_as_done_through_the_api(world, registered):
    path = reverse("rooms_api:room", kwargs={"slug": world.things["slug"], "room_id": world.cast.room.pk})

    with_token(registered.token).get(path)

    entry = Entry.objects.get(verb="rooms.opened")
    assert (entry.channel, entry.member_id, entry.client_id) == ("api", world.cast.sato.pk, world.cast.hana.pk)


def refused(answer: Any) -> bool:
    said = answer.json()
    return (
        answer.status_code == 401
        and bool(said["code"])
        and bool(said["sentence"])
        and "Bearer" in answer["WWW-Authenticate"]
    )


def end_of(world: World, registered: Any, how: str) -> None:
    person = world.cast.sato
    match how:
        case "revoked":
            accounts.revoke_device(device=registered.device, by=person.user)
        case "unused for long":
            registered.device.last_used_at = timezone.now() - timedelta(days=31)
            registered.device.save(update_fields=["last_used_at"])
        case "person closed":
            accounts.deactivate(user=person.user, by=None)
        case "passphrase changed":
            accounts.set_passphrase(user=person.user, passphrase="a wholly new passphrase", by=person.user)


@pytest.mark.parametrize("how", ["revoked", "unused for long", "person closed", "passphrase changed"])
def test_a_token_that_has_ended_opens_nothing_from_its_very_next_use(world, registered, how):
    browser = with_token(registered.token)
    assert browser.get(rooms_of(world)).status_code == 200

    end_of(world, registered, how)

    assert [address.name for address in GETS if not refused(browser.get(address.path(world.things)))] == []


@pytest.mark.parametrize("token", ["cn_", "cn_wrong", "cn_" + "a" * 5_000, "cn_\u00e9"])
def test_a_token_that_was_never_given_opens_nothing(world, token):
    assert refused(with_token(token).get(rooms_of(world)))


def test_a_member_whose_place_ended_finds_nothing_with_the_token_either(world, registered):
    world.cast.sato.valid_to = timezone.now()
    world.cast.sato.save(update_fields=["valid_to"])

    assert with_token(registered.token).get(rooms_of(world)).status_code == 404


def test_another_persons_device_is_not_there(world, registered):
    path = reverse("accounts_api:device", kwargs={"device_id": registered.device.pk})

    with transaction.atomic():
        assert world.browser("suzuki").get(path).status_code == 404
        assert world.browser("suzuki").delete(path).status_code == 404

    registered.device.refresh_from_db()
    assert registered.device.revoked_at is None

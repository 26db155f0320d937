"""A4: a care manager invites a supplier from outside into a client's room "from a date"; before it, and beside it, is nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from apps.clients.models import Seat
from apps.rooms import actions
from apps.rooms.models import RoomMembership
from tests import makers
from tests.browsing import assert_everybody_can_use, assert_fits
from tests.clients.papers import cover
from tests.saying import say, written_days_ago

BASE = "/e/sakuragawa-care/"
OLD, OLDER_HAND, NEW = "先週の様子を書きました。", "退院の予定です。", "福祉用具の相談をします。"


@pytest.fixture
def people(transactional_db, cast):
    """Hana's room with a past: suzuki wrote ten days ago and has left. The consent covers the supplier from outside."""
    cover(cast.hana, cast.matsumoto.organization, by=cast.sato)
    for member, body in ((cast.suzuki, OLD), (cast.sato, OLDER_HAND)):
        say(cast.room, member, body)
    written_days_ago(10)
    actions.remove(member=cast.suzuki, room=cast.room, by=cast.sato)
    makers.make_room(members=[cast.sato, cast.suzuki], title="職員だけの部屋")
    return cast


def seat_of_the_supplier(people, phone):
    phone.goto(f"{BASE}clients/{people.hana.pk}/team/")
    phone.get_by_role("link", name="機関を加える").click()
    phone.locator(f"input[value='{people.matsumoto.organization_id}']").check()
    phone.locator("button[name=give]").click()
    expect(phone.get_by_text(people.matsumoto.organization.name).first).to_be_visible()


def invite(people, phone):
    phone.goto(f"{BASE}rooms/{people.room.pk}/people/")
    form = phone.locator("main form.form")
    form.locator(f"input[value='{people.matsumoto.pk}']").check()
    form.locator("input[name=history][value=date]").check()
    form.locator("input[name=history_from]").fill((timezone.localdate() - timedelta(days=2)).isoformat())
    form.locator("input[name=reason]").fill("福祉用具の選定")
    form.locator("button[data-kind=primary]").click()
    expect(phone.get_by_text(people.matsumoto.name, exact=True)).to_be_visible()


def test_an_outsider_is_let_in_from_a_date_and_finds_nothing_before_or_beside(people, on_phone, on_desk):
    phone, guest = on_phone(people.sato), on_desk(people.matsumoto)
    seat_of_the_supplier(people, phone)
    assert Seat.objects.open().filter(organization=people.matsumoto.organization_id).exists()
    invite(people, phone)
    assert RoomMembership.objects.open().get(member=people.matsumoto).reason == "福祉用具の選定"

    guest.goto(f"{BASE}rooms/")
    expect(guest.locator(".room-row")).to_have_count(1)
    guest.goto(f"{BASE}rooms/{people.room.pk}/")
    expect(guest.locator("room-stream[data-state=live]")).to_be_visible()
    say(people.room, people.sato, NEW)
    expect(guest.locator(".message-body")).to_have_text(NEW)
    assert_everybody_can_use(guest)
    assert_fits(guest)

    told = "".join(answers(guest, *entrances(people))) + guest.content()
    assert NEW in told
    for hidden in (OLD, OLDER_HAND, people.suzuki.name, str(people.suzuki.pk), "職員だけの部屋"):
        assert hidden not in told


def entrances(people):
    """Every way to a room's words, a list of people, rooms or clients, on pages and in the API."""
    room = f"rooms/{people.room.pk}/"
    pages = ["", "rooms/", room, f"{room}people/", f"{room}messages/?after=0", f"{room}messages/?before=99"]
    pages += ["members/", "organizations/", "clients/", "notices/", f"clients/{people.hana.pk}/team/"]
    api = ["rooms/", room, f"{room}messages/", f"{room}messages/?after=0", f"{room}messages/?before=99", "members/"]
    api += ["organizations/", "clients/", f"clients/{people.hana.pk}/seats/", f"clients/{people.hana.pk}/openings/"]
    return [*(f"{BASE}{path}" for path in pages), *(f"/api/v1{BASE}{path}" for path in api)]


def answers(page, *paths):
    told = [page.request.get(path) for path in paths]
    assert {answer.url: answer.status for answer in told if answer.status not in {200, 204}} == {}
    return [answer.text() for answer in told]


def test_what_is_hidden_from_an_outsider_is_answered_exactly_like_what_is_missing(people, on_desk):
    makers.make_seat(people.hana, people.matsumoto.organization)
    makers.make_membership(people.room, people.matsumoto)
    other_room = makers.make_room(members=[people.sato, people.suzuki])
    other = makers.make_client(people.environment, seats=[people.aozora], name="大野 ハル", kana="おおの はる")
    guest = on_desk(people.matsumoto)

    for path, hidden in (("rooms/%s/", other_room.pk), ("clients/%s/", other.pk), ("members/%s/", people.suzuki.pk)):
        for base in (BASE, f"/api/v1{BASE}"):
            seen, missing = (as_told(guest, base + path, one) for one in (hidden, uuid4()))
            assert seen == missing
            assert seen[0] == 404


def as_told(page, path, key):
    """Status and words of an answer, without what differs in every answer: the key asked for, nonces, tokens, ids."""
    answer = page.request.get(path % key)
    lines = answer.text().replace(str(key), "").splitlines()
    return answer.status, [line for line in lines if "nonce" not in line and "csrf" not in line.lower()]

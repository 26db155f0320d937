"""C8: the admin of another environment, signed in for real, tries every address of the site with real ids."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect

from apps.environments.models import Role
from tests import makers
from tests.cast import assemble
from tests.doors.addresses import Address, addresses
from tests.doors.world import World, build
from tests.oracle.knocking import alike
from tests.saying import say

# What is the same for everybody, or no thing: the directory, a ready survey, the form of a template, the environment
# itself, the first, second, third wording of its form.
OF_NOBODY = {"slug", "office_id", "template_key", "form", "phrase", "wording_number"}
INSIDE = [address for address in addresses() if address.is_inside]
ASK = """
async ({method, path, token}) => {
  const sent = method === "GET" ? {} : {body: path.startsWith("/api/") ? "{}" : "sent=1", headers: {
    "X-CSRFToken": token,
    "Content-Type": path.startsWith("/api/") ? "application/json" : "application/x-www-form-urlencoded"}}
  const answer = await fetch(path, {method, redirect: "manual", ...sent})
  return [answer.status, await answer.text()]
}
"""


@dataclass
class Stranger:
    """The other environment's admin at their own desk, and what stands in the cast's environment and in theirs."""

    page: Page
    world: World

    def asks(self, method: str, path: str) -> tuple[int, str]:
        token = self.page.locator("input[name=csrfmiddlewaretoken]").first.get_attribute("value")
        status, text = self.page.evaluate(ASK, {"method": method, "path": path, "token": token})
        return status, alike(text, path)


@pytest.fixture
def stranger(transactional_db: None, on_desk: Any) -> Iterator[Stranger]:
    cast = assemble()
    with scope(environment=cast.environment):
        world = build(cast)
        say(cast.room, cast.sato)
    with scope(environment=cast.elsewhere):
        admin = makers.make_member(cast.watanabe.organization, name="渡邉 隣", kana="わたなべ となり", role=Role.ADMIN)
    page = on_desk(admin, locale="en")
    page.goto(f"/e/{cast.elsewhere.slug}/clients/")
    # In their own town they are at home: what follows is no matter of a session that opens nothing.
    expect(page.get_by_role("heading", name="Clients", exact=True)).to_be_visible()
    yield Stranger(page, world)


def methods_of(address: Address) -> list[str]:
    return sorted(address.endpoints) if address.is_api else ["GET", "POST"]


def test_every_address_with_real_ids_answers_like_one_that_does_not_exist(stranger):
    """Below the environment's own address, all words real; beside it an environment that nobody ever built."""
    world, wrong = stranger.world, []
    for address in INSIDE:
        for method in methods_of(address):
            real = stranger.asks(method, address.path(world.things))
            nowhere = stranger.asks(method, address.path(world.missing() | {"slug": "no-such-place"}))
            if real[0] != 404 or real != nowhere:
                wrong.append(f"{method} {address.name}: {real[0]}, and {nowhere[0]} where nothing is")

    assert wrong == []
    assert len(INSIDE) > 60


def test_no_real_id_opens_anything_below_ones_own_environment(stranger):
    world, wrong = stranger.world, []
    own = {"slug": world.other_things["slug"]}
    naming = [address for address in INSIDE if set(address.words) - OF_NOBODY]
    for address in naming:
        for method in methods_of(address):
            real = stranger.asks(method, address.path(world.things | own))
            missing = stranger.asks(method, address.path(world.missing() | own))
            # A method that the address does not know is refused alike; an admin is no exception anywhere.
            if real != missing or real[0] not in {403, 404, 405}:
                wrong.append(f"{method} {address.name}: {real[0]}, and {missing[0]} where nothing is")

    assert wrong == []
    assert len(naming) > 30


def test_what_the_stranger_sees_is_the_sentence_of_a_missing_thing(stranger):
    page, world = stranger.page, stranger.world
    for name in ("home:today", "clients:client", "clients:team", "rooms:room"):
        answer = page.goto(next(one for one in INSIDE if one.name == name).path(world.things))

        assert answer is not None
        assert answer.status == 404
        expect(page.get_by_text("There is nothing here for you.")).to_be_visible()
        expect(page.get_by_text(world.cast.hana.name)).to_have_count(0)

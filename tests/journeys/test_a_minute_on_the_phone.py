"""A survey is answered on a phone within a minute; where nothing has changed, in two taps from the notification.

What a person does is counted and bounded here, since a busy machine says nothing about people: every tap and every field
is taken to last four seconds, which is slow for a thumb. What this machine took is put into the report.
"""

from collections.abc import Callable
from time import monotonic
from typing import Any

import pytest
from django_scopes import scope
from playwright.sync_api import Locator, Page, expect

from apps.surveys.content import Query
from apps.surveys.models import Reply
from tests.surveys.makers import content, make_survey

BASE = "/e/sakuragawa-care/"
A_MINUTE, AN_ACTION = 60, 4
# A machine that takes longer than this for a few taps is not slow but stuck.
STUCK = 300
ASKED = content(
    Query("single", "新しい方を受け入れられますか", choices=("はい", "相談により可", "いいえ"), is_required=True),
    Query("number", "何人まで受け入れられますか", settings={"min": 0, "max": 99, "unit": "人", "decimals": False}),
    Query("multiple", "受け入れられる曜日", choices=("月", "火", "水", "木", "金")),
    Query("date", "いつから"),
    Query("text", "ひとこと", settings={"long": True}),
)


class Thumb:
    """Does what a person does on the phone, and counts it."""

    def __init__(self, page: Page) -> None:
        self.page, self.actions, self.began = page, 0, monotonic()

    def tap(self, thing: Locator) -> None:
        self.actions += 1
        thing.click()

    def follow(self, thing: Locator) -> None:
        with self.page.expect_navigation():
            self.tap(thing)

    def fill(self, thing: Locator, words: str) -> None:
        self.actions += 1
        thing.fill(words)

    @property
    def seconds(self) -> float:
        return monotonic() - self.began


@pytest.fixture
def people(transactional_db, cast):
    return cast


@pytest.fixture
def reported(
    request: pytest.FixtureRequest, record_property: Callable[[str, object], None]
) -> Callable[[str, Thumb], None]:
    def report(name: str, thumb: Thumb) -> None:
        record_property(f"{name}_actions", thumb.actions)
        record_property(f"{name}_seconds_by_machine", round(thumb.seconds, 1))
        said = f"{name}: {thumb.actions} actions, {thumb.seconds:.1f} s on this machine"
        request.node.add_report_section("call", "phone", said)

    return report


def at_the_notices(page: Page) -> Thumb:
    page.goto(f"{BASE}notices/")
    expect(page.get_by_text("調査の依頼が届いています").first).to_be_visible()
    return Thumb(page)


def send(people: Any) -> Any:
    with scope(environment=people.environment):
        return make_survey(by=people.sato, asks=[people.aozora], content=ASKED)


def test_a_survey_is_answered_within_a_minute_and_the_same_is_sent_in_two_taps(people, on_phone, reported):
    send(people)
    phone = on_phone(people.suzuki)
    first = at_the_notices(phone)

    first.follow(phone.get_by_text("調査の依頼が届いています").first)
    first.tap(phone.get_by_label("はい", exact=True))
    first.fill(phone.get_by_label("何人まで受け入れられますか"), "2")
    first.tap(phone.get_by_label("火", exact=True))
    first.tap(phone.get_by_label("木", exact=True))
    first.fill(phone.get_by_label("いつから"), "2027-01-12")
    first.follow(phone.get_by_role("button", name="送信"))
    expect(phone.get_by_text("受け付けました")).to_be_visible()
    reported("answered", first)

    later = send(people)
    again = at_the_notices(phone)
    again.follow(phone.get_by_text("調査の依頼が届いています").first)
    again.follow(phone.get_by_role("button", name="変更なし：前回と同じで送る"))
    expect(phone.get_by_text("受け付けました")).to_be_visible()
    reported("no_change", again)

    assert first.actions * AN_ACTION <= A_MINUTE
    assert again.actions == 2
    assert max(first.seconds, again.seconds) < STUCK
    with scope(environment=people.environment):
        assert Reply.objects.get(recipient__survey=later).is_sent

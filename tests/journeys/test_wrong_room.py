"""Journey A6: another client's name is seen before anybody else sees it, and what is held can be taken back."""

from datetime import date

import pytest
from playwright.sync_api import expect

from apps.audit.models import Entry
from apps.rooms.models import Message
from tests import makers
from tests.browsing import assert_everybody_can_use, assert_fits
from tests.saying import make_habits

ROOMS = "/e/sakuragawa-care/rooms/"
ABOUT_ANOTHER = "遠藤様の入浴は午後に変わりました。"


@pytest.fixture
def people(transactional_db, cast):
    """sato looks after Hana and Tome, and is about to write of Tome in Hana's room, where the visiting nurse reads."""
    offices = [cast.hidamari, cast.aozora]
    tome = makers.make_client(
        cast.environment, seats=offices, name="遠藤 トメ", kana="えんどう とめ", born_on=date(1938, 5, 1), area="本町"
    )
    makers.make_consent(tome, by=cast.sato, organizations=offices)
    make_habits(cast.sato, can_undo=False)
    return cast


def opened(page, people):
    page.goto(f"{ROOMS}{people.room.pk}/")
    expect(page.locator("room-stream[data-state=live]")).to_be_visible()
    return page


def write(page, text):
    page.get_by_role("textbox", name="メッセージ").fill(text)
    page.get_by_role("button", name="送信", exact=True).click()


def test_another_clients_name_is_asked_about_and_the_text_comes_back(people, on_phone, on_desk):
    phone, desk = opened(on_phone(people.sato), people), opened(on_desk(people.suzuki), people)

    write(phone, ABOUT_ANOTHER)
    asked = phone.locator("dialog.doubt[open]")
    expect(asked).to_contain_text("遠藤 トメ")
    expect(asked).to_contain_text("昭和13年生")
    assert_everybody_can_use(phone)
    assert_fits(phone)
    asked.get_by_role("button", name="本文に戻る").click()

    expect(phone.get_by_role("textbox", name="メッセージ")).to_have_value(ABOUT_ANOTHER)
    expect(phone.locator(".message")).to_have_count(0)
    expect(desk.get_by_text("遠藤")).to_have_count(0)
    assert not Message.objects.exists()


def test_who_is_sure_sends_it_and_the_ledger_knows_that_there_was_a_doubt(people, on_desk):
    page = opened(on_desk(people.sato), people)

    write(page, ABOUT_ANOTHER)
    page.locator("dialog.doubt[open]").get_by_role("button", name="このまま送信する").click()

    expect(page.locator(".message[data-number='1']")).to_contain_text("遠藤様")
    told = Entry.objects.filter(verb__startswith="rooms.doubt").order_by("recorded_at")
    assert [(one.verb, one.detail) for one in told] == [
        ("rooms.doubted", {"named_by": ["family_name"]}),
        ("rooms.doubt_overruled", {"named_by": ["family_name"]}),
    ]

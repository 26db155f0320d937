"""Whoever names another client is asked before anybody else reads it: on a page, for later, in an edit, by a program."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from apps.audit.models import Entry
from apps.files.models import StoredFile
from apps.rooms.models import Message, WaitingMessage
from tests import makers
from tests.saying import say

URL = "/e/sakuragawa-care/rooms/"
API = "/api/v1/e/sakuragawa-care/rooms/"
ABOUT_ANOTHER = "遠藤様の入浴は午後に変わりました。"


@pytest.fixture
def room(cast):
    offices = [cast.hidamari, cast.aozora]
    other = makers.make_client(cast.environment, seats=offices, name="遠藤 トメ", kana="えんどう とめ")
    makers.make_consent(other, by=cast.sato, organizations=offices)
    return cast.room


def test_without_a_script_the_page_asks_and_keeps_the_text(cast, room, browser_of):
    browser, address = browser_of(cast.sato), f"{URL}{room.pk}/messages/"

    asked = browser.post(address, {"body": ABOUT_ANOTHER})
    assert asked.status_code == 409
    assert "遠藤 トメ" in asked.content.decode()
    assert ABOUT_ANOTHER in asked.content.decode()
    assert not Message.objects.exists()

    assert browser.post(address, {"body": ABOUT_ANOTHER, "is_sure": "1"}).status_code == 302
    assert Message.objects.get().body == ABOUT_ANOTHER


def test_what_is_to_be_sent_later_is_asked_about_when_it_is_written(cast, room, browser_of):
    browser, address = browser_of(cast.sato), f"{URL}{room.pk}/waiting/"
    tomorrow = timezone.localtime(timezone.now() + timedelta(days=1))
    later = {"body": ABOUT_ANOTHER, "send_at": tomorrow.strftime("%Y-%m-%dT%H:%M")}

    asked = browser.post(address, later)
    assert "遠藤 トメ" in asked.content.decode()
    assert not WaitingMessage.objects.exists()

    assert browser.post(address, {**later, "is_sure": "on"}).status_code == 302
    assert WaitingMessage.objects.get().body == ABOUT_ANOTHER


def test_an_edit_that_names_another_client_is_asked_about(cast, room, browser_of):
    say(room, cast.sato)
    browser, address = browser_of(cast.sato), f"{URL}{room.pk}/messages/1/text/"

    asked = browser.post(address, {"body": ABOUT_ANOTHER})
    assert "遠藤 トメ" in asked.content.decode()
    assert Message.objects.get().body != ABOUT_ANOTHER

    browser.post(address, {"body": ABOUT_ANOTHER, "is_sure": "on"})
    assert Message.objects.get().body == ABOUT_ANOTHER


def test_a_program_is_told_to_ask_its_author(cast, room, browser_of):
    browser, address = browser_of(cast.sato), f"{API}{room.pk}/messages/"
    sent = {"body": ABOUT_ANOTHER, "client_key": str(uuid4())}

    asked = browser.post(address, sent, content_type="application/json")
    assert (asked.status_code, asked.json()["code"]) == (409, "another_client")
    assert "遠藤" not in asked.content.decode()

    sure = browser.post(address, {**sent, "is_sure": True}, content_type="application/json")
    assert sure.status_code == 201


def test_the_ledger_is_told_by_what_kind_of_words_and_never_who(cast, room, browser_of):
    browser_of(cast.sato).post(f"{URL}{room.pk}/messages/", {"body": ABOUT_ANOTHER})

    entry = Entry.objects.get(verb="rooms.doubted")
    assert (entry.detail, entry.client_id) == ({"named_by": ["family_name"]}, cast.hana.pk)
    assert "遠藤" not in str(entry.__dict__)


def test_a_file_that_bears_another_clients_name_is_asked_about_and_not_kept(cast, room, browser_of):
    sent = {"body": "資料です。", "uploads": SimpleUploadedFile("遠藤様_計画書.txt", "あ".encode())}
    asked = browser_of(cast.sato).post(f"{URL}{room.pk}/messages/", sent)

    assert asked.status_code == 409
    assert "遠藤 トメ" in asked.content.decode()
    assert not StoredFile.objects.exists()

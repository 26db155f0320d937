"""A file chosen in the room and sent later with its message: it arrives first, is named on the form, and waits."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from apps.files.models import FileReservation
from apps.rooms.models import WaitingMessage
from tests.browsing import assert_everybody_can_use, assert_fits, settled

ROOMS = "/e/sakuragawa-care/rooms/"


@pytest.fixture
def people(transactional_db, cast):
    return cast


def test_a_file_goes_along_to_the_form_for_later_and_waits_there(people, on_phone):
    phone = on_phone(people.sato)
    phone.goto(f"{ROOMS}{people.room.pk}/")
    settled(phone)
    phone.locator(".composer textarea").fill("来月の提供票です。")
    file = {"name": "来月の提供票.txt", "mimeType": "text/plain", "buffer": "提供票".encode()}
    phone.locator("input[name=uploads][multiple]").set_input_files([file])
    phone.get_by_role("button", name="ファイルなど").click()
    phone.get_by_role("button", name="予約送信").click()

    expect(phone.locator(".waiting-files")).to_contain_text("来月の提供票.txt")
    expect(phone.get_by_label("メッセージ")).to_have_value("来月の提供票です。")
    assert_everybody_can_use(phone)
    assert_fits(phone)
    at = timezone.localtime(timezone.now() + timedelta(days=7)).strftime("%Y-%m-%dT%H:%M")
    phone.get_by_label("送信日時").fill(at)
    phone.get_by_role("button", name="予約送信").click()

    expect(phone.locator(".message[data-waiting]")).to_contain_text("来月の提供票です。")
    expect(phone.locator(".message[data-waiting]")).to_contain_text("1件")
    waiting = WaitingMessage.objects.get()
    assert list(FileReservation.objects.values_list("file", flat=True)) == waiting.attached
    phone.goto(f"{ROOMS}waiting/")
    expect(phone.locator(".waiting-row")).to_contain_text("来月の提供票.txt")
    assert_everybody_can_use(phone)
    assert_fits(phone)

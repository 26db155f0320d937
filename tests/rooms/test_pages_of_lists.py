"""Lists of messages of many rooms come a page at a time: none is left out, none stands twice, and each page asks as much."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.rooms import actions
from apps.rooms.access import message_for
from apps.rooms.models import Mentioned, MessageMark
from tests.saying import say

ROOMS = "/e/sakuragawa-care/rooms/"
NUMBERS = set(range(1, 54))


@pytest.fixture
def much(cast):
    """Fifty-three messages that call suzuki, wait for suzuki's confirmation and are marked as to do."""
    about = {"environment": cast.environment, "member": cast.suzuki}
    for number in sorted(NUMBERS):
        say(cast.room, cast.sato, f"報告 {number}")
        message = message_for(cast.sato, cast.room.pk, number)
        actions.ask_to_confirm(message=message, of="everybody", by=cast.sato)
        Mentioned.objects.create(room=cast.room, number=number, **about)
        MessageMark.objects.create(message=message, kind="todo", **about)
    return cast


@pytest.mark.parametrize("where", ["mentions", "to-confirm", "to-do"])
def test_every_message_stands_on_one_page(much, browser_of, where):
    browser, asked, seen = browser_of(much.suzuki), [], []
    browser.get(f"{ROOMS}{where}/")
    for number in (1, 2):
        with CaptureQueriesContext(connection) as questions:
            page = browser.get(f"{ROOMS}{where}/?page={number}").content.decode()
        asked.append(len(questions))
        told = browser.get(f"/api/v1{ROOMS}{where}/?page={number}").json()
        numbers = [one["message"] if where == "mentions" else one["message"]["message"] for one in told["results"]]
        assert told["count"] == 53
        assert all(f"報告 {one}<" in page for one in numbers)
        assert 'class="pagination"' in page
        seen += numbers

    assert len(seen) == 53
    assert set(seen) == NUMBERS
    assert asked[1] <= asked[0]

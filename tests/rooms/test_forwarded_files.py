"""Files go along with a forwarded message where they are chosen and ready; they are the same files, not copies."""

from uuid import uuid4

import pytest

from apps.audit.models import Entry
from apps.files.models import StoredFile
from apps.files.refusals import NotYetReady, TooManyAtOnce
from apps.kernel.refusals import NotHere
from apps.rooms import actions
from apps.rooms.access import message_for
from apps.rooms.models import Attachment
from tests import makers
from tests.files.makers import make_file, make_file_limits
from tests.saying import forward, said_in

URL = "/e/sakuragawa-care/rooms/"


@pytest.fixture
def theme(cast):
    """A theme room of sato and takahashi."""
    return makers.make_room(members=[cast.sato, cast.takahashi], title="勉強会")


@pytest.fixture
def office(cast):
    """Another theme room, of sato and suzuki."""
    return makers.make_room(members=[cast.sato, cast.suzuki], title="事務連絡")


@pytest.fixture
def pictures(cast, office):
    """The number of a message of suzuki's without words, with three files, of which the second is still looked at."""
    kept = {"settled_at": None, "stored_as": ""}
    files = [
        make_file(cast.suzuki, name="時間割.txt"),
        make_file(cast.suzuki, name="写真.txt", state="checking", **kept),
        make_file(cast.suzuki, name="名簿.txt"),
    ]
    ids = [file.pk for file in files]
    return actions.post(room=office, body="", files=ids, client_key=uuid4(), by=cast.suzuki).number


def files_in(room):
    return [one.file for one in Attachment.objects.filter(message__room=room).order_by("place")]


def test_chosen_files_go_along_as_they_are_kept_and_open_for_whoever_reads_there(
    cast, office, theme, pictures, browser_of
):
    before = StoredFile.objects.count()

    number = forward(cast, office, theme, number=pictures, files=[3]).number

    assert [file.name for file in files_in(theme)] == ["名簿.txt"]
    assert StoredFile.objects.count() == before
    address = f"{URL}{{}}/files/{{}}/{{}}/download/"
    assert browser_of(cast.takahashi).get(address.format(theme.pk, number, 1)).status_code == 200
    assert browser_of(cast.takahashi).get(address.format(office.pk, pictures, 3)).status_code == 404
    entries = Entry.objects.filter(verb="rooms.message_forwarded").order_by("pk")
    assert [one.detail["files"] for one in entries] == [[str(file.pk) for file in files_in(theme)]] * 2


def test_a_file_that_is_looked_at_or_missing_stays_and_nothing_is_sent(cast, office, theme, pictures):
    for place, refusal in ((2, NotYetReady), (4, NotHere)):
        with pytest.raises(refusal):
            forward(cast, office, theme, number=pictures, files=[1, place])

    assert said_in(theme) == []
    assert forward(cast, office, theme, number=pictures, files=[1]).fresh


def test_more_files_than_are_sent_at_once_stay(cast, office, theme, pictures):
    make_file_limits(cast.ito, files_per_send=1)

    with pytest.raises(TooManyAtOnce):
        forward(cast, office, theme, number=pictures, files=[1, 3])
    assert forward(cast, office, theme, number=pictures, files=[1]).fresh


def test_the_file_of_a_forwarded_message_stays_when_the_first_one_is_deleted(cast, office, theme, pictures, browser_of):
    number = forward(cast, office, theme, number=pictures, files=[1]).number

    actions.remove_message(message=message_for(cast.suzuki, office.pk, pictures), by=cast.suzuki)

    address = f"{URL}{theme.pk}/files/{number}/1/download/"
    assert browser_of(cast.takahashi).get(address).status_code == 200


def test_the_page_lets_files_be_left_out_and_offers_only_those_that_are_ready(
    cast, office, theme, pictures, browser_of
):
    browser, address = browser_of(cast.sato), f"{URL}{office.pk}/messages/{pictures}/forward/"
    sending = {"room": str(theme.pk), "change": "0", "send": "1"}

    checked = browser.post(address, {"room": str(theme.pk)}).content.decode()
    assert 'name="places" value="1" checked' in checked
    assert 'name="places" value="2" disabled' in checked

    assert browser.post(address, {**sending, "places": ["2"]}).status_code == 422
    assert said_in(theme) == []
    assert browser.post(address, {**sending, "places": ["3"]}).status_code == 302
    assert [file.name for file in files_in(theme)] == ["名簿.txt"]

"""What was deleted is read by an auditor with a basis in law, message by message, each an entry; by nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.audit.models import Entry
from apps.rooms import actions as rooms
from apps.rooms.access import message_for
from tests import makers
from tests.saying import say

SAID, CORRECTED = "血圧は182です。", "血圧は132です。"


@pytest.fixture
def deleted(cast):
    """A message of suzuki that was corrected and then deleted; another one that stands."""
    say(cast.room, cast.suzuki, SAID)
    say(cast.room, cast.suzuki, "了解しました。")
    rooms.edit(message=message_for(cast.suzuki, cast.room.pk, 1), body=CORRECTED, by=cast.suzuki)
    rooms.remove_message(message=message_for(cast.suzuki, cast.room.pk, 1), by=cast.suzuki)
    return cast


def address(cast):
    return f"/e/sakuragawa-care/clients/{cast.hana.pk}/inspection/deleted-messages/"


def inspecting(cast, by="ishii"):
    until = timezone.now() + timedelta(hours=1)
    return makers.make_inspection(cast.hana, by=cast[by], opened_at=timezone.now(), closes_at=until)


def deleted_one(cast):
    return {"message": cast.room.messages.get(number=1).pk}


def test_the_list_says_no_word_and_one_message_is_read_with_all_it_ever_said(deleted, browser_of):
    inspecting(deleted)
    browser = browser_of(deleted.ishii)

    listed = browser.get(address(deleted)).content.decode()
    read = browser.post(address(deleted), deleted_one(deleted)).content.decode()

    assert "鈴木 一郎" in listed
    assert SAID not in listed
    assert CORRECTED not in listed
    assert read.index(SAID) < read.index(CORRECTED)
    assert "了解しました。" not in read


def test_each_reading_is_an_entry_with_its_basis_and_without_words(deleted, browser_of):
    inspecting(deleted)
    browser = browser_of(deleted.ishii)
    browser.get(address(deleted))
    for _time in range(2):
        browser.post(address(deleted), deleted_one(deleted))

    entries = Entry.objects.filter(verb="rooms.removed_text_read")
    assert [(one.detail, one.purpose, one.client_id) for one in entries] == [
        ({"number": 1}, "legal-basis:supervision", deleted.hana.pk)
    ] * 2
    assert not any("血圧" in str(one.__dict__) for one in Entry.objects.all())


@pytest.mark.parametrize(
    ("person", "status"),
    [("ishii", 200), ("ito", 404), ("suzuki", 404), ("tanaka", 404), ("takahashi", 404), ("watanabe", 404)],
)
def test_only_the_auditor_who_inspects_the_client_reads_it(deleted, browser_of, person, status):
    inspecting(deleted)
    browser = browser_of(deleted[person])

    assert browser.get(address(deleted)).status_code == status
    assert browser.post(address(deleted), deleted_one(deleted)).status_code == status


def test_a_program_reads_it_the_same_way_with_the_same_entries(deleted, browser_of):
    inspecting(deleted)
    browser, api = browser_of(deleted.ishii), f"/api/v1{address(deleted)}"

    listed = browser.get(api).json()
    [one] = listed["results"]
    assert (listed["count"], one["room"], one["message"]) == (1, str(deleted.room.pk), 1)
    assert one["author"]["name"] == deleted.suzuki.name
    assert SAID not in str(listed)
    assert not Entry.objects.filter(verb="rooms.removed_text_read").exists()

    read = browser.get(f"{api}{deleted.room.pk}/1/").json()
    assert [version["body"] for version in read["versions"]] == [SAID, CORRECTED]
    assert read["files"] == []
    entry = Entry.objects.get(verb="rooms.removed_text_read")
    assert (entry.channel, entry.purpose, entry.client_id) == ("api", "legal-basis:supervision", deleted.hana.pk)

    assert browser.get(f"{api}{deleted.room.pk}/2/").status_code == 404
    for stranger in (deleted.ito, deleted.suzuki):
        assert browser_of(stranger).get(f"{api}{deleted.room.pk}/1/").status_code == 404


def test_when_the_inspection_is_over_nothing_is_read(deleted, browser_of):
    browser = browser_of(deleted.ishii)
    makers.make_inspection(deleted.hana, by=deleted.ishii)
    assert browser.post(address(deleted), deleted_one(deleted)).status_code == 404
    assert not Entry.objects.filter(verb="rooms.removed_text_read").exists()

    inspecting(deleted)

    assert browser.post(address(deleted), deleted_one(deleted)).status_code == 200


@pytest.mark.parametrize("which", ["stands", "elsewhere", "nothing", "words"])
def test_what_stands_and_what_is_about_somebody_else_is_not_here(deleted, browser_of, which):
    inspecting(deleted)
    other = makers.make_room(members=[deleted.sato], client=None, title="連携会")
    say(other, deleted.sato, "別の話です。")
    rooms.remove_message(message=message_for(deleted.sato, other.pk, 1), by=deleted.sato)
    sent = {
        "stands": deleted.room.messages.get(number=2).pk,
        "elsewhere": other.messages.get(number=1).pk,
        "nothing": "",
        "words": "１",
    }
    browser = browser_of(deleted.ishii)

    assert browser.post(address(deleted), {"message": sent[which]}).status_code == 404
    assert browser.post(address(deleted), deleted_one(deleted)).status_code == 200


def test_the_inspection_leads_to_it(deleted, browser_of):
    inspecting(deleted)
    page = browser_of(deleted.ishii).get(f"/e/sakuragawa-care/clients/{deleted.hana.pk}/inspection/")

    assert f'href="{address(deleted)}"' in page.content.decode()


def test_the_list_is_read_with_one_number_of_questions(deleted, browser_of, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    inspecting(deleted)
    browser = browser_of(deleted.ishii)
    browser.get(address(deleted))
    with CaptureQueriesContext(connection) as once:
        browser.get(address(deleted))
    for number in range(3, 8):
        say(deleted.room, deleted.sato, "はい")
        rooms.remove_message(message=message_for(deleted.sato, deleted.room.pk, number), by=deleted.sato)

    with django_assert_num_queries(len(once)):
        browser.get(address(deleted))

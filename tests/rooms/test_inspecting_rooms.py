"""What was deleted in a room about nobody is read by an auditor with a basis in law, and by nobody else."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from apps.audit.models import Entry
from apps.kernel.refusals import NotAllowed, NotHere
from apps.rooms import actions
from apps.rooms.access import message_for
from apps.rooms.models import MessageVersion, RoomInspection
from tests import makers
from tests.retention import make_room_inspection, replaced_at, rewritten
from tests.saying import say

BASE = "/e/sakuragawa-care/rooms/"
WORDS = {"basis": "supervision", "reference": "監査 2026-3"}
SAID = "別の方の連絡でした。"


@pytest.fixture
def theme(cast):
    """A theme room in which suzuki has deleted a message; another one stands."""
    return said_in(makers.make_room(members=[cast.sato, cast.suzuki], title="連携会"), cast.suzuki)


def said_in(room, by):
    say(room, by, SAID)
    say(room, by, "了解しました。")
    actions.remove_message(message=message_for(by, room.pk, 1), by=by)
    return room


def address(room):
    return f"{BASE}{room.pk}/inspection/deleted-messages/"


def inspecting(cast, room):
    return actions.open_room_inspection(room=room, **WORDS, by=cast.ishii)


def test_an_auditor_names_the_basis_chooses_the_room_and_reads(theme, cast, browser_of):
    browser = browser_of(cast.ishii)
    offered = browser.post(f"{BASE}inspections/", {**WORDS, "q": "連携"})
    assert f'value="{theme.pk}"' in offered.content.decode()
    assert not RoomInspection.objects.exists()

    chosen = browser.post(f"{BASE}inspections/", {**WORDS, "q": "連携", "room": theme.pk})
    assert chosen["Location"] == address(theme)
    listed = browser.get(address(theme)).content.decode()
    read = browser.post(address(theme), {"message": theme.messages.get(number=1).pk}).content.decode()

    assert cast.suzuki.name in listed
    assert SAID not in listed
    assert SAID in read
    assert "了解しました。" not in read


def test_a_talk_of_two_is_found_by_either_of_them(cast, browser_of):
    pair = said_in(actions.open_pair(other=cast.sato, by=cast.suzuki), cast.suzuki)
    browser = browser_of(cast.ishii)
    for typed in ("佐藤", "すずき", "スズキ いちろう"):
        page = browser.post(f"{BASE}inspections/", {**WORDS, "q": typed}).content.decode()
        assert f'value="{pair.pk}"' in page
        assert cast.sato.name in page
        assert cast.suzuki.name in page

    inspecting(cast, pair)

    assert SAID in browser.post(address(pair), {"message": pair.messages.get(number=1).pk}).content.decode()


@pytest.mark.parametrize("typed", ["連", "大会", "佐々木"])
def test_too_few_letters_another_title_and_the_name_of_a_client_find_no_room(theme, cast, browser_of, typed):
    page = browser_of(cast.ishii).post(f"{BASE}inspections/", {**WORDS, "q": typed}).content.decode()

    assert 'name="room" value="' not in page
    assert "ルームが見つかりませんでした" in page


def test_each_step_is_an_entry_with_the_basis_and_without_words(theme, cast, browser_of):
    browser = browser_of(cast.ishii)
    browser.post(f"{BASE}inspections/", {**WORDS, "q": "連携", "room": theme.pk})
    browser.get(address(theme))
    for _time in range(2):
        browser.post(address(theme), {"message": theme.messages.get(number=1).pk})

    verbs = ["rooms.inspection_opened", "rooms.inspected", "rooms.removed_text_read", "rooms.removed_text_read"]
    entries = Entry.objects.filter(member_id=cast.ishii.pk, purpose="legal-basis:supervision").order_by("pk")
    assert [one.verb for one in entries] == verbs
    assert not any(SAID in str(one.__dict__) or "連携" in str(one.__dict__) for one in Entry.objects.all())


@pytest.mark.parametrize("person", ["ito", "suzuki", "takahashi", "sato", "watanabe"])
def test_nobody_but_the_auditor_who_inspects_the_room_reads_it(theme, cast, browser_of, person):
    inspecting(cast, theme)
    browser, sent = browser_of(cast[person]), {"message": theme.messages.get(number=1).pk}

    assert browser.post(address(theme), sent).status_code == 404
    assert browser.get(f"/api/v1{address(theme)}1/").status_code == 404
    assert browser.get(f"{BASE}inspections/").status_code == (404 if person == "watanabe" else 403)
    assert browser_of(cast.ishii).post(address(theme), sent).status_code == 200


def test_another_room_and_one_whose_inspection_is_over_are_not_here(theme, cast, browser_of):
    other = said_in(makers.make_room(members=[cast.sato], title="別の会"), cast.sato)
    make_room_inspection(other, by=cast.ishii)
    inspecting(cast, theme)
    browser = browser_of(cast.ishii)

    assert browser.get(address(other)).status_code == 404
    assert browser.post(address(theme), {"message": other.messages.get(number=1).pk}).status_code == 404
    assert browser.post(address(theme), {"message": theme.messages.get(number=2).pk}).status_code == 404
    assert browser.get(address(theme)).status_code == 200


def test_a_clients_room_is_opened_with_the_clients_record_alone(cast, browser_of):
    said_in(cast.room, cast.suzuki)
    with pytest.raises(NotHere):
        inspecting(cast, cast.room)
    make_room_inspection(cast.room, by=cast.ishii, closes_at=timezone.now() + timedelta(hours=1))

    assert (
        SAID
        not in browser_of(cast.ishii)
        .post(address(cast.room), {"message": cast.room.messages.get(number=1).pk})
        .content.decode()
    )


def test_only_an_auditor_opens_one_and_nobody_changes_it(theme, cast):
    with pytest.raises(NotAllowed):
        actions.open_room_inspection(room=theme, **WORDS, by=cast.ito)
    inspection = inspecting(cast, theme)

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        RoomInspection.objects.filter(pk=inspection.pk).update(closes_at=timezone.now() + timedelta(days=9))


def test_while_it_is_open_nothing_of_the_room_is_let_go(theme, cast):
    for version in MessageVersion.objects.all():
        replaced_at(version, timezone.now() - timedelta(days=800))
    inspection = inspecting(cast, theme)
    assert actions.purge_ended() == actions.LetGo()

    rewritten("UPDATE rooms_roominspection SET closes_at = opened_at + interval '1 ms' WHERE id = %s", inspection.pk)
    assert actions.purge_ended() == actions.LetGo(texts=1)


def test_a_program_does_the_same(theme, cast, browser_of):
    browser = browser_of(cast.ishii)

    def post(where, **sent):
        return browser.post(f"/api/v1{BASE}inspections/{where}", sent, content_type="application/json")

    [found] = post("search/", **WORDS, q="連携").json()
    assert (found["id"], found["title"], found["people"]) == (str(theme.pk), "連携会", [])
    assert post("", **WORDS, q="大会", room=str(theme.pk)).status_code == 404
    assert post("", **WORDS, q="連携", room=str(theme.pk)).status_code == 201

    api = f"/api/v1{address(theme)}"
    assert [one["message"] for one in browser.get(api).json()["results"]] == [1]
    assert [one["body"] for one in browser.get(f"{api}1/").json()["versions"]] == [SAID]
    assert browser.get(f"{api}2/").status_code == 404
    assert Entry.objects.filter(verb="rooms.removed_text_read", channel="api").count() == 1

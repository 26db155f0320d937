"""An archived room is read and not written in, stands in a list of its own, and is reopened."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from apps.audit.models import Entry
from apps.audit.origin import present
from apps.kernel.refusals import NotAllowed
from apps.rooms import actions
from apps.rooms.access import can_archive, can_post
from apps.rooms.actions import Outgoing
from apps.rooms.models import TalkRoom
from apps.rooms.queries import Show, room_rows, unread_rooms_count
from apps.rooms.refusals import NoReason, NotArchived, RoomArchived
from tests import makers
from tests.saying import say

URL = "/e/sakuragawa-care/rooms/"
API = f"/api/v1{URL}"


def archive(room, by):
    return actions.archive_room(room=room, reason="支援の終了", by=by)


def test_an_archived_room_is_read_and_not_written_in_through_any_entrance(cast, browser_of):
    say(cast.room, cast.suzuki, "最後の報告です。")
    archive(cast.room, cast.sato)
    browser = browser_of(cast.suzuki)

    page = browser.get(f"{URL}{cast.room.pk}/").content.decode()
    assert "最後の報告です。" in page
    assert "支援の終了" in page
    assert "<textarea" not in page
    with pytest.raises(RoomArchived):
        say(cast.room, cast.sato)
    written = browser.post(f"{URL}{cast.room.pk}/messages/", {"body": "まだ"}, headers={"HX-Request": "true"})
    sent = {"body": "まだ", "client_key": str(uuid4())}
    told = browser.post(f"{API}{cast.room.pk}/messages/", sent, content_type="application/json")
    assert written.status_code == told.status_code == 422
    assert told.json()["code"] == "room_archived"
    # Past the verb and its check: the statement itself leaves archives alone.
    assert actions.append(Outgoing(cast.room.pk, cast.sato.pk, uuid4(), "まだ", present())) is None
    assert cast.room.messages.count() == 1
    assert not can_post(cast.sato, TalkRoom.objects.get(pk=cast.room.pk))


def test_it_leaves_the_list_and_the_badge_and_stands_among_the_archived(cast, browser_of):
    other = makers.make_room(members=[cast.sato, cast.suzuki], title="連絡会")
    say(cast.room, cast.suzuki)
    assert unread_rooms_count(cast.sato) == 1
    archive(cast.room, cast.sato)

    assert list(room_rows(cast.sato)) == [other]
    assert unread_rooms_count(cast.sato) == 0
    assert list(room_rows(cast.sato, Show.ARCHIVED)) == [cast.room]
    browser = browser_of(cast.sato)
    for show, shown, hidden in (("", other, cast.room), ("?show=archived", cast.room, other)):
        page = browser.get(f"{URL}{show}").content.decode()
        assert f'data-room="{shown.pk}"' in page
        assert f'data-room="{hidden.pk}"' not in page
        assert [one["id"] for one in browser.get(f"{API}{show}").json()] == [str(shown.pk)]


def test_only_unread_rooms_are_listed_where_they_are_asked_for(cast, browser_of):
    quiet = makers.make_room(members=[cast.sato, cast.suzuki], title="連絡会")
    say(cast.room, cast.suzuki)

    page = browser_of(cast.sato).get(f"{URL}?show=unread").content.decode()

    assert f'data-room="{cast.room.pk}"' in page
    assert f'data-room="{quiet.pk}"' not in page


def test_a_reopened_room_is_written_in_again_and_the_ledger_knows_both(cast, browser_of):
    browser = browser_of(cast.sato)
    address = f"{URL}{cast.room.pk}/archive/"
    assert browser.post(address, {"reason": ""}).status_code == 422
    assert browser.post(address, {"reason": "支援の終了"}).status_code == 302
    assert browser.post(address, {"reason": "もう一度"}).status_code == 422

    assert browser.post(address, {"reopen": "1"}).status_code == 302

    say(TalkRoom.objects.get(pk=cast.room.pk), cast.suzuki, "再開しました。")
    entries = Entry.objects.filter(verb__in=["rooms.archived", "rooms.reopened"]).order_by("pk")
    assert [(one.verb, one.client_id, one.member_id) for one in entries] == [
        ("rooms.archived", cast.hana.pk, cast.sato.pk),
        ("rooms.reopened", cast.hana.pk, cast.sato.pk),
    ]
    with pytest.raises(NotArchived):
        actions.reopen_room(room=cast.room, by=cast.sato)


def test_a_program_archives_and_reopens(cast, browser_of):
    browser, address = browser_of(cast.sato), f"{API}{cast.room.pk}/archive/"

    archived = browser.put(address, {"reason": "支援の終了"}, content_type="application/json").json()
    assert archived["archive_reason"] == "支援の終了"
    assert browser.delete(address).json()["archived_at"] is None


def test_who_administers_a_room_archives_it_and_either_of_two_their_talk(cast):
    theme = makers.make_room(members=[cast.sato, cast.takahashi, cast.matsumoto])
    pair = actions.open_pair(other=cast.suzuki, by=cast.sato)

    assert can_archive(cast.sato, theme)
    for other in (cast.takahashi, cast.matsumoto):
        with pytest.raises(NotAllowed):
            archive(theme, other)
    assert can_archive(cast.sato, pair)
    archive(pair, cast.suzuki)


def test_nobody_is_let_into_an_archived_room(cast):
    archive(cast.room, cast.sato)

    with pytest.raises(RoomArchived):
        actions.admit(member=cast.tanaka, room=TalkRoom.objects.get(pk=cast.room.pk), reason="応援", by=cast.sato)


def test_a_reason_is_asked_for(cast):
    with pytest.raises(NoReason):
        actions.archive_room(room=cast.room, reason=" ", by=cast.sato)


def test_without_the_verb_a_room_is_not_archived_without_a_word(cast):
    from django.utils import timezone

    with pytest.raises(IntegrityError, match="an_archived_room_says"), transaction.atomic():
        TalkRoom.objects.filter(pk=cast.room.pk).update(archived_at=timezone.now())

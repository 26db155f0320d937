"""Posting: numbered without gaps, once however often it is sent, recorded with the deed, refused with a sentence."""

from uuid import uuid4

import pytest

from apps.audit.models import Entry
from apps.kernel.refusals import NotHere
from apps.rooms import actions
from apps.rooms.models import Message
from apps.rooms.refusals import KeyUsedElsewhere, NothingWritten, TooFast, TooLong
from tests import makers
from tests.cast import Cast


def post(cast: Cast, body: str = "本日訪問しました。", by: str = "sato", **more):
    return actions.post(**{"room": cast.room, "body": body, "client_key": uuid4(), "by": cast[by], **more})


def test_messages_are_numbered_from_one_without_gaps(cast):
    numbers = [post(cast).number for _ in range(3)]

    assert numbers == [1, 2, 3]
    cast.room.refresh_from_db()
    assert cast.room.last_number == 3


def test_a_message_sent_again_is_stored_once_and_answered_with_its_first_number(cast):
    key = uuid4()
    first = post(cast, client_key=key)
    post(cast)

    again = post(cast, client_key=key)

    assert (again.number, again.fresh, first.fresh) == (1, False, True)
    assert Message.objects.filter(room=cast.room).count() == 2
    cast.room.refresh_from_db()
    assert cast.room.last_number == 2


def test_the_same_key_in_another_room_is_refused(cast):
    key = uuid4()
    post(cast, client_key=key)
    other = makers.make_room(members=[cast.sato])

    with pytest.raises(KeyUsedElsewhere):
        post(cast, room=other, client_key=key)


def test_a_message_and_its_ledger_entry_are_written_together(cast):
    post(cast)

    entry = Entry.objects.get(verb="rooms.posted")
    assert entry.member_id == cast.sato.pk
    assert entry.organization_id == cast.hidamari.pk
    assert entry.client_id == cast.hana.pk
    assert entry.subject_id == str(cast.room.pk)
    assert entry.detail == {"number": 1}
    assert "訪問" not in str(entry.__dict__)


@pytest.mark.parametrize("person", ["takahashi", "ito", "ishii", "kobayashi", "matsumoto", "mori", "tanaka"])
def test_who_cannot_read_a_room_cannot_post_in_it(cast, person):
    with pytest.raises(NotHere):
        post(cast, by=person)

    assert post(cast, by="suzuki").number == 1


@pytest.mark.parametrize("body", ["", "   \n　", "\x00"])
def test_an_empty_message_is_refused_and_moves_no_number(cast, body):
    with pytest.raises(NothingWritten):
        post(cast, body)

    assert post(cast).number == 1


def test_the_longest_message_is_stored_and_one_character_more_is_refused(cast):
    assert post(cast, "あ" * 10_000).number == 1
    with pytest.raises(TooLong):
        post(cast, "あ" * 10_001)
    assert Message.objects.count() == 1


def test_what_cannot_be_stored_is_left_out_and_the_rest_is_kept(cast):
    post(cast, "血圧\x00 130\ud800")

    assert Message.objects.get().body == "血圧 130"


def test_a_loop_is_slowed_down_and_people_are_not(cast, settings):
    settings.POSTS_PER_MINUTE = 3
    for _ in range(3):
        post(cast)

    with pytest.raises(TooFast):
        post(cast)
    assert post(cast, by="suzuki").number == 4

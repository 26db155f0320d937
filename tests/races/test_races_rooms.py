"""Many at once, in twins: with the verb one wins and the others hear a sentence; without it the constraint holds.

The second twin writes past the verb, its checks and its locks, so that what is left is what the database promises.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from apps.audit.models import Entry
from apps.environments.models import Member
from apps.kernel.refusals import Refusal
from apps.rooms import actions as rooms
from apps.rooms.access import message_for
from apps.rooms.models import Handling, Message, ReadMark, RoomMembership, TalkRoom
from apps.rooms.refusals import AlreadyInRoom, TakenAlready
from tests import makers
from tests.cast import Cast
from tests.races.at_once import at_once, inside, kinds_of, one_was_written

pytestmark = pytest.mark.django_db(transaction=True)


# -- who is in a room


def test_of_many_who_admit_the_same_person_one_wins_and_the_ledger_says_it_once(cast):
    told = at_once(
        *(
            lambda by=by: rooms.admit(member=cast.tanaka, room=cast.room, reason="応援", by=by)
            for by in (cast.sato, cast.suzuki, cast.sato)
        )
    )

    assert kinds_of(told) == {"done": 1, "AlreadyInRoom": 2}
    assert {type(one) for one in told if isinstance(one, Exception)} == {AlreadyInRoom}
    assert RoomMembership.objects.open().filter(room=cast.room, member=cast.tanaka).count() == 1
    assert Entry.objects.filter(verb="rooms.admitted", detail__member=str(cast.tanaka.pk)).count() == 1


def test_without_the_verb_nobody_is_in_a_room_twice(cast):
    def insert() -> RoomMembership:
        return RoomMembership.objects.create(environment=cast.environment, room=cast.room, member=cast.tanaka)

    told = at_once(*[inside(insert)] * 3)

    assert one_was_written(told, "one_membership_per_room_at_a_time")


def test_of_many_who_fill_a_room_at_once_as_many_come_in_as_it_holds(cast):
    rooms.set_limits(members_per_room=4, rooms_per_person=500, by=cast.ito)
    room = makers.make_room(members=[cast.sato])
    people = [makers.make_member(cast.aozora) for _ in range(6)]
    told = at_once(*(lambda one=one: rooms.admit(member=one, room=room, reason="応援", by=cast.sato) for one in people))

    assert kinds_of(told) == {"done": 3, "RoomFull": 3}
    assert RoomMembership.objects.open().filter(room=room).count() == 4


def test_without_the_verb_a_person_is_not_in_more_rooms_than_there_may_be(cast):
    several = [makers.make_room(members=[cast.sato]) for _ in range(4)]
    rooms.set_limits(members_per_room=500, rooms_per_person=2, by=cast.ito)

    def insert(room: TalkRoom) -> RoomMembership:
        return RoomMembership.objects.create(environment=cast.environment, room=room, member=cast.tanaka)

    at_once(*(inside(lambda room=room: insert(room)) for room in several))

    assert RoomMembership.objects.open().filter(member=cast.tanaka).count() == 2


def test_a_message_that_meets_an_archive_is_stored_before_it_or_not_at_all(cast):
    told = at_once(
        lambda: rooms.archive_room(room=cast.room, reason="終了", by=cast.sato),
        *(lambda: rooms.post(room=cast.room, body="はい", client_key=uuid4(), by=cast.suzuki) for _ in range(3)),
    )

    assert not isinstance(told[0], Exception)
    posted = [one for one in told[1:] if not isinstance(one, Exception)]
    assert all(isinstance(one, Refusal) for one in told[1:] if isinstance(one, Exception))
    assert Message.objects.filter(room=cast.room).count() == len(posted)


def test_whoever_is_removed_while_posting_posts_before_it_or_not_at_all(cast):
    told = at_once(
        lambda: rooms.remove(member=cast.suzuki, room=cast.room, by=cast.sato),
        *(lambda: rooms.post(room=cast.room, body="はい", client_key=uuid4(), by=cast.suzuki) for _ in range(3)),
    )

    assert not isinstance(told[0], Exception)
    posted = [one for one in told[1:] if not isinstance(one, Exception)]
    assert all(isinstance(one, Refusal) for one in told[1:] if isinstance(one, Exception))
    assert Message.objects.filter(room=cast.room).count() == len(posted)
    with pytest.raises(Refusal):
        rooms.post(room=cast.room, body="はい", client_key=uuid4(), by=cast.suzuki)


# -- messages


def numbers_in(cast: Cast) -> list[int]:
    return list(Message.objects.filter(room=cast.room).order_by("number").values_list("number", flat=True))


def test_the_same_key_sent_fifty_times_at_once_is_one_message(cast):
    key = uuid4()

    def send_often() -> list[tuple[int, bool]]:
        return [
            (appended.number, appended.fresh)
            for _ in range(10)
            for appended in [rooms.post(room=cast.room, body="体温は36.4度でした。", client_key=key, by=cast.sato)]
        ]

    told = at_once(*[send_often] * 5)

    answers = Counter(answer for one in told for answer in one)
    assert answers == {(1, True): 1, (1, False): 49}
    assert numbers_in(cast) == [1]
    # The counter was not moved by those that came to nothing: the next number is the next one.
    assert rooms.post(room=cast.room, body="はい", client_key=uuid4(), by=cast.suzuki).number == 2


def test_two_who_post_much_in_one_room_get_numbers_without_gaps_each_in_their_own_order(cast):
    def talk(by: Member) -> Callable[[], list[int]]:
        return lambda: [
            rooms.post(room=cast.room, body=f"{number}", client_key=uuid4(), by=by).number for number in range(40)
        ]

    told = at_once(talk(cast.sato), talk(cast.suzuki))

    assert all(numbers == sorted(numbers) for numbers in told)
    assert sorted(told[0] + told[1]) == list(range(1, 81)) == numbers_in(cast)
    stamps = list(Message.objects.filter(room=cast.room).order_by("number").values_list("posted_at", flat=True))
    assert stamps == sorted(stamps)
    for author in (cast.sato, cast.suzuki):
        bodies = Message.objects.filter(room=cast.room, author=author).order_by("number").values_list("body", flat=True)
        assert list(bodies) == [str(number) for number in range(40)]


def test_every_message_of_a_crowd_has_one_entry_in_the_ledger(cast):
    at_once(
        *(
            lambda by=by: rooms.post(room=cast.room, body="はい", client_key=uuid4(), by=by)
            for by in [cast.sato, cast.suzuki] * 3
        )
    )

    recorded = Entry.objects.filter(verb="rooms.posted", client_id=cast.hana.pk).values_list(
        "detail__number", flat=True
    )
    assert sorted(recorded) == numbers_in(cast) == [1, 2, 3, 4, 5, 6]


def insert_message(cast: Cast, **fields: Any) -> Callable[[], Message]:
    values = {"author": cast.sato, "number": 1, "client_key": uuid4(), "body": "はい", **fields}
    return inside(lambda: Message.objects.create(environment=cast.environment, room=cast.room, **values))


def test_without_the_append_function_a_number_is_still_given_once(cast):
    told = at_once(*[insert_message(cast, client_key=uuid4()) for _ in range(3)])

    assert one_was_written(told, "messages_are_numbered_within_their_room")


def test_without_the_append_function_a_key_is_still_stored_once(cast):
    key = uuid4()

    told = at_once(*[insert_message(cast, client_key=key, number=number) for number in (1, 2, 3)])

    assert one_was_written(told, "a_message_sent_again_is_the_same")


# -- read marks


def test_a_read_mark_moved_from_many_screens_at_once_stands_at_the_highest(cast):
    for _ in range(8):
        rooms.post(room=cast.room, body="はい", client_key=uuid4(), by=cast.sato)

    told = at_once(
        *(
            lambda number=number: rooms.read_up_to(room=cast.room, number=number, by=cast.suzuki)
            for number in (3, 8, 1, 5)
        )
    )

    assert kinds_of(told) == {"done": 4}
    assert ReadMark.objects.get(room=cast.room, member=cast.suzuki).number == 8


def test_without_the_verb_a_person_still_has_one_mark_in_a_room(cast):
    def insert() -> ReadMark:
        return ReadMark.objects.create(environment=cast.environment, room=cast.room, member=cast.suzuki, number=0)

    told = at_once(*[inside(insert)] * 3)

    assert one_was_written(told)


# -- who handles it


def needed(cast):
    people = [makers.make_member(cast.aozora) for _ in range(3)]
    for one in people:
        makers.make_membership(cast.room, one)
    rooms.post(room=cast.room, body="指示書をお願いします。", client_key=uuid4(), by=cast.sato)
    message = message_for(cast.sato, cast.room.pk, 1)
    return rooms.need_somebody(message=message, organization=cast.aozora, by=cast.sato), people


def test_of_many_who_take_it_in_the_same_instant_one_has_it_and_the_others_read_who(cast):
    handling, people = needed(cast)
    told = at_once(*(lambda one=one: rooms.take(message=message_for(one, cast.room.pk, 1), by=one) for one in people))

    assert kinds_of(told) == {"done": 1, "TakenAlready": 2}
    handler = Handling.objects.select_related("handler").get(pk=handling.pk).handler
    assert all(handler.known_as in one.said for one in told if isinstance(one, TakenAlready))
    assert Entry.objects.filter(verb="rooms.handling_taken").count() == 1


def test_without_the_verb_a_message_needs_somebody_of_an_organization_once(cast):
    handling, _people = needed(cast)
    Handling.objects.filter(pk=handling.pk).update(handler=cast.suzuki, taken_at=timezone.now())
    Handling.objects.filter(pk=handling.pk).update(done_at=timezone.now())
    about = {"environment": cast.environment, "message": handling.message, "organization": cast.aozora}

    told = at_once(*[inside(lambda: Handling.objects.create(**about, needed_by=cast.sato))] * 3)

    assert one_was_written(told, "a_message_needs_somebody_of_an_organization_once")

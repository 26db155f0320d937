"""Many at once, in twins: with the verb one wins and the others hear a sentence; without it the constraint holds.

The second twin writes past the verb, its checks and its locks, so that what is left is what the database promises.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable
from contextvars import copy_context
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django_scopes import scope

from apps.accounts import actions as accounts
from apps.accounts.models import Slip
from apps.accounts.refusals import SlipUsed
from apps.clients import actions as clients
from apps.clients.models import Seat
from apps.clients.refusals import LastSeat, SeatTaken
from apps.environments import actions as environments
from apps.environments.models import Environment, Member, Organization, Role
from apps.environments.refusals import AlreadyMember, LastAdmin
from apps.kernel.refusals import Refusal
from apps.rooms import actions as rooms
from apps.rooms.models import Message, ReadMark, RoomMembership
from apps.rooms.refusals import AlreadyInRoom
from tests import makers
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60


@pytest.fixture
def cast(transactional_db: None) -> Any:
    """Everybody, committed: other connections see them."""
    people = assemble()
    with scope(environment=people.environment):
        yield people


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Run the deeds in threads with connections of their own that start together; what each returned or raised."""
    start = threading.Barrier(len(deeds))
    told: list[Any] = [None] * len(deeds)

    def run(number: int, deed: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            start.wait(PATIENCE)
            told[number] = deed()
        except (Refusal, DatabaseError) as error:
            told[number] = error
        finally:
            connection.close()

    threads = [
        threading.Thread(target=copy_context().run, args=(run, number, deed)) for number, deed in enumerate(deeds)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads), "somebody still waits: a deadlock, or worse"
    return told


def kinds_of(told: list[Any]) -> Counter[str]:
    return Counter(type(one).__name__ if isinstance(one, Exception) else "done" for one in told)


def one_was_written(told: list[Any], promise: str = "") -> bool:
    """Whether the database let exactly one through: the others broke the promise, or waited for one another in a circle
    at an exclusion constraint and were sent away for that."""
    refused = [one for one in told if isinstance(one, DatabaseError)]
    said = [promise in str(one) or "deadlock detected" in str(one) for one in refused]
    return len(refused) == len(told) - 1 and all(said)


def inside(deed: Callable[[], Any]) -> Callable[[], Any]:
    """The deed in a transaction that reaches its end before anybody else's constraint is looked at."""

    def whole() -> Any:
        with transaction.atomic():
            return deed()

    return whole


# -- the last admin


@pytest.fixture
def second_admin(cast: Cast) -> Member:
    return makers.make_member(cast.ito.organization, name="加藤 誠", kana="かとう まこと", role=Role.ADMIN)


def test_of_two_admins_who_end_each_other_one_stays(cast, second_admin):
    told = at_once(
        lambda: environments.end_membership(member=second_admin, by=cast.ito),
        lambda: environments.end_membership(member=cast.ito, by=second_admin),
    )

    assert kinds_of(told)["done"] == 1
    assert all(isinstance(one, Refusal) for one in told if isinstance(one, Exception))
    assert Member.objects.current().with_role(Role.ADMIN).count() == 1


def test_the_last_admin_cannot_end_their_own_place_however_often_they_try_at_once(cast):
    told = at_once(*[lambda: environments.end_membership(member=cast.ito, by=cast.ito)] * 3)

    assert kinds_of(told) == {"LastAdmin": 3}
    assert [type(one) for one in told] == [LastAdmin] * 3


def meanwhile(rows: Any, deed: Callable[[], Any], change: Callable[[], Any]) -> Any:
    """Hold the rows, let the deed run until it waits for them, change something, let go; what the deed came to."""
    told: list[Any] = []
    with transaction.atomic():
        list(rows.order_by("pk").select_for_update(of=("self",)))
        waiting = threading.Thread(target=copy_context().run, args=(lambda: told.extend(at_once(deed)),))
        waiting.start()
        until_somebody_waits()
        change()
    waiting.join(PATIENCE)
    return told[0]


def until_somebody_waits() -> None:
    until = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid IN"
                " (SELECT pid FROM pg_stat_activity WHERE datname = current_database())"
            )
            if cursor.fetchone()[0]:
                return
            time.sleep(0.01)
    raise AssertionError("nobody waits for the lock")


def test_an_admin_whose_place_ended_while_they_waited_ends_nobody_elses(cast, second_admin):
    admins = Member.objects.filter(role=Role.ADMIN)

    told = meanwhile(
        admins,
        lambda: environments.end_membership(member=cast.ito, by=second_admin),
        lambda: environments.end_membership(member=second_admin, by=cast.ito),
    )

    assert isinstance(told, Refusal)
    assert admins.current().get() == cast.ito


def test_whoever_waited_while_the_other_seat_ended_cannot_end_the_last_one(cast):
    [first, second, third] = Seat.objects.filter(client=cast.hana).order_by("pk")
    clients.end_seat(seat=third, by=cast.sato if third.organization_id != cast.hidamari.pk else cast.suzuki)
    people = first.organization.members.current().first()

    told = meanwhile(
        Seat.objects.filter(client=cast.hana),
        lambda: clients.end_seat(seat=first, by=people),
        lambda: clients.end_seat(seat=second, by=people),
    )

    assert isinstance(told, LastSeat)
    assert Seat.objects.open().get(client=cast.hana) == first


# -- one place for one person


def test_of_two_admins_who_give_the_same_person_a_place_one_wins(cast, second_admin):
    person = makers.make_user("hayashi")

    def give(organization: Organization, admin: Member) -> Callable[[], Member]:
        return lambda: environments.add_member(
            organization=organization,
            user=person,
            name="林 葵",
            kana="はやし あおい",
            profession="nurse",
            role=Role.MEMBER,
            by=admin,
        )

    told = at_once(give(cast.aozora, cast.ito), give(cast.hidamari, second_admin))

    assert kinds_of(told) == {"done": 1, "AlreadyMember": 1}
    assert {type(one) for one in told if isinstance(one, Exception)} == {AlreadyMember}


def test_without_the_verb_one_person_still_has_one_place_at_a_time(cast):
    person = makers.make_user("hayashi")

    told = at_once(*[inside(lambda: makers.make_member(cast.aozora, person))] * 3)

    assert one_was_written(told, "one_membership_per_person_at_a_time")


# -- seats


def test_of_two_people_who_end_the_two_last_seats_one_is_refused(cast):
    [first, second, third] = Seat.objects.filter(client=cast.hana).order_by("pk")
    clients.end_seat(seat=third, by=first.organization.members.first())

    told = at_once(
        lambda: clients.end_seat(seat=first, by=second.organization.members.current().first()),
        lambda: clients.end_seat(seat=second, by=first.organization.members.current().first()),
    )

    # Whoever is first takes the other's view of the client away with the seat: a refusal in either order.
    assert kinds_of(told)["done"] == 1
    assert all(isinstance(one, Refusal) for one in told if isinstance(one, Exception))
    assert Seat.objects.open().filter(client=cast.hana).count() == 1


def test_the_last_seat_stays_however_often_its_own_people_end_it_at_once(cast):
    seats = {seat.organization_id: seat for seat in Seat.objects.filter(client=cast.hana)}
    for organization in (cast.aozora, cast.city):
        clients.end_seat(seat=seats[organization.pk], by=cast.sato)

    told = at_once(*[lambda: clients.end_seat(seat=seats[cast.hidamari.pk], by=cast.sato)] * 3)

    assert [type(one) for one in told] == [LastSeat] * 3


def test_of_many_who_give_the_same_organization_a_seat_one_wins(cast):
    midori = cast.takahashi.organization

    told = at_once(
        *(
            lambda by=by: clients.give_seat(client=cast.hana, organization=midori, by=by)
            for by in (cast.sato, cast.suzuki, cast.tanaka)
        )
    )

    assert kinds_of(told) == {"done": 1, "SeatTaken": 2}
    assert {type(one) for one in told if isinstance(one, Exception)} == {SeatTaken}


def test_without_the_verb_an_organization_still_has_one_seat_at_a_time(cast):
    midori = cast.takahashi.organization

    told = at_once(*[inside(lambda: makers.make_seat(cast.hana, midori))] * 3)

    assert one_was_written(told, "one_seat_per_organization_at_a_time")


# -- who is in a room


def test_of_many_who_admit_the_same_person_one_wins_and_the_ledger_says_it_once(cast):
    from apps.audit.models import Entry

    told = at_once(
        *(
            lambda by=by: rooms.admit(member=cast.tanaka, room=cast.room, by=by)
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
    from apps.audit.models import Entry

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


# -- environments and slips


def test_of_many_operators_who_open_the_same_address_one_wins(cast):
    operator = makers.make_user("operator", is_operator=True)

    told = at_once(
        *[
            lambda: environments.open_environment(
                slug="new-town", name="新しい町", municipality=cast.environment.municipality, by=operator
            )
        ]
        * 3
    )

    assert kinds_of(told) == {"done": 1, "SlugTaken": 2}


def test_without_the_verb_an_address_still_leads_to_one_environment(cast):
    told = at_once(*[inside(lambda: makers.make_environment("new-town"))] * 3)

    assert one_was_written(told)
    assert Environment.objects.filter(slug="new-town").count() == 1


def test_a_slip_that_two_people_hold_lets_one_in(cast):
    issued = accounts.issue_slip(user=makers.make_user("hayashi"), by=cast.ito)

    told = at_once(*[lambda: accounts.use_slip(slip=issued.slip, passphrase=makers.PASSPHRASE)] * 3)

    assert kinds_of(told) == {"done": 1, "SlipUsed": 2}
    assert {type(one) for one in told if isinstance(one, Exception)} == {SlipUsed}


def test_without_the_lock_a_slip_is_still_used_or_revoked_but_not_both(cast):
    issued = accounts.issue_slip(user=makers.make_user("hayashi"), by=cast.ito)
    now = timezone.now()

    told = at_once(
        inside(lambda: Slip.objects.filter(pk=issued.slip.pk).update(used_at=now)),
        inside(lambda: Slip.objects.filter(pk=issued.slip.pk).update(revoked_at=now)),
    )

    assert one_was_written(told)

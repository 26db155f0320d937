"""Handled by: a message needs somebody of an organization, one person has it, and the office sees what nobody has taken."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.audit.models import Entry
from apps.kernel.refusals import NotAllowed, NotHere
from apps.notices.models import Notification
from apps.rooms import actions, pace, queries
from apps.rooms.access import message_for
from apps.rooms.models import Handling, RoomMembership
from apps.rooms.queries.lists import MOST
from apps.rooms.refusals import NothingNeeded, NotYours, RoomArchived, TakenAlready
from tests import makers
from tests.saying import say

URL = "/e/sakuragawa-care/rooms/"


@pytest.fixture
def said(cast):
    """sato has asked for something in hana's room, in which suzuki and a colleague of suzuki's are."""
    cast.yoshida = makers.make_member(cast.aozora, name="吉田 空", kana="よしだ そら")
    makers.make_membership(cast.room, cast.yoshida)
    say(cast.room, cast.sato, "訪問看護の指示書をお願いします。")
    return cast.room


def message(cast, by="suzuki", number=1):
    return message_for(getattr(cast, by), cast.room.pk, number)


def need(cast, by="sato", body="aozora"):
    return actions.need_somebody(message=message(cast, by), organization=getattr(cast, body), by=getattr(cast, by))


def do(cast, verb, by, **more):
    return verb(message=message(cast, by), by=getattr(cast, by), **more)


def office(cast, by="suzuki"):
    found = queries.office_of(getattr(cast, by))
    return tuple([one.message.number for one in part] for part in (found.open, found.taken, found.done))


def test_it_stands_in_the_inbox_until_one_person_takes_it_and_finishes_it(cast, said):
    assert office(cast) == ([], [], [])
    need(cast)
    assert (office(cast), office(cast, "yoshida"), queries.untaken_count(cast.suzuki)) == (([1], [], []),) * 2 + (1,)

    do(cast, actions.take, "suzuki")
    assert (office(cast, "yoshida"), queries.untaken_count(cast.suzuki)) == (([], [1], []), 0)
    do(cast, actions.finish_handling, "suzuki")

    assert office(cast, "yoshida") == ([], [], [1])


def test_whoever_comes_second_is_told_who_has_it(cast, said):
    need(cast)
    do(cast, actions.take, "suzuki")

    for verb in (actions.take, actions.give_back, actions.finish_handling):
        with pytest.raises(TakenAlready) as refused:
            do(cast, verb, "yoshida")
        assert "鈴木 一郎" in refused.value.said


def test_it_is_given_back_and_passed_on(cast, said):
    need(cast)
    with pytest.raises(NotYours):
        do(cast, actions.give_back, "suzuki")
    do(cast, actions.take, "suzuki")
    do(cast, actions.give_back, "suzuki")
    assert office(cast) == ([1], [], [])

    do(cast, actions.take, "suzuki")
    do(cast, actions.hand_on, "suzuki", to=cast.yoshida)

    assert Handling.objects.get().handler == cast.yoshida
    assert Notification.objects.filter(receiver=cast.yoshida).count() == 2


def test_it_is_passed_only_to_a_colleague_who_reads_the_message(cast, said):
    need(cast)
    do(cast, actions.take, "suzuki")
    outside = makers.make_member(cast.aozora)

    for stranger in (cast.sato, outside):
        with pytest.raises(NotHere):
            do(cast, actions.hand_on, "suzuki", to=stranger)


def test_what_somebody_has_who_has_left_is_free_again(cast, said):
    need(cast)
    do(cast, actions.take, "suzuki")
    actions.remove(member=cast.suzuki, room=cast.room, by=cast.sato)

    do(cast, actions.take, "yoshida")

    assert Handling.objects.get().handler == cast.yoshida


def test_the_inbox_holds_nothing_that_one_may_not_read(cast, said):
    need(cast)
    colleague = makers.make_member(cast.aozora)
    assert queries.office_of(colleague).open == []
    assert office(cast, "yoshida")[0] == [1]

    RoomMembership.objects.filter(member=cast.yoshida).update(history_from=timezone.now())

    assert office(cast, "yoshida")[0] == []
    with pytest.raises(NotHere):
        do(cast, actions.take, "yoshida")


def test_another_organization_sees_nothing_of_it(cast, said):
    need(cast)

    assert office(cast, "sato") == ([], [], [])
    with pytest.raises(NothingNeeded):
        do(cast, actions.take, "sato")


def test_it_is_needed_of_organizations_in_the_room_alone(cast, said):
    with pytest.raises(NotHere):
        actions.need_somebody(message=message(cast, "sato"), organization=cast.city, by=cast.sato)


def test_a_guest_asks_their_own_organization_alone(cast):
    room = makers.make_room(members=[cast.sato, cast.matsumoto], title="福祉用具")
    say(room, cast.sato, "見積をお願いします。")
    asked = message_for(cast.matsumoto, room.pk, 1)

    assert queries.organizations_shown(cast.matsumoto, asked) == [cast.matsumoto.organization]


def test_a_legal_exception_and_an_archive_handle_nothing(cast, said):
    makers.make_exception(cast.hana, by=cast.takahashi)
    with pytest.raises(NotAllowed):
        actions.need_somebody(
            message=message(cast, "takahashi"), organization=cast.takahashi.organization, by=cast.takahashi
        )
    need(cast)
    actions.archive_room(room=cast.room, reason="支援の終了", by=cast.sato)

    with pytest.raises(RoomArchived):
        do(cast, actions.take, "suzuki")


def test_each_step_is_in_the_ledger_once(cast, said):
    need(cast)
    need(cast)
    do(cast, actions.take, "suzuki")
    do(cast, actions.take, "suzuki")
    do(cast, actions.hand_on, "suzuki", to=cast.yoshida)
    do(cast, actions.finish_handling, "yoshida")

    verbs = Entry.objects.filter(verb__startswith="rooms.handling").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [f"rooms.handling_{step}" for step in ("needed", "taken", "passed_on", "done")]


def test_the_database_keeps_what_is_done_and_lets_nobody_else_have_it(cast, said):
    handling = need(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Handling.objects.filter(pk=handling.pk).update(handler=cast.sato, taken_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Handling.objects.create(
            environment=cast.environment, message=handling.message, organization=cast.aozora, needed_by=cast.sato
        )
    do(cast, actions.take, "suzuki")
    do(cast, actions.finish_handling, "suzuki")

    with pytest.raises(DatabaseError), transaction.atomic():
        Handling.objects.update(done_at=None)


def test_it_is_taken_and_finished_without_a_script(cast, said, browser_of):
    address = f"{URL}{cast.room.pk}/messages/1/"
    asked = browser_of(cast.sato).post(f"{address}need/", {"organization": str(cast.aozora.pk)})
    assert asked.status_code == 302
    suzuki = browser_of(cast.suzuki)
    assert "訪問看護の指示書" in suzuki.get(f"{URL}office/").content.decode()
    assert "担当者が必要です" in suzuki.get(f"{URL}{cast.room.pk}/").content.decode()
    assert "担当者が必要です" not in browser_of(cast.sato).get(f"{URL}{cast.room.pk}/").content.decode()

    assert suzuki.post(f"{address}handling/", {"deed": "take", "back": "1"})["Location"] == f"{URL}office/"
    refused = browser_of(cast.yoshida).post(f"{address}handling/", {"deed": "take"})
    assert refused.status_code == 422
    assert "鈴木 一郎" in refused.content.decode()
    suzuki.post(f"{address}handling/", {"deed": "done"})

    assert Handling.objects.get().done_at is not None


def test_a_program_does_the_same(cast, said, browser_of):
    address, json = f"/api/v1{URL}{cast.room.pk}/messages/1/handling/", {"content_type": "application/json"}
    asked = browser_of(cast.sato).post(address, {"organization": str(cast.aozora.pk)}, **json)
    assert asked.status_code == 204
    suzuki = browser_of(cast.suzuki)
    assert suzuki.put(address, {"deed": "take"}, **json).status_code == 204
    assert suzuki.put(address, {"deed": "hand_on", "to": str(cast.yoshida.pk)}, **json).status_code == 204

    [found] = suzuki.get(f"/api/v1{URL}office/").json()

    assert (found["state"], found["handler"]["name"], found["message"]["message"]) == ("taken", "吉田 空", 1)


def test_a_full_inbox_is_as_many_questions_as_one_message(cast, said):
    def asked():
        with CaptureQueriesContext(connection) as found:
            queries.office_of(cast.suzuki)
            queries.handlings_on(cast.suzuki, list(cast.room.messages.all()))
        return len(found)

    need(cast)
    asked()
    before = asked()
    for nth in range(3):
        say(cast.room, cast.sato, f"依頼 {nth}")
        actions.need_somebody(message=message(cast, "sato", nth + 2), organization=cast.aozora, by=cast.sato)

    assert asked() == before
    assert office(cast)[0] == [1, 2, 3, 4]


def test_an_inbox_that_cannot_list_everything_says_so_and_lists_what_waited_longest(cast, said, browser_of, settings):
    settings.POSTS_PER_MINUTE = 2 * MOST
    pace.forget()

    def told():
        page = browser_of(cast.suzuki).get(f"{URL}office/").content.decode()
        return [sentence in page for sentence in ("件数を超えています", "これより前に完了")]

    need(cast)
    assert told() == [False, False]

    for nth in range(MOST):
        say(cast.room, cast.sato, f"依頼 {nth}")
    needed = {"organization": cast.aozora, "needed_by": cast.sato, "environment": cast.environment}
    later = cast.room.messages.filter(number__gt=1)
    Handling.objects.bulk_create(Handling(message=one, **needed) for one in later)
    assert (told(), office(cast)[0]) == ([True, False], list(range(1, MOST + 1)))

    finished = {"handler": cast.suzuki, "taken_at": timezone.now(), "done_at": timezone.now()}
    Handling.objects.bulk_create(Handling(message=one, **needed, **finished) for one in cast.room.messages.all())
    assert told() == [True, True]

"""Confirmations: asked for by the author, given once by whoever was there, listed with who is missing."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.audit.models import Entry
from apps.kernel.refusals import NotAllowed, NotHere
from apps.notices.models import Notification
from apps.rooms import actions, queries
from apps.rooms.access import message_for
from apps.rooms.models import Acknowledgement, Ask, RoomMembership
from apps.rooms.refusals import NobodyMissing, RemindedAlready, RoomArchived
from tests import makers
from tests.saying import say

URL = "/e/sakuragawa-care/rooms/"


@pytest.fixture
def said(cast):
    """sato has written in hana's room, in which suzuki and a colleague of suzuki's are, and tanaka of the city."""
    cast.yoshida = makers.make_member(cast.aozora, name="吉田 空", kana="よしだ そら")
    for one in (cast.tanaka, cast.yoshida):
        makers.make_membership(cast.room, one)
    say(cast.room, cast.sato, "担当者会議は水曜の15時です。")
    return cast.room


def message(cast, by="sato", number=1):
    return message_for(getattr(cast, by), cast.room.pk, number)


def ask(cast, of="organizations"):
    return actions.ask_to_confirm(message=message(cast), of=of, by=cast.sato)


def confirm(cast, by):
    return actions.acknowledge(message=message(cast, by), by=getattr(cast, by))


def listed(cast, by="sato"):
    found = queries.ask_list(getattr(cast, by), message(cast, by))
    return (found.count.done, found.count.of), {str(body.name): body.is_done for body in found.bodies}


def waits_for(cast, by):
    return [one.message.number for one in queries.asked_of_me(getattr(cast, by))]


@pytest.mark.parametrize(("of", "before", "after"), [("organizations", (0, 2), (1, 2)), ("everybody", (0, 3), (1, 3))])
def test_one_of_an_organization_is_enough_or_everybody_is_asked(cast, said, of, before, after):
    ask(cast, of)
    assert listed(cast)[0] == before

    confirm(cast, "suzuki")

    count, bodies = listed(cast)
    assert count == after
    assert bodies == {cast.city.name: False, cast.aozora.name: of == "organizations"}
    assert waits_for(cast, "yoshida") == ([] if of == "organizations" else [1])
    assert waits_for(cast, "suzuki") == []


def test_to_confirm_is_counted_in_the_room_list_until_it_is_done(cast, said):
    ask(cast)
    assert queries.asked_by_room(cast.suzuki) == {cast.room.pk: 1}
    assert queries.asked_by_room(cast.sato) == {}

    actions.read_up_to(room=cast.room, number=1, by=cast.suzuki)
    assert queries.asked_by_room(cast.suzuki) == {cast.room.pk: 1}
    confirm(cast, "suzuki")

    assert queries.asked_by_room(cast.suzuki) == {}


def test_it_is_asked_once_and_confirmed_once_and_both_are_in_the_ledger(cast, said):
    first = ask(cast)
    assert ask(cast, "everybody") == first
    assert confirm(cast, "suzuki") == confirm(cast, "suzuki")

    entries = Entry.objects.filter(verb__in=["rooms.confirmation_asked", "rooms.acknowledged"]).order_by("pk")
    assert [(one.verb, one.member_id, one.detail) for one in entries] == [
        ("rooms.confirmation_asked", cast.sato.pk, {"number": 1, "of": "organizations"}),
        ("rooms.acknowledged", cast.suzuki.pk, {"number": 1}),
    ]


def test_only_the_author_asks_and_the_author_confirms_nothing(cast, said):
    with pytest.raises(NotAllowed):
        actions.ask_to_confirm(message=message(cast, "suzuki"), of="everybody", by=cast.suzuki)
    ask(cast)

    with pytest.raises(NotAllowed):
        confirm(cast, "sato")


def test_where_nothing_is_asked_nothing_is_confirmed(cast, said):
    with pytest.raises(NotHere):
        confirm(cast, "suzuki")


def test_a_legal_exception_confirms_nothing_and_is_not_asked(cast, said):
    makers.make_exception(cast.hana, by=cast.takahashi)
    ask(cast, "everybody")

    with pytest.raises(NotAllowed):
        confirm(cast, "takahashi")
    assert listed(cast)[0] == (0, 3)


def test_whoever_has_left_drops_out_and_who_comes_later_is_not_asked(cast, said):
    ask(cast, "everybody")
    kita = makers.make_member(cast.aozora, name="北 一", kana="きた はじめ")
    makers.make_membership(cast.room, kita)
    assert listed(cast)[0] == (0, 3)
    assert list(queries.asked_of_me(kita)) == []

    actions.remove(member=cast.yoshida, room=cast.room, by=cast.sato)

    assert listed(cast)[0] == (0, 2)


def test_what_was_before_ones_time_is_not_asked_of_one(cast, said):
    ask(cast, "everybody")
    assert waits_for(cast, "tanaka") == [1]

    RoomMembership.objects.filter(member=cast.tanaka).update(history_from=timezone.now())

    assert (waits_for(cast, "tanaka"), listed(cast)[0]) == ([], (0, 2))


def test_a_guest_is_shown_their_own_organization_alone(cast, browser_of):
    room = makers.make_room(members=[cast.sato, cast.suzuki, cast.matsumoto], title="福祉用具")
    say(room, cast.sato, "納品の日を確認してください。")
    asked = room.messages.get()
    actions.ask_to_confirm(message=asked, of="everybody", by=cast.sato)

    found = queries.ask_list(cast.matsumoto, message_for(cast.matsumoto, room.pk, 1))
    page = browser_of(cast.matsumoto).get(f"{URL}{room.pk}/messages/1/acknowledgements/").content.decode()
    told = browser_of(cast.matsumoto).get(f"/api/v1{URL}{room.pk}/messages/1/acknowledgements/").json()

    assert (found.count.of, [str(body.name) for body in found.bodies]) == (1, [cast.matsumoto.organization.name])
    assert cast.aozora.name not in page
    assert [body["name"] for body in told["organizations"]] == [cast.matsumoto.organization.name]
    asked.refresh_from_db()
    assert queries.asks_on(cast.matsumoto, room, [asked])[1].count.of == 1


def test_only_who_is_missing_is_reminded_at_most_every_four_hours(cast, said):
    ask(cast)
    confirm(cast, "suzuki")

    assert actions.remind(message=message(cast), by=cast.sato) == 1
    assert [one.receiver for one in Notification.objects.all()] == [cast.tanaka]
    with pytest.raises(RemindedAlready):
        actions.remind(message=message(cast), by=cast.sato)
    Ask.objects.update(reminded_at=timezone.now() - timedelta(hours=5))
    assert actions.remind(message=message(cast), by=cast.sato) == 1
    with pytest.raises(NotAllowed):
        actions.remind(message=message(cast, "tanaka"), by=cast.tanaka)


def test_where_nobody_is_missing_nobody_is_reminded(cast, said):
    ask(cast)
    for one in ("suzuki", "tanaka"):
        confirm(cast, one)

    with pytest.raises(NobodyMissing):
        actions.remind(message=message(cast), by=cast.sato)


def test_of_a_removed_message_nothing_is_asked_any_more(cast, said):
    ask(cast)
    actions.remove_message(message=message(cast), by=cast.sato)

    assert waits_for(cast, "suzuki") == []
    with pytest.raises(NotHere):
        confirm(cast, "suzuki")


def test_an_archived_room_asks_nothing_more(cast, said):
    ask(cast)
    actions.archive_room(room=cast.room, reason="支援の終了", by=cast.sato)

    assert waits_for(cast, "suzuki") == []
    with pytest.raises(RoomArchived):
        confirm(cast, "suzuki")


def test_the_database_takes_no_confirmation_back(cast, said):
    ask(cast)
    given = confirm(cast, "suzuki")

    for deed in (Acknowledgement.objects.filter(pk=given.pk).delete, Ask.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()


def test_it_is_asked_and_confirmed_without_a_script(cast, said, browser_of):
    address = f"{URL}{cast.room.pk}/messages/1/"
    assert browser_of(cast.sato).post(f"{address}ask/", {"of": "organizations"}).status_code == 302
    suzuki = browser_of(cast.suzuki)
    page = suzuki.get(f"{URL}{cast.room.pk}/").content.decode()
    assert f'action="{address}acknowledgement/"' in page
    assert "data-settled" not in page

    answer = suzuki.post(f"{address}acknowledgement/", {"back": "1"})

    assert answer["Location"] == f"{URL}to-confirm/"
    assert "data-settled" in suzuki.get(f"{URL}{cast.room.pk}/").content.decode()
    page = browser_of(cast.sato).get(f"{address}acknowledgements/").content.decode()
    assert "1 / 2" in page
    assert "鈴木 一郎" in page


def test_the_list_goes_into_a_spreadsheet_and_the_ledger_knows(cast, said, browser_of):
    cast.aozora.name = "=あおぞら"
    cast.aozora.save(update_fields=["name"])
    ask(cast)
    confirm(cast, "suzuki")

    answer = browser_of(cast.sato).get(f"{URL}{cast.room.pk}/messages/1/acknowledgements/list.csv")

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "所属,氏名,確認,日時"
    assert any(line.startswith("'=あおぞら,鈴木 一郎,確認済み,20") for line in lines)
    assert any(line.startswith(f"{cast.city.name},{cast.tanaka.name},未確認,") for line in lines)
    assert Entry.objects.get(verb="rooms.confirmations_taken").client_id == cast.hana.pk


def test_a_program_asks_confirms_and_lists(cast, said, browser_of):
    address, json = f"/api/v1{URL}{cast.room.pk}/messages/1/", {"content_type": "application/json"}
    assert browser_of(cast.sato).put(f"{address}ask/", {"of": "everybody"}, **json).status_code == 204
    [found] = browser_of(cast.suzuki).get(f"/api/v1{URL}to-confirm/").json()["results"]
    assert (found["message"]["message"], found["message"]["asked_of"]) == (1, "everybody")
    rooms = browser_of(cast.suzuki).get(f"/api/v1{URL}").json()
    assert [one["to_confirm"] for one in rooms if one["id"] == str(cast.room.pk)] == [1]

    assert browser_of(cast.suzuki).put(f"{address}acknowledgement/", **json).status_code == 204

    told = browser_of(cast.sato).get(f"{address}acknowledgements/").json()
    assert told["count"] == {"done": 1, "of": 3}
    assert browser_of(cast.sato).post(f"{address}reminder/").json() == {"people": 2}


def test_many_questions_are_as_many_queries_as_one(cast, said):
    def asked():
        with CaptureQueriesContext(connection) as found:
            queries.asks_on(cast.suzuki, cast.room, list(cast.room.messages.select_related("author")))
            queries.asked_by_room(cast.suzuki)
            queries.ask_list(cast.sato, message(cast))
        return len(found)

    ask(cast)
    asked()
    before = asked()
    for nth in range(3):
        say(cast.room, cast.sato, f"連絡 {nth}")
        actions.ask_to_confirm(message=message(cast, number=nth + 2), of="everybody", by=cast.sato)

    assert asked() == before
    assert len(queries.asked_of_me(cast.suzuki)) == 4

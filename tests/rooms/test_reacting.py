"""Messages are answered in set phrases: counted, seen by everybody who reads the message, and never told as news."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.audit.models import Entry
from apps.kernel.refusals import NotAllowed, NotHere
from apps.notices.models import Notification
from apps.rooms import actions
from apps.rooms.access import message_for
from apps.rooms.models import Message, Reaction, ReactionKind, RoomRole
from apps.rooms.queries import room_row
from apps.rooms.refusals import AlreadyRemoved, RoomArchived
from tests import makers
from tests.saying import say

URL = "/e/sakuragawa-care/rooms/"
THANKS, SEEN = ReactionKind.THANKS, ReactionKind.SEEN


@pytest.fixture
def said(cast):
    """sato has written one message in hana's room."""
    say(cast.room, cast.sato, "血圧 130/80")
    return message_for(cast.sato, cast.room.pk, 1)


def react(cast, said, by="suzuki", kind=THANKS):
    actions.react(message=said, kind=kind, by=cast[by])


def take_back(cast, said, by="suzuki", kind=THANKS):
    actions.take_reaction_back(message=said, kind=kind, by=cast[by])


def address(cast, rest="reaction/"):
    return f"{URL}{cast.room.pk}/messages/1/{rest}"


# -- the deed


def test_a_phrase_stands_once_for_each_person_and_is_taken_back(cast, said):
    react(cast, said)
    react(cast, said)
    react(cast, said, kind=SEEN)
    react(cast, said, by="sato")
    assert Reaction.objects.count() == 3

    take_back(cast, said)

    assert sorted(Reaction.objects.values_list("kind", "member__name")) == [
        ("seen", "鈴木 一郎"),
        ("thanks", "佐藤 花子"),
    ]


def test_each_change_of_it_is_a_change_of_the_room_and_what_changes_nothing_is_none(cast, said):
    for deed in (react, react, take_back, take_back):
        deed(cast, said)

    assert Message.objects.get().change == 2
    assert [one.verb for one in Entry.objects.filter(verb__startswith="rooms.react").order_by("pk")] == [
        "rooms.reacted",
        "rooms.reaction_taken_back",
    ]


def test_its_ledger_entry_says_which_phrase_on_which_message(cast, said):
    react(cast, said)

    entry = Entry.objects.get(verb="rooms.reacted")
    assert (entry.member_id, entry.client_id, entry.detail) == (
        cast.suzuki.pk,
        cast.hana.pk,
        {"number": 1, "kind": "thanks"},
    )


@pytest.mark.parametrize("deed", [react, take_back])
def test_only_people_of_the_room_answer_in_a_phrase(cast, said, deed):
    with pytest.raises(NotHere):
        deed(cast, said, by="takahashi")


@pytest.mark.parametrize("deed", [react, take_back])
def test_nobody_answers_what_was_deleted_or_put_away(cast, said, deed):
    actions.archive_room(room=cast.room, reason="支援の終了", by=cast.sato)
    with pytest.raises(RoomArchived):
        deed(cast, said)
    actions.reopen_room(room=cast.room, by=cast.sato)
    actions.remove_message(message=said, by=cast.sato)
    with pytest.raises(AlreadyRemoved):
        deed(cast, said)


def test_who_reads_by_a_legal_exception_leaves_no_phrase(cast, said):
    makers.make_exception(cast.hana, by=cast.takahashi)

    with pytest.raises(NotAllowed):
        react(cast, said, by="takahashi")
    assert not Reaction.objects.exists()


def test_who_only_reads_announcements_answers_them_in_a_phrase(cast):
    room = actions.open_room(
        kind="announcement", title="お知らせ", purpose="", classification="office_matter", members=[], by=cast.sato
    )
    makers.make_membership(room, cast.takahashi, role=RoomRole.READER)
    say(room, cast.sato, "研修のご案内です。")

    react(cast, message_for(cast.takahashi, room.pk, 1), by="takahashi", kind=SEEN)

    assert Reaction.objects.get().member == cast.takahashi


def test_the_database_keeps_each_phrase_once_and_of_the_set(cast, said):
    row = {"environment": cast.environment, "message": said, "member": cast.suzuki}
    Reaction.objects.create(kind=THANKS, **row)

    for kind in (THANKS, "angry"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Reaction.objects.create(kind=kind, **row)


def test_a_phrase_makes_nothing_unread_and_notifies_nobody(cast, said):
    actions.read_up_to(room=cast.room, number=1, by=cast.suzuki)
    before = Notification.objects.count()

    react(cast, said, by="sato")

    assert room_row(cast.suzuki, cast.room).unread == 0
    assert Notification.objects.count() == before


# -- the pages


def test_the_room_shows_how_often_and_which_are_ones_own(cast, said, browser_of):
    react(cast, said)
    react(cast, said, by="sato")

    mine, theirs = (browser_of(one).get(f"{URL}{cast.room.pk}/").content.decode() for one in (cast.suzuki, cast.tanaka))
    assert 'data-kind="thanks" aria-pressed="true"' in mine
    assert '<span class="reaction-count">2</span>' in mine
    assert "reaction-count" not in theirs


def test_a_phrase_is_said_without_a_script_and_who_said_it_is_listed(cast, said, browser_of):
    browser = browser_of(cast.suzuki)
    answer = browser.post(address(cast), {"kind": "thanks", "state": "on"})
    assert (answer.status_code, answer["Location"]) == (302, f"{URL}{cast.room.pk}/#message-1")

    page = browser_of(cast.sato).get(address(cast, "")).content.decode()
    assert "<dt>ありがとうございます</dt>" in page
    assert "鈴木 一郎" in page

    browser.post(address(cast), {"kind": "thanks", "state": "off"})
    assert not Reaction.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"kind": "angry", "state": "on"}, {"kind": "thanks", "state": "loud"}])
def test_what_is_no_phrase_is_refused(cast, said, browser_of, sent):
    assert browser_of(cast.suzuki).post(address(cast), sent).status_code == 422


def test_of_a_removed_message_no_phrase_is_shown(cast, said, browser_of):
    react(cast, said)
    actions.remove_message(message=said, by=cast.sato)
    browser = browser_of(cast.suzuki)

    assert "reaction-count" not in browser.get(f"{URL}{cast.room.pk}/").content.decode()
    assert browser.get(f"/api/v1{address(cast, '')}").json()["reactions"] == []
    assert browser.get(f"/api/v1{address(cast, 'reactions/')}").json() == []


def test_what_was_before_ones_time_is_not_answered(cast, said):
    newcomer = makers.make_member(cast.hidamari)
    makers.make_membership(cast.room, newcomer, history_from=timezone.now())

    with pytest.raises(NotHere):
        actions.react(message=said, kind=THANKS, by=newcomer)


def test_a_screen_that_was_away_catches_up_with_phrases(cast, said, browser_of):
    react(cast, said)

    answer = browser_of(cast.suzuki).get(f"{URL}{cast.room.pk}/messages/?after=1&changed_after=0")
    assert 'aria-pressed="true"' in answer.content.decode()
    assert answer["X-Carenet-Change"] == "1"


def test_a_program_answers_in_a_phrase_and_lists_who_has(cast, said, browser_of):
    browser, api = browser_of(cast.suzuki), f"/api/v1{address(cast, 'reactions/')}"

    assert browser.put(f"{api}thanks/").status_code == 204
    assert browser.put(f"{api}angry/").status_code == 404
    [told] = browser.get(api).json()
    assert (told["kind"], told["said"], [one["name"] for one in told["people"]]) == (
        "thanks",
        "ありがとうございます",
        ["鈴木 一郎"],
    )
    assert browser.get(f"/api/v1{address(cast, '')}").json()["reactions"] == [{"kind": "thanks", "count": 1}]
    assert browser.delete(f"{api}thanks/").status_code == 204
    assert browser.get(api).json() == []


def test_a_guest_is_not_told_the_names_of_those_they_have_not_met(cast, said, browser_of):
    react(cast, said, by="sato")
    react(cast, said)
    actions.remove(member=cast.sato, room=cast.room, by=cast.suzuki)
    makers.make_seat(cast.hana, cast.matsumoto.organization)
    makers.make_consent(cast.hana, by=cast.sato, organizations=[cast.matsumoto.organization])
    makers.make_membership(cast.room, cast.matsumoto)

    [told] = browser_of(cast.matsumoto).get(f"/api/v1{address(cast, 'reactions/')}").json()
    assert [one["name"] for one in told["people"]] == ["ほかの参加者", "鈴木 一郎"]

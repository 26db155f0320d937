"""Who is called by name in a message: kept when it is written, of those who are in the room, and shown to no one else."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.audit.models import Entry
from apps.clients import actions as clients
from apps.clients.models import Seat
from apps.rooms import actions, queries
from apps.rooms.access import message_for, room_for
from apps.rooms.models import Mention, Mentioned, Message, RoomMembership, RoomRole, TalkRoom, WaitingMessage
from tests import makers
from tests.saying import say

URL = "/e/sakuragawa-care/rooms/"
API = f"/api/v1{URL}"


@pytest.fixture
def theme(cast):
    """A theme room of sato, suzuki, takahashi and the guest matsumoto."""
    return makers.make_room(members=[cast.sato, cast.suzuki, cast.takahashi, cast.matsumoto], title="床ずれ予防")


def called(room, by, body):
    """Who is called by it, and by which words."""
    number = say(room, by, body).number
    people = Mentioned.objects.filter(room=room, number=number).values_list("member__name", flat=True)
    return sorted(people), list(Mention.objects.filter(message__number=number).values_list("words", flat=True))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("@鈴木 一郎 確認をお願いします", "@鈴木 一郎"),
        ("@鈴木一郎さん、確認を", "@鈴木一郎"),
        ("＠鈴木　一郎様", "＠鈴木　一郎"),
        ("至急です@鈴木さん", "@鈴木"),
    ],
)
def test_a_person_is_called_by_name_however_it_is_typed(cast, theme, body, words):
    assert called(theme, cast.sato, body) == (["鈴木 一郎"], [words])


@pytest.mark.parametrize(
    "body",
    ["@田中さん", "@鈴木田さん", "@森 健さん", "sato@鈴木", "鈴木さん", "@", "@佐藤 花子"],
)
def test_what_calls_nobody_of_the_room_is_plain_text(cast, theme, body):
    assert called(theme, cast.sato, body) == ([], [])


def test_a_guest_calls_by_name_whom_they_have_met_and_nobody_of_other_rooms(cast, theme):
    offered = [str(one.label) for one in queries.callable_in(cast.matsumoto, theme)]

    assert cast.suzuki.name in offered
    assert cast.tanaka.name not in offered
    assert called(theme, cast.matsumoto, f"@{cast.suzuki.name} ありがとうございます")[0] == [cast.suzuki.name]
    assert called(theme, cast.matsumoto, f"@{cast.tanaka.name} ありがとうございます") == ([], [])


def test_an_organization_and_everyone_mean_those_who_are_in_the_room(cast, theme):
    makers.make_membership(theme, makers.make_member(cast.aozora, name="岸 真理"))

    assert called(theme, cast.sato, "@あおぞら訪問看護ステーション の方へ") == (
        ["岸 真理", "鈴木 一郎"],
        ["@あおぞら訪問看護ステーション"],
    )
    assert called(theme, cast.sato, "@全員 お知らせ")[0] == ["岸 真理", "松本 翔", "鈴木 一郎", "髙𣘺 みどり"]
    assert called(theme, cast.sato, "@everyone hello")[1] == ["@everyone"]


def test_a_role_means_who_supports_the_client_as_that(cast):
    makers.make_team_member(Seat.objects.get(client=cast.hana, organization=cast.aozora), cast.suzuki, "visiting_nurse")

    assert called(cast.room, cast.sato, "@訪問看護師 本日の様子を教えてください") == (["鈴木 一郎"], ["@訪問看護師"])


def test_two_of_one_name_are_told_apart_by_their_organization_or_not_at_all(cast, theme):
    makers.make_membership(theme, makers.make_member(cast.hidamari, name="鈴木 一郎"))

    assert called(theme, cast.sato, "@鈴木 一郎さん") == ([], [])
    other = called(theme, cast.sato, "@鈴木 一郎（ひだまりケアプラン）さん")
    assert other == (["鈴木 一郎"], ["@鈴木 一郎（ひだまりケアプラン）"])


def test_a_name_that_is_too_long_to_be_kept_calls_nobody_and_the_message_is_sent(cast, theme):
    office = makers.make_organization(cast.environment, "あ" * 119)
    long = "い" * 80
    for body in (office, cast.aozora):
        makers.make_membership(theme, makers.make_member(body, name=long))

    assert called(theme, cast.sato, f"@{long}（{office.name}） 確認を") == ([], [])
    assert len(called(theme, cast.sato, f"@{long}（{cast.aozora.name}） 確認を")[0]) == 1


def test_who_comes_later_was_not_called(cast, theme):
    say(theme, cast.sato, "@全員 明日は休みです")

    makers.make_membership(theme, cast.tanaka, history_from=None)

    assert not queries.mentions_shown(cast.tanaka)
    assert len(queries.mentions_shown(cast.suzuki)) == 1


def test_where_names_are_withheld_only_everyone_is_called(cast):
    clients.protect_client(client=cast.hana, by=cast.tanaka)
    room = room_for(cast.sato, cast.room.pk)

    assert [one.kind for one in queries.callable_in(cast.sato, room)] == ["everyone"]
    assert called(room, cast.sato, "@鈴木 一郎 @全員") == (["鈴木 一郎"], ["@全員"])


def test_who_only_reads_announcements_is_offered_to_nobody_by_name(cast):
    room = makers.make_room(members=[cast.sato, cast.suzuki, cast.tanaka], title="お知らせ")
    TalkRoom.objects.filter(pk=room.pk).update(kind="announcement")
    room.refresh_from_db()
    RoomMembership.objects.filter(room=room, member=cast.suzuki).update(role=RoomRole.READER)

    labels = {str(one.label) for one in queries.callable_in(cast.sato, room)}

    assert "田中 茂" in labels
    assert not {"鈴木 一郎", "あおぞら訪問看護ステーション"} & labels
    assert "鈴木 一郎" in called(room, cast.sato, "@全員")[0]


def test_it_is_decided_when_the_message_goes_out(cast, theme):
    waiting = actions.hold(room=theme, body="@鈴木 一郎 @松本 翔", client_key=uuid4(), by=cast.sato)
    assert not Mention.objects.exists()
    actions.remove(room=theme, member=cast.suzuki, by=cast.suzuki)

    actions.send_now(waiting=waiting, by=cast.sato)

    assert list(Mentioned.objects.values_list("member__name", flat=True)) == ["松本 翔"]
    assert not WaitingMessage.objects.exists()


def test_an_edit_calls_anew_and_a_removed_message_nobody(cast, theme):
    say(theme, cast.sato, "@鈴木 一郎 確認を")

    actions.edit(message=message_for(cast.sato, theme.pk, 1), body="@松本 翔 確認を", by=cast.sato)
    assert (len(queries.mentions_shown(cast.suzuki)), len(queries.mentions_shown(cast.matsumoto))) == (0, 1)

    actions.remove_message(message=message_for(cast.sato, theme.pk, 1), by=cast.sato)
    assert not queries.mentions_shown(cast.matsumoto)
    assert not Mention.objects.exists()


def test_ones_list_ends_with_what_one_may_read(cast, theme):
    for body in ("@鈴木 一郎 一つ目", "@鈴木 一郎 二つ目"):
        say(theme, cast.sato, body)
    shown = [one.message.number for one in queries.mentions_shown(cast.suzuki)]
    times = RoomMembership.objects.filter(room=theme, member=cast.suzuki)

    times.update(history_from=Message.objects.get(room=theme, number=2).posted_at)
    later = [one.message.number for one in queries.mentions_shown(cast.suzuki)]
    actions.remove(room=theme, member=cast.suzuki, by=cast.suzuki)

    assert (shown, later) == ([2, 1], [2])
    assert not queries.mentions_shown(cast.suzuki)


def test_the_room_list_counts_unread_messages_that_call_one(cast, theme, browser_of):
    say(theme, cast.sato, "@鈴木 一郎 一つ目")
    say(theme, cast.sato, "@松本 翔 二つ目")

    def counted():
        return {one["id"]: one["mentions"] for one in browser_of(cast.suzuki).get(API).json()}[str(theme.pk)]

    assert (counted(), queries.mentions_by_room(cast.suzuki)) == (1, {theme.pk: 1})
    assert "自分宛ての未読メッセージ" in browser_of(cast.suzuki).get(URL).content.decode()
    actions.read_up_to(room=theme, number=1, by=cast.suzuki)

    assert counted() == 0
    assert len(queries.mentions_shown(cast.suzuki)) == 1


def test_the_page_says_to_whom_a_message_calls_and_lists_it(cast, theme, browser_of):
    say(theme, cast.sato, "**至急** @鈴木 一郎 <b>")

    mine = browser_of(cast.suzuki).get(f"{URL}{theme.pk}/").content.decode()
    others = browser_of(cast.takahashi).get(f"{URL}{theme.pk}/").content.decode()

    assert '<strong>至急</strong> <span class="mention">@鈴木 一郎</span> &lt;b&gt;' in mine
    assert "data-mentions-me" in mine
    assert '<span class="mention">' in others
    assert "data-mentions-me" not in others
    assert "至急" in browser_of(cast.suzuki).get(f"{URL}mentions/").content.decode()
    assert "至急" not in browser_of(cast.takahashi).get(f"{URL}mentions/").content.decode()


def test_the_choices_hold_who_is_there_and_a_program_gets_them_too(cast, theme, browser_of):
    page = browser_of(cast.sato).get(f"{URL}{theme.pk}/mentionable/").content.decode()
    told = browser_of(cast.sato).get(f"{API}{theme.pk}/mentionable/").json()

    assert "鈴木 一郎" in page
    assert "佐藤 花子" not in page
    assert "田中 茂" not in page
    assert {"kind": "everyone", "name": "全員", "kana": "", "note": "", "people": 3} in told
    assert [one["kind"] for one in told].count("person") == 3


def test_a_program_is_told_who_is_called_and_whether_it_is(cast, theme, browser_of):
    say(theme, cast.sato, "お願い @鈴木 一郎")
    address = f"{API}{theme.pk}/messages/1/"

    mine, others = (browser_of(cast[name]).get(address).json() for name in ("suzuki", "takahashi"))

    assert mine["mentions"] == [{"kind": "person", "words": "@鈴木 一郎", "begins": 4}]
    assert (mine["mentions_me"], others["mentions_me"]) == (True, False)
    assert [one["message"] for one in browser_of(cast.suzuki).get(f"{API}mentions/").json()["results"]] == [1]


def test_the_ledger_says_how_many_were_called_and_names_nobody(cast, theme):
    say(theme, cast.sato, "@全員")

    assert Entry.objects.get(verb="rooms.mentioned").detail == {"number": 1, "people": 3}


def test_a_message_sent_again_calls_once(cast, theme):
    key = uuid4()
    for _ in range(2):
        actions.post(room=theme, body="@鈴木 一郎", client_key=key, by=cast.sato)

    assert Mention.objects.count() == Mentioned.objects.count() == 1


def test_a_page_of_calls_takes_as_many_questions_as_one(cast, theme, browser_of):
    def questions():
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(f"{URL}{theme.pk}/messages/?after=0").status_code == 200
        return len([one for one in captured if "rooms_mention" in one["sql"]])

    browser = browser_of(cast.suzuki)
    say(theme, cast.sato, "本日訪問しました。")
    assert questions() == 0
    say(theme, cast.sato, "@鈴木 一郎")
    few = questions()
    for _ in range(5):
        say(theme, cast.sato, "@全員 @松本 翔")

    assert questions() == few == 2


def test_without_the_verb_a_call_is_of_a_message_and_means_what_its_kind_says(cast, theme):
    say(theme, cast.sato, "@鈴木 一郎")
    told = {"environment": cast.environment, "message": Message.objects.get(room=theme), "begins": 9, "words": "@x"}

    with pytest.raises(IntegrityError, match="a_mention_means_what_its_kind_says"), transaction.atomic():
        Mention.objects.create(kind="person", organization=cast.aozora, **told)
    with pytest.raises(IntegrityError, match="a_message_calls_a_person_once"), transaction.atomic():
        Mentioned.objects.create(environment=cast.environment, room=theme, number=1, member=cast.suzuki)
    with pytest.raises(IntegrityError, match="a_person_is_called_by_a_message_that_is_there"), transaction.atomic():
        Mentioned.objects.create(environment=cast.environment, room=theme, number=7, member=cast.suzuki)


def test_scheduled_words_call_whoever_is_there_when_they_are_due(cast, theme):
    actions.schedule(
        room=theme, body="@鈴木", client_key=uuid4(), send_at=timezone.now() + timedelta(days=1), by=cast.sato
    )
    WaitingMessage.objects.update(due_at=timezone.now() - timedelta(seconds=1))

    actions.send_due(author_id=cast.sato.pk, environment_id=cast.environment.pk)

    assert list(Mentioned.objects.values_list("member__name", flat=True)) == ["鈴木 一郎"]

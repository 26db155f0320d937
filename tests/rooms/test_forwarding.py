"""A message is said again in another room, after a look at who is there; never from one client's room into another's."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from apps.audit.models import Entry
from apps.clients import actions as clients
from apps.kernel.refusals import NotAllowed, NotHere
from apps.rooms import actions, queries
from apps.rooms.access import can_forward, message_for
from apps.rooms.models import Message, RoomKind
from apps.rooms.refusals import (
    AlreadyRemoved,
    AnotherClientsRoom,
    LeavesClient,
    LeavesProtected,
    ReadersOnly,
    RoomArchived,
    SameRoom,
)
from tests import makers
from tests.saying import forward, said_in, say

URL = "/e/sakuragawa-care/rooms/"
API = "/api/v1/e/sakuragawa-care/rooms/"
WORDS = "明日の会議は15時からです。"


@pytest.fixture
def theme(cast):
    """A theme room of sato and takahashi, with matsumoto, a guest, whom sato meets there."""
    return makers.make_room(members=[cast.sato, cast.takahashi, cast.matsumoto], title="勉強会")


@pytest.fixture
def office(cast):
    """Another theme room, of sato and suzuki: what is said here is about nobody."""
    room = makers.make_room(members=[cast.sato, cast.suzuki], title="事務連絡")
    say(room, cast.suzuki, WORDS)
    return room


def test_it_stands_in_the_other_room_with_its_day_and_both_rooms_have_an_entry(cast, office):
    client_room = cast.room

    number = forward(cast, office, client_room).number

    (text,) = said_in(client_room)
    assert text.endswith(f"\n\n{WORDS}")
    assert str(timezone.localtime().year) in text.splitlines()[0]
    assert str(office.pk) not in text
    assert office.title not in text
    entries = Entry.objects.filter(verb="rooms.message_forwarded").order_by("pk")
    assert [(one.subject_id, one.client_id, one.detail) for one in entries] == [
        (str(office.pk), None, {"number": 1}),
        (str(client_room.pk), cast.hana.pk, {"number": number}),
    ]


def test_the_same_press_twice_forwards_once(cast, office):
    key = uuid4()

    first, again = forward(cast, office, cast.room, key=key), forward(cast, office, cast.room, key=key)

    assert first.number == again.number
    assert len(said_in(cast.room)) == 1
    assert Entry.objects.filter(verb="rooms.message_forwarded").count() == 2


def test_the_author_is_named_where_everybody_there_may_know_them(cast, office, theme):
    forward(cast, office, cast.room)
    assert "鈴木 一郎" in said_in(cast.room)[0]

    forward(cast, office, theme)

    assert "鈴木" not in said_in(theme)[0]


def test_a_guest_who_has_met_the_author_may_read_the_name(cast, office, theme):
    makers.make_room(members=[cast.suzuki, cast.matsumoto], title="顔合わせ")

    forward(cast, office, theme)

    assert "鈴木 一郎" in said_in(theme)[0]


@pytest.mark.parametrize("whose", ["guest", "protected"])
def test_a_guests_name_is_left_out_and_every_name_beside_a_protected_client(cast, office, theme, whose):
    if whose == "guest":
        say(theme, cast.matsumoto, WORDS)
        forward(cast, theme, office)
        assert "松本" not in said_in(office)[-1]
    else:
        clients.protect_client(client=cast.hana, by=cast.tanaka)
        forward(cast, office, cast.room)
        assert "鈴木" not in said_in(cast.room)[-1]


def test_who_is_new_is_listed_by_organization_with_guests_said(cast, office, theme):
    told = queries.new_readers(cast.sato, message_for(cast.sato, office.pk, 1), theme)

    assert {body.name: [(one.shown.name, one.is_guest) for one in body.people] for body in told} == {
        "みどりホームヘルプ": [("髙𣘺 みどり", False)],
        "となり福祉用具": [("松本 翔", True)],
    }
    assert queries.new_readers(cast.sato, message_for(cast.sato, office.pk, 1), cast.room) == []


def test_a_guest_is_told_how_many_and_no_name_that_is_not_theirs_to_know(cast, office):
    # Of the announcements everybody reads; whoever only reads was met by nobody.
    board = makers.make_room(members=[cast.sato, cast.matsumoto], title="お知らせ")
    board.kind = RoomKind.ANNOUNCEMENT
    board.save(update_fields=["kind"])
    makers.make_membership(board, cast.takahashi, role="reader")
    makers.make_membership(office, cast.matsumoto)

    told = queries.new_readers(cast.matsumoto, message_for(cast.matsumoto, office.pk, 1), board)

    assert [(body.people, body.unnamed) for body in told] == [([], 1)]
    assert "髙" not in str(told)


def test_what_is_about_a_client_stays_unless_one_is_sure(cast, office):
    say(cast.room, cast.suzuki, "本日訪問しました。")
    before = said_in(office)

    with pytest.raises(LeavesClient):
        forward(cast, cast.room, office)
    assert said_in(office) == before

    forward(cast, cast.room, office, is_sure=True)
    assert "本日訪問しました。" in said_in(office)[-1]


def test_it_goes_to_another_room_of_the_same_client_unasked_and_never_to_another_clients(cast):
    say(cast.room, cast.sato)
    other = makers.make_client(cast.environment, seats=[cast.hidamari], name="遠藤 トメ", kana="えんどう とめ")
    makers.make_consent(other, by=cast.sato)
    of_other = makers.make_room(members=[cast.sato], client=other, title="")
    of_hana = makers.make_room(members=[cast.sato, cast.suzuki], client=cast.hana, title="日報")

    assert forward(cast, cast.room, of_hana).fresh
    with pytest.raises(AnotherClientsRoom):
        forward(cast, cast.room, of_other, is_sure=True)
    # Nor by the verb alone.
    with pytest.raises(AnotherClientsRoom):
        actions.forward(
            message=message_for(cast.sato, cast.room.pk, 1), room=of_other, client_key=uuid4(), by=cast.sato
        )
    offered = queries.rooms_for_forwarding(cast.sato, message_for(cast.sato, cast.room.pk, 1))
    assert [room.pk for room in offered] == [of_hana.pk]


def test_the_text_passes_the_guard_against_the_wrong_room(cast, office, browser_of):
    other = makers.make_client(cast.environment, seats=[cast.hidamari], name="遠藤 トメ", kana="えんどう とめ")
    makers.make_consent(other, by=cast.sato)
    say(office, cast.suzuki, "遠藤様の入浴は午後に変わりました。")
    browser, address = browser_of(cast.sato), f"{URL}{office.pk}/messages/2/forward/"
    sending = {"room": str(cast.room.pk), "change": "0", "send": "1"}

    checked = browser.post(address, {"room": str(cast.room.pk)})
    assert "遠藤 トメ" in checked.content.decode()
    assert 'name="is_sure"' in checked.content.decode()
    assert browser.post(address, sending).status_code == 422
    assert said_in(cast.room) == []
    assert Entry.objects.filter(verb="rooms.doubted").count() == 1

    assert browser.post(address, {**sending, "is_sure": "1"}).status_code == 302
    assert len(said_in(cast.room)) == 1
    assert Entry.objects.filter(verb="rooms.doubt_overruled").count() == 1


def test_nothing_leaves_the_room_of_a_protected_client(cast, office):
    say(cast.room, cast.sato)
    assert can_forward(cast.sato, message_for(cast.sato, cast.room.pk, 1))

    clients.protect_client(client=cast.hana, by=cast.tanaka)

    assert not can_forward(cast.sato, message_for(cast.sato, cast.room.pk, 1))
    with pytest.raises(LeavesProtected):
        forward(cast, cast.room, office, is_sure=True)


def test_who_reads_by_an_exception_forwards_nothing(cast):
    say(cast.room, cast.sato)
    own = makers.make_room(members=[cast.takahashi, cast.sato], title="勉強会")
    assert forward(cast, cast.room, own, is_sure=True).fresh
    makers.make_exception(cast.hana, by=cast.takahashi)

    assert not can_forward(cast.takahashi, message_for(cast.takahashi, cast.room.pk, 1))
    with pytest.raises(NotAllowed):
        forward(cast, cast.room, own, by="takahashi", is_sure=True)


def test_what_lies_before_ones_time_or_was_removed_is_not_forwarded(cast, office, theme):
    makers.make_membership(office, cast.takahashi, history_from=timezone.now())
    say(office, cast.suzuki, "これは読めます。")

    with pytest.raises(NotHere):
        forward(cast, office, theme, by="takahashi", number=1)
    assert forward(cast, office, theme, by="takahashi", number=2).fresh

    actions.remove_message(message=message_for(cast.suzuki, office.pk, 2), by=cast.suzuki)
    with pytest.raises(AlreadyRemoved):
        forward(cast, office, theme, number=2)


def test_only_another_room_in_which_one_writes_takes_it(cast, office, theme):
    board = makers.make_room(members=[cast.takahashi], title="お知らせ")
    board.kind = RoomKind.ANNOUNCEMENT
    board.save(update_fields=["kind"])
    makers.make_membership(board, cast.sato, role="reader")
    alien = makers.make_room(members=[cast.takahashi], title="別の部屋")
    old = makers.make_room(members=[cast.sato], title="終わった部屋")
    actions.archive_room(room=old, reason="終了", by=cast.sato)
    old.refresh_from_db()

    for room, refusal in ((office, SameRoom), (board, ReadersOnly), (alien, NotHere), (old, RoomArchived)):
        with pytest.raises(refusal):
            forward(cast, office, room)
    message = message_for(cast.sato, office.pk, 1)
    assert {room.pk for room in queries.rooms_for_forwarding(cast.sato, message)} == {cast.room.pk, theme.pk}
    assert [room.pk for room in queries.rooms_for_forwarding(cast.sato, message, "勉強")] == [theme.pk]
    assert [room.pk for room in queries.rooms_for_forwarding(cast.sato, message, "ささき")] == [cast.room.pk]


def test_a_remark_of_ones_own_stands_above_and_passes_the_guard_too(cast, office, browser_of):
    other = makers.make_client(cast.environment, seats=[cast.hidamari], name="遠藤 トメ", kana="えんどう とめ")
    makers.make_consent(other, by=cast.sato)
    browser, address = browser_of(cast.sato), f"{URL}{office.pk}/messages/1/forward/"
    sending = {"room": str(cast.room.pk), "change": "0", "send": "1"}

    asked = browser.post(address, {**sending, "remark": "遠藤様の件です。"})
    assert asked.status_code == 422
    assert "遠藤様の件です。</textarea>" in asked.content.decode()
    assert "遠藤 トメ" in asked.content.decode()
    assert browser.post(address, {**sending, "remark": "あ" * 1_001}).status_code == 422
    assert said_in(cast.room) == []

    assert browser.post(address, {**sending, "remark": "ご確認ください。"}).status_code == 302
    (text,) = said_in(cast.room)
    assert text.startswith("ご確認ください。\n\n")
    assert text.endswith(f"\n\n{WORDS}")


def test_where_it_came_from_is_told_only_to_whoever_reads_it_there(cast, office, theme, browser_of):
    makers.make_membership(theme, cast.suzuki)
    makers.make_membership(office, cast.matsumoto, history_from=timezone.now())
    number = forward(cast, office, theme).number
    address, source = f"{URL}{theme.pk}/messages/{number}/", f"{URL}{office.pk}/messages/1/"

    for person, is_told in ((cast.sato, True), (cast.suzuki, True), (cast.takahashi, False), (cast.matsumoto, False)):
        page = browser_of(person).get(address)
        assert page.status_code == 200
        assert (source in page.content.decode()) is is_told
        told = browser_of(person).get(f"{API}{theme.pk}/messages/{number}/").json()["forwards"]
        assert told == ({"room": str(office.pk), "message": 1} if is_told else None)


def test_what_is_still_to_be_sent_is_no_message_to_forward(cast, office, theme):
    later = timezone.now() + timedelta(hours=3)
    actions.schedule(room=office, body="あとで", client_key=uuid4(), send_at=later, by=cast.sato)
    last = Message.objects.filter(room=office).latest("number").number

    assert forward(cast, office, theme, number=last).fresh
    with pytest.raises(NotHere):
        forward(cast, office, theme, number=last + 1)


def test_who_reads_there_and_not_the_client_is_marked(cast, theme):
    say(cast.room, cast.suzuki)
    makers.make_membership(theme, cast.suzuki)
    makers.make_membership(theme, cast.tanaka)

    told = queries.new_readers(cast.sato, message_for(cast.sato, cast.room.pk, 1), theme)

    marked = {one.shown.id: one.is_stranger for body in told for one in body.people}
    assert marked[cast.takahashi.pk]
    assert marked[cast.matsumoto.pk]
    assert not marked.get(cast.tanaka.pk, False)


def test_the_pages_lead_from_the_message_to_the_other_room_without_a_script(cast, office, theme, browser_of):
    browser, base = browser_of(cast.sato), f"{URL}{office.pk}/messages/1/"
    address = f"{base}forward/"
    assert address in browser.get(base).content.decode()

    assert "勉強会" in browser.get(address).content.decode()
    assert "勉強会" not in browser.post(address, {"q": "ささき"}).content.decode()
    checked = browser.post(address, {"room": str(theme.pk)}).content.decode()
    assert WORDS in checked
    assert "松本 翔" in checked
    assert said_in(theme) == []
    sent = browser.post(address, {"room": str(theme.pk), "change": "0", "send": "1"})

    assert sent["Location"] == f"{URL}{theme.pk}/"
    assert WORDS in said_in(theme)[0]


def test_a_text_that_changed_meanwhile_is_shown_again(cast, office, theme, browser_of):
    actions.edit(message=message_for(cast.suzuki, office.pk, 1), body="会議は中止です。", by=cast.suzuki)
    sending = {"room": str(theme.pk), "change": "0", "send": "1"}
    browser, address = browser_of(cast.sato), f"{URL}{office.pk}/messages/1/forward/"

    again = browser.post(address, sending)

    assert again.status_code == 422
    assert "会議は中止です。" in again.content.decode()
    assert said_in(theme) == []
    now = Message.objects.get(room=office).change
    assert browser.post(address, {**sending, "change": now}).status_code == 302


def test_a_program_forwards_with_the_same_refusals(cast, office, theme, browser_of):
    say(cast.room, cast.suzuki)
    browser = browser_of(cast.sato)

    def post(source, room, **sent):
        address = f"{API}{source.pk}/messages/1/forward/"
        return browser.post(address, {"room": str(room.pk), **sent}, content_type="application/json")

    key = str(uuid4())
    assert [post(office, theme, client_key=key).status_code for _ in range(2)] == [201, 200]
    assert post(office, office).json()["code"] == "same_room"
    asked = post(cast.room, theme)
    assert (asked.status_code, asked.json()["code"]) == (409, "leaves_client")
    assert post(cast.room, theme, is_sure=True).status_code == 201
    assert len(said_in(theme)) == 2

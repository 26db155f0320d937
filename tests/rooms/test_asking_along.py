"""A confirmation asked for with the message: whichever way it goes out, the question goes with it, once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from apps.audit.models import Entry
from apps.rooms import actions, queries
from apps.rooms.access import message_for
from apps.rooms.models import Ask, AskedOf, Message, RoomKind, WaitingMessage
from apps.rooms.refusals import ReadersOnly, RoomArchived
from tests import makers
from tests.saying import make_waiting, say

URL = "/e/sakuragawa-care/rooms/"
BODY = "担当者会議は水曜の15時です。"


def post(cast, **more):
    told = {"room": cast.room, "body": BODY, "client_key": uuid4(), "asked_of": "organizations", "by": cast.sato}
    return actions.post(**{**told, **more})


def asked():
    """Of every message whose confirmation is asked for, and whether there is the question that the list goes by."""
    return [(one.asked_of, Ask.objects.filter(message=one).exists()) for one in Message.objects.order_by("pk")]


def waits_for(member):
    return [one.message.number for one in queries.asked_of_me(member)]


def send_due(cast):
    WaitingMessage.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    return actions.send_due(author_id=cast.sato.pk, environment_id=cast.environment.pk)


@pytest.mark.parametrize("of", ["", "organizations", "everybody"])
def test_a_message_asks_whom_its_author_says(cast, of):
    post(cast, asked_of=of)

    assert asked() == [(of, of != "")]
    assert waits_for(cast.suzuki) == ([1] if of else [])
    entries = Entry.objects.filter(verb="rooms.confirmation_asked")
    assert [(one.member_id, one.client_id, one.detail) for one in entries] == (
        [(cast.sato.pk, cast.hana.pk, {"number": 1, "of": of})] if of else []
    )


def test_sent_again_under_its_key_it_is_asked_once(cast):
    key = uuid4()
    first, again = post(cast, client_key=key), post(cast, client_key=key)

    assert (first.number, again.number, again.fresh) == (1, 1, False)
    assert Ask.objects.count() == Entry.objects.filter(verb="rooms.confirmation_asked").count() == 1


def test_what_was_stored_without_the_question_is_not_asked_by_sending_it_again(cast):
    key = uuid4()
    post(cast, client_key=key, asked_of="")
    post(cast, client_key=key)

    assert asked() == [("", False)]


def test_asked_along_it_is_not_asked_afterwards(cast):
    post(cast)
    actions.ask_to_confirm(message=message_for(cast.sato, cast.room.pk, 1), of="everybody", by=cast.sato)

    assert asked() == [("organizations", True)]


def test_who_may_not_write_asks_nothing_either(cast):
    told = {"title": "お知らせ", "purpose": "", "classification": "office_matter"}
    room = actions.open_room(kind=RoomKind.ANNOUNCEMENT, members=[cast.sato], by=cast.ito, **told)
    with pytest.raises(ReadersOnly):
        post(cast, room=room)
    actions.archive_room(room=cast.room, reason="支援の終了", by=cast.suzuki)
    with pytest.raises(RoomArchived):
        post(cast)

    assert not Ask.objects.exists()


def test_the_database_knows_no_question_without_its_message_and_no_message_without_its_question(cast):
    say(cast.room, cast.sato)
    message = Message.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.update(asked_of="everybody")
        check_now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Ask.objects.create(environment=cast.environment, message=message, asked_by=cast.sato)
        check_now()

    actions.ask_to_confirm(message=message_for(cast.sato, cast.room.pk, 1), of="everybody", by=cast.sato)
    check_now()
    assert asked() == [("everybody", True)]


def check_now():
    """What is asked at the end of a transaction is asked now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


# -- held and for later


def test_what_is_held_asks_when_it_goes_out_and_not_before(cast):
    waiting = actions.hold(room=cast.room, body=BODY, client_key=uuid4(), asked_of="organizations", by=cast.sato)
    assert (waiting.asked_of, Ask.objects.exists(), waits_for(cast.suzuki)) == ("organizations", False, [])

    assert send_due(cast) == 1

    assert asked() == [("organizations", True)]
    assert waits_for(cast.suzuki) == [1]


def test_whoever_is_in_the_room_when_it_goes_out_is_asked(cast):
    actions.hold(room=cast.room, body=BODY, client_key=uuid4(), asked_of="everybody", by=cast.sato)
    makers.make_membership(cast.room, cast.tanaka)

    send_due(cast)

    assert waits_for(cast.tanaka) == [1]


def test_what_is_taken_back_takes_its_question_along(cast, browser_of):
    browser, json = browser_of(cast.sato), {"Accept": "application/json"}
    send = {"body": BODY, "hold": "1", "asked_of": "organizations"}
    told = browser.post(f"{URL}{cast.room.pk}/messages/", send, headers=json).json()
    assert "確認のお願いつき" in told["html"]

    answer = browser.post(f"{URL}waiting/{told['waiting']}/removal/", headers=json).json()

    assert (answer["body"], answer["asked_of"]) == (BODY, "organizations")
    assert send_due(cast) == 0
    assert not Ask.objects.exists()


def test_without_a_script_what_is_taken_back_is_ticked_again(cast, browser_of):
    browser = browser_of(cast.sato)
    for of, ticked in (("organizations", True), ("", False)):
        browser.post(f"{URL}{cast.room.pk}/messages/", {"body": BODY, "hold": "1", "asked_of": of})
        page = browser.post(f"{URL}waiting/{WaitingMessage.objects.get().pk}/removal/").content.decode()
        assert is_ticked(page) is ticked


def is_ticked(page: str) -> bool:
    box = page.split('name="asked_of"', 1)[1].split(">", 1)[0]
    return " checked" in box


def test_a_message_for_later_asks_when_it_is_due_and_the_question_can_be_changed(cast, browser_of):
    browser = browser_of(cast.sato)
    later = f"{URL}{cast.room.pk}/waiting/"
    at = timezone.localtime(timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    page = browser.post(later, {"body": BODY, "asked_of": "organizations", "prepare": "1"}).content.decode()
    assert '<option value="organizations" selected>' in page
    browser.post(later, {"body": BODY, "asked_of": "organizations", "send_at": at})
    waiting = WaitingMessage.objects.get()
    assert "確認のお願いつき" in browser.get(f"{URL}waiting/").content.decode()

    one = f"{URL}waiting/{waiting.pk}/"
    assert '<option value="organizations" selected>' in browser.get(one).content.decode()
    browser.post(one, {"body": BODY, "asked_of": "everybody", "send_at": at})
    send_due(cast)

    assert asked() == [("everybody", True)]


def test_a_question_of_what_waits_is_one_of_the_two(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_waiting(cast.room, cast.sato, asked_of="nobody")
    assert make_waiting(cast.room, cast.sato, asked_of="everybody").asked_of == AskedOf.EVERYBODY


# -- the composer


def test_it_is_ticked_in_the_composer_and_sent_without_a_script(cast, browser_of):
    browser = browser_of(cast.sato)
    room = f"{URL}{cast.room.pk}/"
    page = browser.get(room).content.decode()
    assert 'name="asked_of" value="organizations"' in page
    assert not is_ticked(page)

    for of in ("", "organizations"):
        browser.post(f"{room}messages/", {"body": BODY, "asked_of": of})

    assert asked() == [("", False), ("organizations", True)]


def test_what_is_refused_keeps_the_tick(cast, browser_of):
    sent = {"body": "番号は123456789018です", "asked_of": "organizations"}
    answer = browser_of(cast.sato).post(f"{URL}{cast.room.pk}/messages/", sent)

    assert answer.status_code == 422
    assert is_ticked(answer.content.decode())


def test_a_stamp_asks_for_nothing(cast, browser_of):
    sent = {"body": BODY, "stamp": "［承知しました］", "asked_of": "organizations"}
    browser_of(cast.sato).post(f"{URL}{cast.room.pk}/messages/", sent)

    assert asked() == [("", False)]


def test_among_people_of_one_organization_everybody_is_asked_and_alone_nobody(cast, browser_of):
    colleague = makers.make_member(cast.sato.organization, name="北 一", kana="きた はじめ")
    both = makers.make_room(members=[cast.sato, colleague], title="申し送り")
    alone = makers.make_room(members=[cast.sato], title="覚え書き")
    browser = browser_of(cast.sato)

    assert 'name="asked_of" value="everybody"' in browser.get(f"{URL}{both.pk}/").content.decode()
    assert 'name="asked_of"' not in browser.get(f"{URL}{alone.pk}/").content.decode()


# -- for programs


def test_a_program_asks_along_at_once_held_and_for_later(cast, browser_of):
    browser, address = browser_of(cast.sato), f"/api/v1{URL}"

    def send(**more):
        sent = {"body": BODY, "client_key": str(uuid4()), **more}
        return browser.post(f"{address}{cast.room.pk}/messages/", sent, content_type="application/json")

    tomorrow = (timezone.now() + timedelta(days=1)).isoformat()
    assert send(asked_of="nobody").status_code == 400
    assert [send(asked_of=of).status_code for of in ("everybody", "")] == [201, 201]
    held, later = send(asked_of="organizations", hold=True), send(asked_of="organizations", send_at=tomorrow)
    assert [one["asked_of"] for one in browser.get(f"{address}waiting/").json()] == ["organizations"] * 2
    one = f"{address}waiting/{later.json()['id']}/"
    json = {"content_type": "application/json"}
    assert browser.put(one, {"body": BODY, "send_at": tomorrow}, **json).json()["asked_of"] == "organizations"
    assert browser.put(one, {"body": BODY, "send_at": tomorrow, "asked_of": ""}, **json).json()["asked_of"] == ""
    for waiting in (held, later):
        browser.post(f"{address}waiting/{waiting.json()['id']}/sending/")

    assert asked() == [("everybody", True), ("", False), ("organizations", True), ("", False)]

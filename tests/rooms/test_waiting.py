"""A message that waits: nobody has it but its author, it goes out once when it is due, and what is taken back never does."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from apps.audit.models import Entry
from apps.kernel.refusals import IndividualNumber, NotHere
from apps.rooms import actions
from apps.rooms.models import Message, WaitingMessage, WritingHabits
from apps.rooms.refusals import AlreadySent, NothingWritten, RoomArchived, TooLate
from apps.rooms.tasks import send_waiting
from tests.saying import make_waiting

URL = "/e/sakuragawa-care/rooms/"
BODY = "本日訪問しました。"


def hold(cast, by="sato", **more):
    return actions.hold(**{"room": cast.room, "body": BODY, "client_key": uuid4(), "by": cast[by], **more})


def due(cast, waiting, by="sato"):
    """The moment has come."""
    WaitingMessage.objects.filter(pk=waiting.pk).update(due_at=timezone.now() - timedelta(seconds=1))
    return actions.send_due(author_id=cast[by].pk, environment_id=cast.environment.pk)


def tomorrow():
    return timezone.now() + timedelta(days=1)


# -- held


def test_what_is_held_is_no_message_and_nobody_reads_it_but_its_author(cast, browser_of):
    hold(cast)

    assert not Message.objects.exists()
    cast.room.refresh_from_db()
    assert (cast.room.last_number, cast.room.last_posted_at) == (0, None)
    room = f"{URL}{cast.room.pk}/"
    assert BODY in browser_of(cast.sato).get(room).content.decode()
    assert BODY not in browser_of(cast.suzuki).get(room).content.decode()


def test_it_goes_out_when_it_is_due_and_not_before(cast):
    waiting = hold(cast)
    assert actions.send_due(author_id=cast.sato.pk, environment_id=cast.environment.pk) == 0
    assert not Message.objects.exists()

    assert due(cast, waiting) == 1

    message = Message.objects.get()
    assert (message.body, message.author, message.client_key) == (BODY, cast.sato, waiting.client_key)
    assert not WaitingMessage.objects.exists()
    assert due(cast, waiting) == 0


def test_the_worker_is_asked_for_the_moment_it_is_due(cast):
    waiting = hold(cast)

    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args, scheduled_at FROM procrastinate_jobs")
        [(name, args, at)] = cursor.fetchall()
    assert (name, at) == (send_waiting.name, waiting.due_at)
    WaitingMessage.objects.update(due_at=timezone.now())
    send_waiting(**json.loads(args))
    assert Message.objects.count() == 1


def test_what_is_taken_back_is_never_sent_and_comes_back_as_it_was(cast):
    waiting = hold(cast)

    assert actions.take_back(waiting=waiting, by=cast.sato) == BODY

    assert actions.send_due(author_id=cast.sato.pk, environment_id=cast.environment.pk) == 0
    assert not Message.objects.exists()
    assert not WaitingMessage.objects.exists()
    assert not Entry.objects.filter(verb="rooms.posted").exists()


def test_what_has_gone_out_cannot_be_taken_back(cast):
    waiting = hold(cast)
    due(cast, waiting)

    with pytest.raises(NotHere):
        actions.take_back(waiting=waiting, by=cast.sato)


def test_it_can_be_sent_without_waiting(cast):
    assert actions.send_now(waiting=hold(cast), by=cast.sato).number == 1
    assert not WaitingMessage.objects.exists()


@pytest.mark.parametrize("deed", [actions.take_back, actions.send_now])
def test_what_waits_is_its_authors_alone(cast, deed):
    waiting = hold(cast)

    with pytest.raises(NotHere):
        deed(waiting=waiting, by=cast.suzuki)
    assert deed(waiting=waiting, by=cast.sato)


def test_the_same_key_waits_once_and_is_not_held_again_when_it_was_sent(cast):
    key = uuid4()
    first, again = hold(cast, client_key=key), hold(cast, client_key=key)
    assert first == again
    due(cast, first)

    with pytest.raises(AlreadySent):
        hold(cast, client_key=key)
    assert Message.objects.count() == 1


@pytest.mark.parametrize(("body", "why"), [("  ", NothingWritten), ("番号は123456789018です", IndividualNumber)])
def test_what_could_not_be_posted_does_not_wait(cast, body, why):
    with pytest.raises(why):
        hold(cast, body=body)


def test_who_cannot_write_in_a_room_leaves_nothing_waiting_there(cast):
    with pytest.raises(NotHere):
        hold(cast, by="takahashi")


# -- by the rule of the moment


def test_whoever_may_not_write_any_more_is_told_and_keeps_the_text(cast, browser_of):
    waiting = hold(cast)
    actions.archive_room(room=cast.room, reason="支援の終了", by=cast.suzuki)

    assert due(cast, waiting) == 0

    kept = WaitingMessage.objects.get()
    assert (kept.body, kept.refused, kept.refusal) == (BODY, RoomArchived.code, str(RoomArchived.sentence))
    assert not Message.objects.exists()
    assert Entry.objects.filter(verb="rooms.posted", outcome="refused", member_id=cast.sato.pk).exists()
    assert str(RoomArchived.sentence) in browser_of(cast.sato).get(f"{URL}waiting/").content.decode()


def test_the_text_of_a_room_that_has_closed_is_kept_and_the_room_is_not_named(cast, browser_of):
    waiting = hold(cast)
    actions.remove(member=cast.sato, room=cast.room, by=cast.suzuki)
    due(cast, waiting)

    page = browser_of(cast.sato).get(f"{URL}waiting/").content.decode()

    assert BODY in page
    assert cast.hana.name not in page
    assert not Message.objects.exists()


# -- for later


def test_a_message_is_written_for_later_changed_and_discarded_without_a_script(cast, browser_of):
    browser = browser_of(cast.sato)
    at = timezone.localtime(tomorrow()).strftime("%Y-%m-%dT%H:%M")
    room = f"{URL}{cast.room.pk}/waiting/"
    assert BODY in browser.post(room, {"body": BODY, "prepare": "1"}).content.decode()
    assert not WaitingMessage.objects.exists()

    assert browser.post(room, {"body": BODY, "send_at": at}).status_code == 302
    waiting = WaitingMessage.objects.get()
    assert (waiting.is_scheduled, timezone.localtime(waiting.due_at).strftime("%Y-%m-%dT%H:%M")) == (True, at)
    one = f"{URL}waiting/{waiting.pk}/"
    assert BODY in browser.get(one).content.decode()
    assert browser.post(one, {"body": "書き直し", "send_at": at}).status_code == 302
    assert WaitingMessage.objects.get().body == "書き直し"
    assert browser.post(f"{one}removal/").status_code == 302
    assert not WaitingMessage.objects.exists()


@pytest.mark.parametrize("days", [-1, 400])
def test_a_time_that_is_past_or_far_away_is_refused(cast, days):
    with pytest.raises(TooLate):
        actions.schedule(
            room=cast.room,
            body=BODY,
            client_key=uuid4(),
            send_at=timezone.now() + timedelta(days=days),
            by=cast.sato,
        )


def test_what_was_refused_can_be_given_another_time(cast):
    waiting = make_waiting(cast.room, cast.sato, refused="room_archived", refusal="…")

    actions.change_waiting(waiting=waiting, body=BODY, send_at=tomorrow(), by=cast.sato)

    assert WaitingMessage.objects.get().refused == ""


# -- in the composer


def test_the_composer_holds_unless_its_person_has_chosen_otherwise(cast, browser_of):
    browser = browser_of(cast.sato)
    send = {"path": f"{URL}{cast.room.pk}/messages/", "headers": {"Accept": "application/json"}}
    answer = browser.post(data={"body": BODY, "client_key": uuid4(), "hold": "1"}, **send)
    assert answer.status_code == 202
    assert "waiting-message" in answer.json()["html"]

    browser.post(f"{URL}habits/", {"send_key": "enter"})

    assert browser.post(data={"body": BODY, "client_key": uuid4(), "hold": "1"}, **send).status_code == 201
    assert (WritingHabits.objects.get().can_undo, WritingHabits.objects.get().send_key) == (False, "enter")
    page = browser.get(f"{URL}{cast.room.pk}/").content.decode()
    assert 'data-send-key="enter"' in page
    assert 'name="hold"' not in page


def test_without_a_script_what_is_taken_back_stands_in_the_composer_again(cast, browser_of):
    browser = browser_of(cast.sato)
    browser.post(f"{URL}{cast.room.pk}/messages/", {"body": BODY, "hold": "1"})

    answer = browser.post(f"{URL}waiting/{WaitingMessage.objects.get().pk}/removal/")

    assert f">\n{BODY}</textarea>" in answer.content.decode() or f">{BODY}</textarea>" in answer.content.decode()
    assert not WaitingMessage.objects.exists()


def test_a_program_posts_at_once_unless_it_asks_to_wait(cast, browser_of):
    browser, api = browser_of(cast.sato), f"/api/v1{URL}"

    def send(**more):
        sent = {"body": BODY, "client_key": str(uuid4()), **more}
        return browser.post(f"{api}{cast.room.pk}/messages/", sent, content_type="application/json")

    assert send().status_code == 201
    held, later = send(hold=True), send(send_at=tomorrow().isoformat())
    assert (held.status_code, later.status_code) == (202, 202)
    assert [one["id"] for one in browser.get(f"{api}waiting/").json()] == [held.json()["id"], later.json()["id"]]
    assert browser.delete(f"{api}waiting/{held.json()['id']}/").status_code == 204
    assert browser.post(f"{api}waiting/{later.json()['id']}/sending/").status_code == 201
    assert Message.objects.count() == 2

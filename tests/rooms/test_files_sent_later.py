"""Files that wait with their message: alive until it goes out, its author's alone, counted once, gone when taken back."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import ProtectedError
from django.utils import timezone

from apps.files import actions as files
from apps.files.models import FileReservation, FileState, StoredFile
from apps.files.queries import bytes_kept
from apps.files.refusals import FileNotSent, TooManyAtOnce
from apps.rooms import actions
from apps.rooms.models import Attachment, Message, WaitingMessage
from tests.files.makers import make_file, make_file_limits

URL = "/e/sakuragawa-care/rooms/"
WEEK = timedelta(days=7)


def schedule(cast, *sent, by="sato", **more):
    told = {"room": cast.room, "body": "来月の提供票です。", "client_key": uuid4(), "send_at": timezone.now() + WEEK}
    return actions.schedule(**{**told, **more}, files=[one.pk for one in sent], by=cast[by])


def sweep(cast):
    files.sweep(environment_id=cast.environment.pk)


def send_due(cast):
    return actions.send_due(author_id=cast.sato.pk, environment_id=cast.environment.pk)


def attached():
    return [(one.message.number, one.file.name) for one in Attachment.objects.order_by("place")]


def test_what_is_scheduled_goes_out_with_its_files_however_long_it_waited(cast):
    schedule(cast, make_file(cast.sato, name="提供票.txt"), make_file(cast.sato, b"two", name="写真.txt"))
    assert attached() == []

    with time_machine.travel(timezone.now() + WEEK + timedelta(minutes=1), tick=False):
        sweep(cast)
        assert send_due(cast) == 1

    assert attached() == [(1, "提供票.txt"), (1, "写真.txt")]
    assert not FileReservation.objects.exists()


def test_what_nothing_waits_with_is_swept_meanwhile(cast, django_capture_on_commit_callbacks):
    waiting, idle = make_file(cast.sato), make_file(cast.sato, b"idle")
    schedule(cast, waiting)

    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False), django_capture_on_commit_callbacks():
        sweep(cast)

    assert list(StoredFile.objects.all()) == [waiting]
    assert idle != waiting


def test_the_database_lets_nobody_throw_away_what_a_message_waits_with(cast):
    file = make_file(cast.sato)
    schedule(cast, file)

    with pytest.raises(ProtectedError):
        StoredFile.objects.filter(pk=file.pk).delete()


def test_a_file_waits_with_one_message_only_and_a_retry_is_the_same_message(cast):
    file, key = make_file(cast.sato), uuid4()
    assert schedule(cast, file, client_key=key) == schedule(cast, file, client_key=key)

    for verb in (schedule, lambda *_: hold(cast, file)):
        with pytest.raises(FileNotSent):
            verb(cast, file)
    assert WaitingMessage.objects.count() == FileReservation.objects.count() == 1


def hold(cast, *sent):
    told = {"room": cast.room, "body": "", "client_key": uuid4(), "by": cast.sato}
    return actions.hold(**told, files=[one.pk for one in sent])


def test_files_of_somebody_else_and_too_many_wait_with_nothing(cast):
    make_file_limits(cast.ito, files_per_send=1)
    with pytest.raises(FileNotSent):
        schedule(cast, make_file(cast.suzuki))
    with pytest.raises(TooManyAtOnce):
        schedule(cast, make_file(cast.sato), make_file(cast.sato, b"two"))

    assert not WaitingMessage.objects.exists()


def test_what_is_taken_back_frees_its_files_and_their_room(cast, django_capture_on_commit_callbacks):
    waiting = schedule(cast, make_file(cast.sato, b"12345678"))
    assert bytes_kept(cast.sato) == 8

    with django_capture_on_commit_callbacks(execute=True):
        actions.take_back(waiting=waiting, by=cast.sato)

    assert bytes_kept(cast.sato) == 0
    assert not StoredFile.objects.exists()
    assert not FileReservation.objects.exists()


def test_a_file_that_waits_is_counted_once(cast):
    schedule(cast, make_file(cast.sato, b"12345678"))
    assert bytes_kept(cast.sato) == 8

    with time_machine.travel(timezone.now() + WEEK + timedelta(minutes=1), tick=False):
        send_due(cast)

    assert bytes_kept(cast.sato) == 8


def test_given_another_time_its_files_wait_as_long(cast):
    waiting = schedule(cast, make_file(cast.sato))
    later = timezone.now() + timedelta(days=100)
    actions.change_waiting(waiting=waiting, body="", send_at=later, by=cast.sato)

    with time_machine.travel(later + timedelta(minutes=1), tick=False):
        sweep(cast)
        assert send_due(cast) == 1
    assert attached() == [(1, "memo.txt")]


def test_one_that_was_not_kept_is_said_when_it_is_due_and_nothing_goes_out(cast, browser_of):
    file = make_file(cast.sato, state=FileState.CHECKING, settled_at=None, stored_as="", sha256="")
    schedule(cast, file)
    page = browser_of(cast.sato).get(f"{URL}waiting/").content.decode()
    assert str(FileState.CHECKING.label) in page
    StoredFile.objects.filter(pk=file.pk).update(state="refused", reason="infected", settled_at=timezone.now())

    with time_machine.travel(timezone.now() + WEEK + timedelta(minutes=1), tick=False):
        assert send_due(cast) == 0

    assert WaitingMessage.objects.get().refused == FileNotSent.code
    assert not Message.objects.exists()
    assert str(FileState.REFUSED.label) in browser_of(cast.sato).get(f"{URL}waiting/").content.decode()


def test_what_could_not_be_sent_keeps_its_files_for_a_month_and_not_for_ever(cast):
    schedule(cast, make_file(cast.sato))
    actions.archive_room(room=cast.room, reason="支援の終了", by=cast.suzuki)
    with time_machine.travel(timezone.now() + WEEK + timedelta(days=29), tick=False):
        assert send_due(cast) == 0
        sweep(cast)
        assert StoredFile.objects.exists()

    with time_machine.travel(timezone.now() + WEEK + timedelta(days=31), tick=False):
        sweep(cast)
    assert not StoredFile.objects.exists()


def test_files_are_chosen_named_and_sent_later_without_a_script(cast, browser_of):
    browser, later = browser_of(cast.sato), f"{URL}{cast.room.pk}/waiting/"
    upload = SimpleUploadedFile("提供票.txt", "来月分".encode(), content_type="text/plain")
    page = browser.post(later, {"body": "", "prepare": "1", "uploads": upload}).content.decode()
    file = StoredFile.objects.get()
    assert "提供票.txt" in page
    assert f'name="attached" value="{file.pk}"' in page

    at = timezone.localtime(timezone.now() + WEEK).strftime("%Y-%m-%dT%H:%M")
    assert browser.post(later, {"body": "", "send_at": ""}).status_code == 422
    assert browser.post(later, {"body": "", "send_at": at, "attached": [str(file.pk)]}).status_code == 302

    assert WaitingMessage.objects.get().attached == [file.pk]
    assert "提供票.txt" in browser.get(f"{URL}waiting/").content.decode()
    assert "提供票.txt" not in browser_of(cast.suzuki).get(f"{URL}waiting/").content.decode()


def test_a_program_sends_files_later(cast, browser_of):
    file = make_file(cast.sato)
    sent = {"body": "", "client_key": str(uuid4()), "files": [str(file.pk)]}
    sent["send_at"] = (timezone.now() + WEEK).isoformat()

    answer = browser_of(cast.sato).post(f"/api/v1{URL}{cast.room.pk}/messages/", sent, content_type="application/json")

    assert (answer.status_code, answer.json()["files"]) == (202, [str(file.pk)])

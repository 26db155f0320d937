"""Files in a room: sent with a message, opened by whoever may read it and by nobody else, each look in the ledger."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader

from apps.audit.models import Entry
from apps.directory.models import Office, System
from apps.files import actions as files
from apps.files.models import FileState, StoredFile, Upload
from apps.files.refusals import FileNotSent
from apps.rooms import actions, queries
from apps.rooms.models import Attachment, Message, WaitingMessage
from apps.rooms.refusals import NothingWritten
from tests import makers
from tests.clients import scans
from tests.files import makers as file_makers
from tests.files.sending import sent

ROOMS = "/e/sakuragawa-care/rooms/"
CARE_PLAN = "UPPLAN_202610_0370600017_43_0370600025_15_20261031093000.CSV"


def post(cast, *ids, body="", room=None, by=None):
    room, by = room or cast.room, by or cast.sato
    return actions.post(room=room, body=body, client_key=uuid4(), by=by, files=ids)


def with_photo(cast, name="様子.jpg", **more) -> str:
    """The address of a photo in hana's room."""
    file = sent(scans.photo(size=(900, 600)), name, by=cast.sato)
    number = post(cast, file.pk, **more).number
    return f"{ROOMS}{cast.room.pk}/files/{number}/1/"


def read(answer) -> bytes:
    return b"".join(answer.streaming_content)


# -- sent


def test_a_message_may_be_files_alone_and_shows_them(cast, browser_of):
    address = with_photo(cast)

    page = browser_of(cast.suzuki).get(f"{ROOMS}{cast.room.pk}/").content.decode()

    assert f'src="{address}thumbnail/"' in page
    assert "様子.jpg" in page
    for word in ("thumbnail/", "preview/"):
        answer = browser_of(cast.suzuki).get(address + word)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]


def test_without_a_script_files_come_with_the_form(cast, browser_of):
    form = {"body": "", "uploads": [SimpleUploadedFile("一.txt", b"1"), SimpleUploadedFile("二.txt", b"2")]}

    answer = browser_of(cast.sato).post(f"{ROOMS}{cast.room.pk}/messages/", form)

    assert answer.status_code == 302
    assert list(Attachment.objects.values_list("place", "file__name")) == [(1, "一.txt"), (2, "二.txt")]
    page = browser_of(cast.suzuki).get(answer["Location"]).content.decode()
    assert "内容を確認しています" in page


def test_a_message_with_neither_words_nor_files_is_refused_and_the_database_refuses_it_too(cast):
    with pytest.raises(NothingWritten):
        post(cast)

    empty = "SELECT rooms_append(ARRAY[%s]::uuid[], ARRAY[%s]::uuid[], ARRAY[gen_random_uuid()], ARRAY[''], ARRAY['page'], ARRAY[NULL]::inet[], ARRAY[''])"
    with pytest.raises(IntegrityError, match="without words"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(empty, [cast.room.pk, cast.sato.pk])
        connection.check_constraints()


def test_too_many_files_at_once_leave_nothing_behind(cast, browser_of):
    files.set_limits(files_per_send=10, megabytes_per_send=200, gigabytes_kept=100, marks_downloads=False, by=cast.ito)
    form = {"body": "11枚です", "uploads": [SimpleUploadedFile(f"{number}.txt", b"1") for number in range(11)]}

    answer = browser_of(cast.sato).post(f"{ROOMS}{cast.room.pk}/messages/", form)

    assert answer.status_code == 422
    assert "一度に送れるファイルは10個までです" in answer.content.decode()
    assert "11枚です" in answer.content.decode()
    assert not any(model.objects.exists() for model in (Message, StoredFile, Upload, Attachment))


def test_files_of_somebody_else_or_sent_before_are_refused_with_the_message(cast):
    mine, theirs = file_makers.make_file(cast.sato), file_makers.make_file(cast.suzuki)
    with pytest.raises(FileNotSent):
        post(cast, mine.pk, theirs.pk, body="はい")
    assert not Message.objects.exists()

    post(cast, mine.pk)
    with pytest.raises(FileNotSent):
        post(cast, mine.pk)


def test_the_same_key_again_is_the_same_message_with_the_same_files(cast):
    file, key = file_makers.make_file(cast.sato), uuid4()
    told = {"room": cast.room, "body": "", "client_key": key, "by": cast.sato, "files": [file.pk]}

    first, again = actions.post(**told), actions.post(**told)

    assert (first.number, again.fresh) == (again.number, False)
    assert Attachment.objects.count() == 1


# -- opened


@pytest.mark.parametrize("word", ["", "thumbnail/", "preview/", "download/"])
@pytest.mark.parametrize(("person", "status"), [("suzuki", 200), ("takahashi", 404), ("tanaka", 404), ("ito", 404)])
def test_only_people_of_the_room_open_its_files(cast, browser_of, person, status, word):
    address = with_photo(cast)

    assert browser_of(cast[person]).get(address + word).status_code == status


def test_a_file_from_before_ones_time_is_missing_everywhere(cast, browser_of):
    address = with_photo(cast)
    room = makers.make_room(members=[cast.sato], title="相談")
    file = file_makers.make_file(cast.sato)
    number = post(cast, file.pk, room=room).number
    makers.make_membership(room, cast.suzuki, history_from=timezone.now() - timedelta(hours=1))
    later = makers.make_room(members=[cast.sato], title="後から")
    early = post(cast, file_makers.make_file(cast.sato, b"x").pk, room=later).number
    makers.make_membership(later, cast.suzuki, history_from=timezone.now() + timedelta(minutes=1))
    browser = browser_of(cast.suzuki)

    assert browser.get(address).status_code == 200
    assert browser.get(f"{ROOMS}{room.pk}/files/{number}/1/").status_code == 200
    assert browser.get(f"{ROOMS}{later.pk}/files/{early}/1/").status_code == 404
    assert browser.get(f"{ROOMS}{later.pk}/files/{early}/1/download/").status_code == 404
    assert "memo.txt" not in browser.get(f"{ROOMS}{later.pk}/files/").content.decode()
    assert browser.get(f"/api/v1{ROOMS}{later.pk}/files/").json() == []


def test_files_of_a_message_that_was_taken_away_are_missing(cast, browser_of):
    address = with_photo(cast)
    browser = browser_of(cast.suzuki)
    assert browser.get(address).status_code == 200

    message = Message.objects.get()
    message.room = cast.room
    actions.remove_message(message=message, by=cast.sato)

    assert browser.get(address).status_code == 404
    assert browser.get(address + "download/").status_code == 404
    assert "様子.jpg" not in browser.get(f"{ROOMS}{cast.room.pk}/").content.decode()


def test_when_access_ends_the_address_is_missing(cast, browser_of):
    address = with_photo(cast)
    browser = browser_of(cast.suzuki)
    assert browser.get(address + "preview/").status_code == 200

    actions.remove(member=cast.suzuki, room=cast.room, by=cast.sato)

    assert browser.get(address + "preview/").status_code == 404


def test_every_look_and_every_download_is_in_the_ledger(cast, browser_of):
    address = with_photo(cast)
    browser = browser_of(cast.suzuki)

    for word in ("", "preview/", "download/", "download/"):
        browser.get(address + word)

    told = Entry.objects.filter(member_id=cast.suzuki.pk, client_id=cast.hana.pk, outcome="done")
    verbs = list(told.values_list("verb", flat=True).order_by("id"))
    assert verbs == ["rooms.file_opened", "rooms.file_downloaded", "rooms.file_downloaded"]
    assert "様子" not in str(list(told.values("detail", "subject_id")))


def test_nobody_reads_a_file_before_it_was_looked_at(cast, browser_of):
    file = files.take_file(name="a.txt", content=io.BytesIO(b"memo"), size=4, by=cast.sato)
    address = f"{ROOMS}{cast.room.pk}/files/{post(cast, file.pk).number}/1/"
    browser = browser_of(cast.suzuki)

    assert browser.get(address).status_code == 200
    assert browser.get(address + "download/").status_code == 409
    files.look_at(file_id=file.pk)

    assert read(browser.get(address + "download/")) == b"memo"


def test_what_becomes_of_a_file_is_a_change_of_its_message(cast, django_capture_on_commit_callbacks):
    file = files.take_file(name="a.txt", content=io.BytesIO(b"memo"), size=4, by=cast.sato)
    post(cast, file.pk)
    assert Message.objects.get().change is None

    with django_capture_on_commit_callbacks(execute=True):
        files.look_at(file_id=file.pk)

    assert Message.objects.get().change == 1
    assert StoredFile.objects.get().state == FileState.READY


# -- taken out


def test_a_download_has_the_name_and_the_bytes(cast, browser_of):
    content = "1,032069,鈴木\r\n".encode("cp932")
    file = sent(content, CARE_PLAN, by=cast.sato)
    address = f"{ROOMS}{cast.room.pk}/files/{post(cast, file.pk).number}/1/"

    answer = browser_of(cast.suzuki).get(address + "download/")

    assert read(answer) == content
    assert answer["Content-Disposition"].startswith("attachment")
    assert CARE_PLAN in answer["Content-Disposition"]


def test_an_exchanged_care_plan_is_shown_with_kind_month_and_offices(cast, browser_of):
    for number, name in (("0370600017", "ひだまりケアプラン"), ("0370600025", "みどりホームヘルプ")):
        Office.objects.create(system=System.KAIGO, office_number=number, name=name, sort_kana=name, search_text=name)
    file = sent(b"1,2\r\n", CARE_PLAN, by=cast.sato)
    number = post(cast, file.pk).number
    browser = browser_of(cast.suzuki)

    for address in ("", "files/", f"files/{number}/1/"):
        page = browser.get(f"{ROOMS}{cast.room.pk}/{address}").content.decode()
        for word in ("サービス利用票・提供票（予定）", "2026/10", "ひだまりケアプラン", "みどりホームヘルプ"):
            assert word in page, (address, word)


def mark(cast):
    files.set_limits(files_per_send=20, megabytes_per_send=200, gigabytes_kept=100, marks_downloads=True, by=cast.ito)


def test_where_the_environment_says_so_a_pdf_carries_who_took_it_out(cast, browser_of):
    content = scans.pdf(pages=2)
    file = sent(content, "計画書.pdf", by=cast.sato)
    address = f"{ROOMS}{cast.room.pk}/files/{post(cast, file.pk).number}/1/download/"
    assert read(browser_of(cast.suzuki).get(address)) == content

    mark(cast)
    pages = PdfReader(io.BytesIO(read(browser_of(cast.suzuki).get(address)))).pages

    for page in pages:
        assert "鈴木 一郎" in page.extract_text()
        assert f"{timezone.localtime():%Y-%m-%d}" in page.extract_text()


def test_where_the_environment_says_so_a_picture_carries_it_too(cast, browser_of):
    address = with_photo(cast) + "download/"
    plain = read(browser_of(cast.suzuki).get(address))

    mark(cast)
    marked = read(browser_of(cast.suzuki).get(address))

    before, after = (Image.open(io.BytesIO(one)).convert("RGB") for one in (plain, marked))
    assert before.size == after.size
    assert len(before.getcolors(999)) < 20
    assert len(after.getcolors(999_999)) > 100


# -- listed


def test_the_files_of_a_room_are_found_by_kind_person_day_and_name(cast, browser_of):
    with_photo(cast, "歩行.jpg")
    note = file_makers.make_file(cast.suzuki, name="申し送り.txt")
    post(cast, note.pk, by=cast.suzuki)
    today = timezone.localdate()

    def names(**wanted):
        return [one.file.name for one in queries.files_of_room(cast.sato, cast.room, queries.Wanted(**wanted))]

    assert names() == ["申し送り.txt", "歩行.jpg"]
    assert names(kind="picture") == ["歩行.jpg"]
    assert names(author=cast.suzuki.pk) == ["申し送り.txt"]
    assert names(name="歩") == ["歩行.jpg"]
    assert names(since=today, until=today) == ["申し送り.txt", "歩行.jpg"]
    assert names(until=today - timedelta(days=1)) == []
    page = browser_of(cast.sato).post(f"{ROOMS}{cast.room.pk}/files/", {"name": "歩", "kind": "picture"})
    assert "歩行.jpg" in page.content.decode()
    assert "申し送り.txt" not in page.content.decode()


def test_a_list_of_files_asks_equally_often_however_many_there_are(cast, browser_of):
    from django.test.utils import CaptureQueriesContext

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            list(queries.files_of_room(cast.sato, cast.room))
            list(queries.latest_messages(cast.sato, cast.room))
        return len(seen)

    post(cast, file_makers.make_file(cast.sato).pk)
    few = asked()
    for number in range(5):
        post(cast, file_makers.make_file(cast.sato, b"%d" % number).pk)

    assert asked() == few


# -- programs


def test_programs_attach_list_and_fetch_files(cast, browser_of):
    browser, api = browser_of(cast.sato), f"/api/v1{ROOMS}{cast.room.pk}/"
    file = file_makers.make_file(cast.sato, b"memo")

    body = {"body": "", "client_key": str(uuid4()), "files": [str(file.pk)]}
    answer = browser.post(f"{api}messages/", body, content_type="application/json")

    assert answer.status_code == 201
    [message] = browser.get(f"{api}messages/").json()["messages"]
    assert [(one["file"], one["name"], one["state"]) for one in message["files"]] == [(1, "memo.txt", "ready")]
    [listed] = browser.get(f"{api}files/").json()
    assert (listed["message"], listed["sha256"]) == (1, file.sha256)
    assert browser.get(f"{api}files/1/1/").json()["name"] == "memo.txt"
    assert read(browser.get(f"{api}files/1/1/content/")) == b"memo"
    assert browser_of(cast.takahashi).get(f"{api}files/1/1/content/").status_code == 404


# -- taken back


def test_what_is_taken_back_leaves_no_file_anywhere(cast, browser_of, django_capture_on_commit_callbacks):
    file = file_makers.make_file(cast.sato)
    form = {"body": "", "attached": [str(file.pk)], "hold": "1"}

    held = browser_of(cast.sato).post(f"{ROOMS}{cast.room.pk}/messages/", form, headers={"Accept": "application/json"})

    assert held.status_code == 202
    assert "memo.txt" not in browser_of(cast.suzuki).get(f"{ROOMS}{cast.room.pk}/files/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        actions.take_back(waiting=WaitingMessage.objects.get(), by=cast.sato)
    assert not any(model.objects.exists() for model in (Message, StoredFile, Attachment, WaitingMessage))


def test_what_was_held_goes_out_with_its_files(cast):
    file = file_makers.make_file(cast.sato)
    waiting = actions.hold(room=cast.room, body="", client_key=uuid4(), by=cast.sato, files=[file.pk])

    actions.send_now(waiting=waiting, by=cast.sato)

    assert [one.file for one in Attachment.objects.all()] == [file]

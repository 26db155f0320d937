"""A whole room is handed over: everything in it, to whom the law says, by who answers for its record, and for a week."""

import csv
import io
import zipfile
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.utils import timezone
from pypdf import PdfReader

from apps.audit.models import Entry
from apps.clients import actions as clients
from apps.kernel.refusals import NotAllowed, NotHere
from apps.notes.actions import save_note
from apps.records import tasks
from apps.records.access import can_disclose, check_can_disclose
from apps.records.actions import ask_for_disclosure, end_disclosures, make_disclosure, note_taking_out
from apps.records.models import Disclosure
from apps.records.queries import disclosures
from apps.records.refusals import BeingMade, NotThere
from apps.rooms import actions
from apps.rooms.access import message_for
from apps.rooms.models import RoomLimits
from tests import makers
from tests.files.makers import make_file
from tests.notes.makers import make_note, make_task
from tests.saying import say

URL = "/e/sakuragawa-care/rooms/{}/disclosures/"
API = "/api/v1/e/sakuragawa-care/rooms/{}/disclosures/"
WHY = {"ground": "person_of_office", "reference": "開示第12号", "addressee": "佐々木 ハナ 様"}


def asked(cast, room=None, by="sato"):
    return ask_for_disclosure(room=room or cast.room, **WHY, by=cast[by])


def made(cast, room=None, by="sato"):
    disclosure = asked(cast, room, by)
    make_disclosure(disclosure_id=disclosure.pk)
    return Disclosure.objects.select_related("room__client").get(pk=disclosure.pk)


def opened(disclosure):
    return zipfile.ZipFile(storages["disclosures"].open(disclosure.stored_as))


def table(box, name, form="CSV（UTF-8）", encoding="utf-8-sig"):
    return list(csv.DictReader(io.StringIO(box.read(f"{form}/{name}.csv").decode(encoding))))


def test_it_holds_every_message_in_order_with_its_edits_and_of_a_deleted_one_no_word(cast):
    say(cast.room, cast.suzuki, "血圧は132/78でした。")
    say(cast.room, cast.sato, "秘密の言葉です。")
    actions.post(room=cast.room, body="了解です。", client_key=uuid4(), answers=1, by=cast.sato)
    actions.edit(message=message_for(cast.suzuki, cast.room.pk, 1), body="血圧は130/78でした。", by=cast.suzuki)
    actions.remove_message(message=message_for(cast.sato, cast.room.pk, 2), by=cast.sato)

    disclosure = made(cast)

    with opened(disclosure) as box:
        assert box.read("トークルーム記録_01.pdf").startswith(b"%PDF")
        rows = table(box, "メッセージ")
        edits = table(box, "編集履歴")
        everything = b"".join(box.read(name) for name in box.namelist() if name.endswith(".csv"))
    assert [(one["番号"], one["氏名"], one["本文"], one["返信先の番号"]) for one in rows] == [
        ("1", "鈴木 一郎", "血圧は130/78でした。", ""),
        ("2", "佐藤 花子", "（このメッセージは削除されました。）", ""),
        ("3", "佐藤 花子", "了解です。", "1"),
    ]
    assert rows[1]["削除した人"] == "佐藤 花子"
    assert [(one["メッセージの番号"], one["変更前の本文"]) for one in edits] == [("1", "血圧は132/78でした。")]
    assert "秘密".encode() not in everything
    assert "秘密".encode("cp932") not in everything


def test_it_tells_who_was_in_the_room_from_when_until_when(cast):
    guest = makers.make_membership(cast.room, cast.matsumoto, history_from=timezone.now())
    actions.remove(member=cast.suzuki, room=cast.room, by=cast.sato)

    with opened(made(cast)) as box:
        rows = {one["氏名"]: one for one in table(box, "参加者")}

    assert rows["鈴木 一郎"]["参加の終了"]
    assert rows["佐藤 花子"]["参加の終了"] == ""
    assert rows["佐藤 花子"]["閲覧できる範囲の開始"] == "すべて"
    assert rows["松本 翔"]["閲覧できる範囲の開始"] == f"{timezone.localtime(guest.history_from):%Y/%m/%d %H:%M}"


def test_it_tells_who_has_confirmed_and_who_has_read_only_where_everybody_may_know(cast):
    say(cast.room, cast.sato, "会議は15時からです。")
    message = message_for(cast.sato, cast.room.pk, 1)
    actions.ask_to_confirm(message=message, of="everybody", by=cast.sato)
    actions.acknowledge(message=message_for(cast.suzuki, cast.room.pk, 1), by=cast.suzuki)
    actions.read_up_to(room=cast.room, number=1, by=cast.suzuki)

    with opened(made(cast)) as box:
        assert [one["氏名"] for one in table(box, "確認")] == ["鈴木 一郎"]
        assert not [name for name in box.namelist() if "既読" in name]

    RoomLimits.objects.update_or_create(
        environment=cast.environment, defaults={"seen_shown_to": "readers", "changed_by": cast.ito}
    )
    with opened(made(cast)) as box:
        assert [(one["氏名"], one["既読の番号"]) for one in table(box, "既読")] == [("鈴木 一郎", "1")]


def test_a_long_room_comes_in_volumes(cast, monkeypatch):
    for _ in range(3):
        say(cast.room, cast.suzuki)
    disclosure = asked(cast)

    monkeypatch.setattr(disclosures, "AT_ONCE", 2)
    make_disclosure(disclosure_id=disclosure.pk)

    with opened(Disclosure.objects.get()) as box:
        assert [name for name in box.namelist() if name.endswith(".pdf")] == [
            "トークルーム記録_01.pdf",
            "トークルーム記録_02.pdf",
        ]
        assert [one["番号"] for one in table(box, "メッセージ")] == ["1", "2", "3"]


def test_files_that_are_ready_are_in_it_and_the_others_are_listed(cast):
    kept = {"settled_at": None, "stored_as": ""}
    ready = make_file(cast.suzuki, b"content", name="計画.txt")
    files = [ready.pk, make_file(cast.suzuki, name="写真.txt", state="checking", **kept).pk]
    actions.post(room=cast.room, body="", files=files, client_key=uuid4(), by=cast.suzuki)
    removed = actions.post(
        room=cast.room,
        body="",
        files=[make_file(cast.suzuki, name="誤送信.txt").pk],
        client_key=uuid4(),
        by=cast.suzuki,
    )
    actions.remove_message(message=message_for(cast.suzuki, cast.room.pk, removed.number), by=cast.suzuki)

    disclosure = made(cast)

    with opened(disclosure) as box:
        rows = table(box, "ファイル")
        (name,) = [one for one in box.namelist() if one.startswith("ファイル/")]
        assert box.read(name) == b"content"
    assert disclosure.files == 1
    assert [(one["ファイル名"], one["SHA-256"], one["収録"][:2]) for one in rows] == [
        ("計画.txt", ready.sha256, "あり"),
        ("写真.txt", rows[1]["SHA-256"], "なし"),
    ]


def test_the_notes_of_the_room_are_in_it_with_whatever_they_said_and_their_tasks(cast):
    note = make_note(cast.room, by=cast.suzuki, title="カンファレンス", body="- [ ] 主治医に確認")
    save_note(note=note, expected=1, title="カンファレンス", body="- [x] 主治医に確認", reason="確認済み", by=cast.sato)
    make_task(note, by=cast.sato, owner=cast.suzuki, text="薬局に電話")
    make_note(makers.make_room(members=[cast.sato], title="相談"), by=cast.sato, title="別のルームのノート")

    with opened(made(cast)) as box:
        versions, due = table(box, "ノート"), table(box, "ノートのタスク")
        sheet = "".join(one.extract_text() for one in PdfReader(io.BytesIO(box.read("ノート.pdf"))).pages)

    assert [(one["版"], one["氏名"], one["本文"], one["変更の内容"]) for one in versions] == [
        ("1", "鈴木 一郎", "'- [ ] 主治医に確認", ""),
        ("2", "佐藤 花子", "'- [x] 主治医に確認", "確認済み"),
    ]
    assert [(one["ノートの番号"], one["内容"], one["担当"], one["完了日時"]) for one in due] == [
        ("1", "薬局に電話", "鈴木 一郎", "")
    ]
    assert "カンファレンス" in sheet
    assert "薬局に電話" in sheet


def test_a_note_that_was_begun_after_the_asking_is_not_in_it_and_of_none_there_is_no_table(cast):
    disclosure = asked(cast)
    make_note(cast.room, by=cast.suzuki)

    make_disclosure(disclosure_id=disclosure.pk)

    with opened(Disclosure.objects.get()) as box:
        assert not [name for name in box.namelist() if "ノート" in name]


def test_its_tables_run_nothing_and_tell_what_an_old_encoding_cannot(cast):
    say(cast.room, cast.suzuki, "=1+1 髙𣘺さん😀")

    with opened(made(cast)) as box:
        assert table(box, "メッセージ")[0]["本文"].startswith("'=1+1")
        assert "〓" in table(box, "メッセージ", "CSV（Shift_JIS）", "cp932")[0]["本文"]
        assert "😀" in box.read("CSV（Shift_JIS）/置き換えた文字.txt").decode("utf-8-sig")


def test_who_answers_for_the_record_and_is_shown_all_of_it_makes_it(cast):
    theme = makers.make_room(members=[cast.sato, cast.suzuki], title="勉強会")
    makers.make_membership(cast.room, cast.matsumoto)
    late = makers.make_room(members=[cast.suzuki], client=cast.hana, title="")
    makers.make_membership(late, cast.sato, history_from=timezone.now())

    assert can_disclose(cast.sato, cast.room)
    assert can_disclose(cast.suzuki, late)
    for person, room, refusal in (
        (cast.matsumoto, cast.room, NotHere),
        (cast.sato, late, NotAllowed),
        (cast.suzuki, theme, NotAllowed),
        (cast.ito, cast.room, NotHere),
        (cast.ishii, cast.room, NotHere),
    ):
        assert not can_disclose(person, room)
        with pytest.raises(refusal):
            check_can_disclose(person, room)


def test_of_a_room_about_nobody_its_owner_makes_it(cast):
    theme = actions.open_room(
        kind="group", title="勉強会", purpose="", classification="office_matter", members=[cast.suzuki], by=cast.sato
    )
    say(theme, cast.suzuki)

    assert made(cast, theme).made_at
    assert not can_disclose(cast.suzuki, theme)


def test_one_is_made_at_a_time(cast):
    asked(cast)

    with pytest.raises(BeingMade):
        asked(cast, by="suzuki")
    with pytest.raises(IntegrityError, match="one_disclosure_of_a_room"), transaction.atomic():
        Disclosure.objects.create(environment=cast.environment, room=cast.room, asked_by=cast.sato, **WHY)
    make_disclosure(disclosure_id=Disclosure.objects.get().pk)
    assert asked(cast, by="suzuki").is_being_made


def test_who_may_no_more_when_it_is_made_gets_none(cast):
    disclosure = asked(cast)
    clients.protect_client(client=cast.hana, by=cast.tanaka)
    if can_disclose(cast.sato, cast.room):
        actions.remove(member=cast.sato, room=cast.room, by=cast.suzuki)

    make_disclosure(disclosure_id=disclosure.pk)

    disclosure.refresh_from_db()
    assert disclosure.failed_at
    assert disclosure.stored_as == ""


def test_asking_making_and_each_download_are_in_the_ledger_without_a_name(cast, browser_of):
    say(cast.room, cast.suzuki)
    disclosure = made(cast)

    for _ in range(2):
        answer = browser_of(cast.sato).get(f"{URL.format(cast.room.pk)}{disclosure.pk}/content/")
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content).startswith(b"PK")

    entries = Entry.objects.filter(verb__startswith="records.disclosure").order_by("pk")
    assert [one.verb.removeprefix("records.disclosure_") for one in entries] == [
        "asked",
        "made",
        "taken_out",
        "taken_out",
    ]
    assert {(one.client_id, one.purpose) for one in entries} == {(cast.hana.pk, "legal-basis:person_of_office")}
    assert "佐々木" not in str([one.detail for one in entries])


def test_after_a_week_it_is_gone_and_that_it_was_made_stays(cast, django_capture_on_commit_callbacks):
    disclosure = made(cast)
    note_taking_out(disclosure=disclosure, by=cast.sato)
    Disclosure.objects.update(made_at=timezone.now() - timedelta(days=8))

    with django_capture_on_commit_callbacks(execute=True):
        end_disclosures()

    assert not storages["disclosures"].exists(disclosure.stored_as)
    ended = Disclosure.objects.select_related("room__client").get()
    assert ended.sha256 == disclosure.sha256
    with pytest.raises(NotThere):
        note_taking_out(disclosure=ended, by=cast.sato)


def test_what_a_worker_that_was_ended_left_behind_is_swept_and_what_is_named_stays(cast):
    disclosure, store = made(cast), storages["disclosures"]
    left = store.save(f"{cast.environment.pk}/{uuid4().hex}", ContentFile(b"half a package"))

    tasks.sweep_disclosures(timestamp=0)
    assert store.exists(left), "it may just be put there"
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        tasks.sweep_disclosures(timestamp=0)

    assert not store.exists(left)
    assert store.exists(disclosure.stored_as)


def test_one_whose_worker_was_ended_is_given_up(cast):
    around = {"environment": cast.environment, "room": cast.room, "asked_by": cast.sato}
    old = Disclosure.objects.create(**around, **WHY, asked_at=timezone.now() - timedelta(hours=7))

    end_disclosures()

    old.refresh_from_db()
    assert old.failed_at
    assert asked(cast).is_being_made
    end_disclosures()
    assert Disclosure.objects.filter(failed_at=None).exists()


def test_the_page_asks_for_a_ground_and_shows_what_was_made(cast, browser_of):
    browser, address = browser_of(cast.sato), URL.format(cast.room.pk)
    assert "まだ作成していません" in browser.get(address).content.decode()

    refused = browser.post(address, {"reference": "開示第12号", "addressee": "佐々木 ハナ 様"})
    assert refused.status_code == 422
    assert "開示第12号" in refused.content.decode()
    assert not Disclosure.objects.exists()

    assert browser.post(address, WHY).status_code == 302
    assert "<progress" in browser.get(address).content.decode()
    make_disclosure(disclosure_id=Disclosure.objects.get().pk)
    assert f"{Disclosure.objects.get().pk}/content/" in browser.get(address).content.decode()


def test_a_program_asks_waits_and_takes_it(cast, browser_of):
    browser, address = browser_of(cast.sato), API.format(cast.room.pk)

    answer = browser.post(address, WHY, content_type="application/json")
    assert answer.status_code == 202
    one = f"{address}{answer.json()['id']}/"
    assert browser.get(f"{one}content/").status_code == 410
    make_disclosure(disclosure_id=answer.json()["id"])

    assert browser.get(one).json()["made_at"]
    assert [found["id"] for found in browser.get(address).json()] == [answer.json()["id"]]
    assert browser.get(f"{one}content/").status_code == 200

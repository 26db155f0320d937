"""Messages become an official record: each line with day, method and person, never changed, flagged when its message is."""

import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone
from pypdf import PdfReader

from apps.audit.models import Entry
from apps.kernel.refusals import NotAllowed, NotHere
from apps.records import actions, papers, queries
from apps.records.actions import Line
from apps.records.models import RecordLine, SupportRecord
from apps.records.refusals import ChangedMeanwhile, NothingChosen
from apps.rooms import actions as rooms
from apps.rooms.access import message_for
from apps.rooms.models import RoomMembership
from tests import makers
from tests.files.makers import make_file
from tests.records.makers import make_record
from tests.saying import say

GOLDEN = Path(__file__).parent / "golden"
BASE = "/e/sakuragawa-care/"
SAID = [
    ("suzuki", "左の下肢に浮腫があります。"),
    ("sato", "主治医に電話で伝えます。"),
    ("suzuki", "髙𣘺先生の往診が決まりました。\n明日10時です。"),
    ("sato", "ご家族に連絡しました。"),
    ("suzuki", "了解しました。訪問時間を変更します。"),
]


@pytest.fixture
def talked(cast):
    for person, body in SAID:
        say(cast.room, cast[person], body)
    return cast


def drafted(cast, *numbers, by="sato"):
    chosen = queries.messages_chosen(cast[by], cast.room, numbers or range(1, 6))
    return [Line(**one) for one in queries.drafted(cast[by], cast.room, chosen)]


def issue(cast, *numbers, by="sato", lines=None):
    told = {"planner": "佐藤 花子", "by": cast[by]}
    return actions.issue_record(room=cast.room, lines=drafted(cast, *numbers) if lines is None else lines, **told)


def fixed(cast):
    """A record whose days are always the same."""
    moment = timezone.make_aware(timezone.datetime(2026, 11, 20, 9, 30))
    lines = [
        Line(**{**line.__dict__, "happened_at": moment + timedelta(minutes=10 * nth)})
        for nth, line in enumerate(drafted(cast))
    ]
    record = issue(cast, lines=lines)
    record.issued_at = timezone.make_aware(timezone.datetime(2026, 11, 21, 17, 0))
    return queries.shown(record)


def test_a_record_equals_the_golden_table(talked):
    assert papers.csv_utf8(fixed(talked)) == (GOLDEN / "progress.csv").read_bytes()


def test_a_record_on_paper_equals_the_golden_sheet(talked):
    shown = fixed(talked)
    shown.record.number, pages = 1, PdfReader(io.BytesIO(papers.sheet(shown))).pages

    text = "\n".join(page.extract_text() for page in pages)

    assert "".join(text.split()) == "".join((GOLDEN / "progress.txt").read_text().split())
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == [595, 842]
    assert papers.sheet(shown) == papers.sheet(shown)


def test_a_table_for_old_programs_says_what_it_cannot_hold(talked):
    shown = fixed(talked)

    assert papers.unwritable(shown) == ["𣘺"]
    assert "髙〓先生" in papers.csv_cp932(shown).decode("cp932")


def test_lines_may_be_put_into_other_words_and_the_messages_stay(talked):
    line = Line(**{**drafted(talked, 1)[0].__dict__, "content": "浮腫あり。", "method": "visit"})

    record = issue(talked, lines=[line])

    assert [(one.content, one.method) for one in record.lines.all()] == [("浮腫あり。", "visit")]
    assert talked.room.messages.get(number=1).body == SAID[0][1]


def test_a_later_edit_or_removal_is_flagged_and_the_next_version_bears_it(talked):
    record = issue(talked)
    assert queries.shown(record).overtaken == []
    rooms.edit(
        message=message_for(talked.suzuki, talked.room.pk, 1), body="右の下肢に浮腫があります。", by=talked.suzuki
    )
    rooms.remove_message(message=message_for(talked.sato, talked.room.pk, 2), by=talked.sato)
    shown = queries.shown(record)
    assert [line.place for line in shown.overtaken] == [1, 2]
    assert [papers.overtaken_said(line) != "" for line in shown.lines] == [True, True, False, False, False]
    assert shown.lines[0].content == SAID[0][1]

    again = [Line(**one) for one in queries.drafted_again(talked.sato, record, talked.room)]
    renewed = actions.renew_record(record=record, planner="佐藤 花子", lines=again, by=talked.sato)

    assert (renewed.number, renewed.version) == (1, 2)
    assert renewed.lines.all()[0].content == "右の下肢に浮腫があります。"
    assert renewed.lines.count() == 4
    assert record.lines.count() == 5


def test_a_message_of_files_alone_stands_in_the_record_with_their_kind_pages_and_hash(cast, browser_of):
    plan = make_file(cast.suzuki, name="計画.pdf", content_type="application/pdf", kind="pdf", pages=3)
    rooms.post(room=cast.room, body="", files=[plan.pk], client_key=uuid4(), by=cast.suzuki)
    page = browser_of(cast.sato).get(f"{BASE}rooms/{cast.room.pk}/record/")
    assert "計画.pdf" in page.content.decode()

    (line,) = issue(cast, 1).lines.all()

    assert line.content == f"計画.pdf（PDF、3ページ、SHA-256 {plan.sha256}）"


def test_what_was_edited_after_it_was_chosen_is_looked_at_again(talked):
    lines = drafted(talked, 1)
    rooms.edit(message=message_for(talked.suzuki, talked.room.pk, 1), body="右です。", by=talked.suzuki)

    with pytest.raises(ChangedMeanwhile):
        issue(talked, lines=lines)
    assert not SupportRecord.objects.exists()


def test_records_are_numbered_within_their_client_and_nothing_of_them_is_changed(talked):
    assert [issue(talked, 1).number, issue(talked, 2).number] == [1, 2]

    for model in (SupportRecord, RecordLine):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            model.objects.update(environment=talked.environment)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_record(talked.room, by=talked.sato, number=1)


def test_a_record_of_nothing_is_refused(talked):
    with pytest.raises(NothingChosen):
        issue(talked, lines=[])


@pytest.mark.parametrize(("person", "no"), [("takahashi", NotHere), ("tanaka", NotHere), ("ito", NotHere)])
def test_only_who_is_in_the_room_records_it(talked, person, no):
    lines = drafted(talked, 1)

    with pytest.raises(no):
        issue(talked, by=person, lines=lines)


def test_a_guest_of_the_room_makes_and_reads_no_record(talked):
    makers.make_seat(talked.hana, talked.matsumoto.organization)
    makers.make_consent(talked.hana, by=talked.sato, organizations=[talked.matsumoto.organization])
    makers.make_membership(talked.room, talked.matsumoto)

    with pytest.raises(NotAllowed):
        issue(talked, by="matsumoto", lines=drafted(talked, 1))


def test_what_lies_before_ones_time_in_the_room_is_not_recorded(talked):
    lines = drafted(talked, 1)
    later = timezone.now() + timedelta(seconds=1)
    RoomMembership.objects.filter(member=talked.suzuki).update(history_from=later)

    with pytest.raises(NotHere):
        issue(talked, by="suzuki", lines=lines)


def test_issuing_reading_and_printing_are_in_the_ledger_without_words(talked, browser_of):
    record = issue(talked)
    browser, page = browser_of(talked.tanaka), f"{BASE}clients/{talked.hana.pk}/records/{record.number}/"
    for address in (page, f"{page}paper/", f"{page}table/", f"{page}table/?encoding=cp932"):
        assert browser.get(address).status_code == 200

    entries = Entry.objects.filter(verb__startswith="records.").order_by("id")
    assert [entry.verb for entry in entries] == ["records.issued", "records.opened", *["records.taken_out"] * 3]
    assert {entry.client_id for entry in entries} == {talked.hana.pk}
    assert not any("浮腫" in str(entry.__dict__) for entry in entries)


def test_without_a_script_five_messages_become_a_record_in_three_presses(talked, browser_of):
    browser = browser_of(talked.sato)
    room = f"{BASE}rooms/{talked.room.pk}/"
    assert f'href="{room}record/"' in browser.get(room).content.decode()
    page = browser.get(f"{room}record/").content.decode()
    assert page.count(" checked") == 5

    draft = browser.post(f"{room}record/draft/", {"message": [1, 2, 3, 4, 5]})
    answer = browser.post(f"{room}record/", fields_of(draft))

    assert answer["Location"] == f"{BASE}clients/{talked.hana.pk}/records/1/"
    assert RecordLine.objects.count() == 5
    shown = browser.get(answer["Location"]).content.decode()
    assert "鈴木 一郎（あおぞら訪問看護ステーション）" in shown
    assert "記録済み" in browser.get(f"{room}record/").content.decode()


def fields_of(page):
    """What the form on the page would send as it stands."""
    lines, head = page.context["lines"], page.context["head"]
    sent = {field.html_name: field.value() for field in head}
    sent |= {field.html_name: field.value() for field in lines.management_form}
    for form in lines:
        for field in form:
            value = field.value()
            sent[field.html_name] = value.strftime("%Y-%m-%dT%H:%M") if field.name == "happened_at" else value
    return sent


def test_a_draft_that_is_wrong_comes_back_with_what_was_typed(talked, browser_of):
    browser, room = browser_of(talked.sato), f"{BASE}rooms/{talked.room.pk}/"
    sent = fields_of(browser.post(f"{room}record/draft/", {"message": [1]}))

    answer = browser.post(f"{room}record/", {**sent, "form-0-content": "", "form-0-person": "鈴木さん"})

    assert answer.status_code == 422
    assert 'value="鈴木さん"' in answer.content.decode()


def test_a_program_issues_and_reads_a_record(talked, browser_of):
    browser, api = browser_of(talked.sato), f"/api/v1{BASE}clients/{talked.hana.pk}/records/"
    sent = {
        "room": str(talked.room.pk),
        "planner": "佐藤 花子",
        "lines": [{"message": 1, "method": "visit"}, {"message": 3}],
    }

    answer = browser.post(api, sent, content_type="application/json")

    assert answer.status_code == 201
    told = browser.get(f"{api}1/").json()
    assert [(line["message"], line["method"]) for line in told["lines"]] == [(1, "visit"), (3, "carenet")]
    assert [one["number"] for one in browser.get(api).json()] == [1]


def test_a_program_renews_a_record_and_says_only_what_is_new(talked, browser_of):
    issue(talked, lines=[replace(one, content=f"要約 {one.number}") for one in drafted(talked, 1, 3)])
    rooms.edit(message=message_for(talked.suzuki, talked.room.pk, 3), body="往診は11時です。", by=talked.suzuki)
    browser, api = browser_of(talked.sato), f"/api/v1{BASE}clients/{talked.hana.pk}/records/1/"
    sent = {"planner": "佐藤 花子", "lines": [{"message": 1}, {"message": 3}, {"message": 4, "method": "telephone"}]}

    answer = browser.post(f"{api}versions/", sent, content_type="application/json")

    assert answer.status_code == 201
    told = browser.get(api).json()
    assert (told["version"], told["lines"]) == (2, answer.json()["lines"])
    assert [(one["content"], one["method"]) for one in told["lines"]] == [
        ("要約 1", "carenet"),
        ("往診は11時です。", "carenet"),
        ("ご家族に連絡しました。", "telephone"),
    ]


def test_a_program_cannot_renew_a_record_on_another_form_or_from_outside_the_room(talked, browser_of):
    issue(talked, 1)
    api = f"/api/v1{BASE}clients/{talked.hana.pk}/records/1/versions/"
    sent = {"planner": "佐藤 花子", "lines": [{"message": 1}]}
    meeting = {
        "begins_at": "2026-11-20T10:00:00+09:00",
        "ends_at": "2026-11-20T11:00:00+09:00",
        "venue": "自宅",
        "occasion": 1,
        "client_attended": True,
        "topics": "退院後の生活",
        "conclusion": "訪問を増やす",
        "people": [{"post": "居宅介護支援", "name": "佐藤 花子", "is_present": True}],
    }

    refused = browser_of(talked.sato).post(api, {**sent, "meeting": meeting}, content_type="application/json")

    assert (refused.status_code, refused.json()["code"]) == (422, "on_another_form")
    assert browser_of(talked.tanaka).post(api, sent, content_type="application/json").status_code == 404
    assert SupportRecord.objects.count() == 1

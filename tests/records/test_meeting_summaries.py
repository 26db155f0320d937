"""Messages become a meeting's summary (第4表): when and where, who was there or was asked, each line as in a 第5表."""

import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone
from pypdf import PdfReader

from apps.audit.models import Entry
from apps.kernel.refusals import NotAllowed, NotHere
from apps.records import actions, papers, queries
from apps.records.actions import Held, Line, Person
from apps.records.models import Attendee, Meeting, SupportRecord
from apps.records.refusals import EndsBeforeItBegins, NobodyCame, OnAnotherForm, TooManyAttendees
from apps.rooms import actions as rooms
from apps.rooms.access import message_for
from tests import makers
from tests.records.makers import make_meeting, make_record
from tests.saying import say

GOLDEN = Path(__file__).parent / "golden"
BASE = "/e/sakuragawa-care/"
MOMENT = timezone.make_aware(timezone.datetime(2026, 11, 20, 14, 0))
HELD = Held(
    begins_at=MOMENT,
    ends_at=MOMENT + timedelta(hours=1),
    venue="市役所3階 会議室",
    occasion=2,
    client_attended=True,
    family="佐々木 恵（長女）",
    note="福祉用具の担当者は11月18日に照会した。",
    topics="1. 浮腫への対応\n2. 入浴の回数",
    conclusion="訪問看護を週2回に増やす。",
    remaining="体重の推移を見る。次回は令和9年2月。",
    people=(
        Person("ひだまりケアプラン（介護支援専門員）", "佐藤 花子", is_present=True),
        Person("あおぞら訪問看護ステーション（訪問看護師）", "鈴木 一郎", is_present=True),
        Person("となり福祉用具", "", is_present=False),
    ),
)


@pytest.fixture
def talked(cast):
    say(cast.room, cast.suzuki, "髙𣘺先生より、浮腫は経過観察でよいとのこと。")
    say(cast.room, cast.sato, "福祉用具：手すりの追加に賛成です。")
    return cast


def drafted(cast, *numbers, by="sato"):
    chosen = queries.messages_chosen(cast[by], cast.room, numbers or (1, 2))
    return [Line(**one) for one in queries.drafted(cast[by], cast.room, chosen)]


def issue(cast, *numbers, by="sato", held=HELD, lines=None):
    told = {"planner": "佐藤 花子", "meeting": held, "by": cast[by]}
    return actions.issue_record(room=cast.room, lines=drafted(cast, *numbers) if lines is None else lines, **told)


def fixed(cast):
    """A summary whose days are always the same; the second line is the answer of somebody who could not come."""
    first, second = drafted(cast)
    lines = [
        replace(first, happened_at=MOMENT, method="meeting"),
        replace(second, happened_at=MOMENT - timedelta(days=2), method="inquiry"),
    ]
    record = issue(cast, lines=lines)
    record.issued_at = timezone.make_aware(timezone.datetime(2026, 11, 21, 17, 0))
    return queries.shown(record)


def test_a_summary_equals_the_golden_table(talked):
    assert papers.csv_utf8(fixed(talked)) == (GOLDEN / "meeting.csv").read_bytes()


def test_a_summary_on_paper_equals_the_golden_sheet(talked):
    shown = fixed(talked)

    pages = PdfReader(io.BytesIO(papers.sheet(shown))).pages

    text = "\n".join(page.extract_text() for page in pages)
    assert "".join(text.split()) == "".join((GOLDEN / "meeting.txt").read_text().split())
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == [842, 595]


def test_a_summary_for_old_programs_says_what_it_cannot_hold(talked):
    shown = fixed(talked)

    assert papers.unwritable(shown) == ["𣘺"]
    assert "髙〓先生" in papers.csv_cp932(shown).decode("cp932")


def test_a_later_edit_is_flagged_and_the_next_version_bears_it(talked):
    record = issue(talked)
    assert queries.shown(record).overtaken == []
    rooms.edit(message=message_for(talked.suzuki, talked.room.pk, 1), body="経過観察です。", by=talked.suzuki)
    assert [line.place for line in queries.shown(record).overtaken] == [1]

    again = [Line(**one) for one in queries.drafted_again(talked.sato, record, talked.room)]
    told = {"planner": "佐藤 花子", "lines": again, "by": talked.sato}
    renewed = actions.renew_record(record=record, meeting=replace(HELD, conclusion="週3回に増やす。"), **told)

    assert (renewed.number, renewed.version, renewed.meeting.conclusion) == (1, 2, "週3回に増やす。")
    assert renewed.lines.all()[0].content == "経過観察です。"
    assert Meeting.objects.get(record=record).conclusion == HELD.conclusion


def test_a_record_stays_on_its_form(talked):
    record = issue(talked)

    with pytest.raises(OnAnotherForm):
        actions.renew_record(record=record, planner="佐藤 花子", lines=drafted(talked), by=talked.sato)


@pytest.mark.parametrize(
    ("change", "no"),
    [
        ({"people": ()}, NobodyCame),
        ({"people": (HELD.people[2],)}, NobodyCame),
        ({"people": HELD.people[:1] * 41}, TooManyAttendees),
        ({"ends_at": HELD.begins_at}, EndsBeforeItBegins),
    ],
)
def test_a_meeting_of_nobody_or_of_no_time_is_refused_and_nothing_is_kept(talked, change, no):
    with pytest.raises(no):
        issue(talked, held=replace(HELD, **change))
    assert not SupportRecord.objects.exists()
    assert issue(talked).is_of_meeting


def test_nothing_of_a_summary_is_changed(talked):
    issue(talked)

    for model in (Meeting, Attendee):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            model.objects.update(environment=talked.environment)


@pytest.mark.parametrize(
    ("change", "promise"),
    [
        ({"ends_at": MOMENT}, "a_meeting_ends_after_it_begins"),
        ({"occasion": 0}, "meetings_of_a_client_begin_at_one"),
        ({"topics": ""}, "a_meeting_says_where_what_and_with_what_outcome"),
    ],
)
def test_the_database_keeps_meetings_sensible(talked, change, promise):
    record = make_record(talked.room, by=talked.sato)
    told = {name: value for name, value in vars(HELD).items() if name != "people"} | change

    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        Meeting.objects.create(environment=talked.environment, record=record, **told)


@pytest.mark.parametrize("person", ["takahashi", "tanaka", "ito"])
def test_only_who_is_in_the_room_makes_its_summary(talked, person):
    lines = drafted(talked)

    with pytest.raises(NotHere):
        issue(talked, by=person, lines=lines)
    assert issue(talked, lines=lines).is_of_meeting


def test_a_guest_of_the_room_makes_no_summary(talked):
    makers.make_seat(talked.hana, talked.matsumoto.organization)
    makers.make_consent(talked.hana, by=talked.sato, organizations=[talked.matsumoto.organization])
    makers.make_membership(talked.room, talked.matsumoto)

    with pytest.raises(NotAllowed):
        issue(talked, by="matsumoto", lines=drafted(talked))


def test_the_room_and_the_bodies_of_the_team_that_are_not_in_it_are_proposed(talked):
    midori = talked.takahashi.organization
    makers.make_seat(talked.hana, midori)
    makers.make_consent(talked.hana, by=talked.sato, organizations=[midori])

    proposed = queries.people_proposed(talked.sato, talked.room)

    assert [(one["post"], one["name"]) for one in proposed] == [
        ("あおぞら訪問看護ステーション（訪問看護師）", "鈴木 一郎"),
        ("ひだまりケアプラン（介護支援専門員）", "佐藤 花子"),
        ("みどりホームヘルプ", ""),
    ]


def test_meetings_are_counted_and_a_day_is_proposed(talked):
    make_meeting(talked.room, by=talked.sato)
    chosen = queries.messages_chosen(talked.sato, talked.room, [1, 2])

    head = queries.head_proposed(talked.sato, talked.room, chosen)

    assert (head["occasion"], head["held_on"]) == (2, timezone.localdate(chosen[-1].posted_at))


def test_what_is_in_a_progress_record_is_still_ticked_for_a_summary(talked):
    make_record(talked.room, by=talked.sato, message_number=1)

    def ticked(**how):
        return [one.message.number for one in queries.choosable(talked.sato, talked.room, **how) if one.is_ticked]

    assert ticked() == [2]
    assert ticked(for_meeting=True) == [1, 2]


def test_without_a_script_messages_become_a_summary(talked, browser_of):
    browser, room = browser_of(talked.sato), f"{BASE}rooms/{talked.room.pk}/"
    assert f'href="{room}meeting/"' in browser.get(f"{room}record/").content.decode()
    draft = browser.post(f"{room}meeting/draft/", {"message": [1, 2]})
    empty = browser.post(f"{room}meeting/", fields_of(draft))
    assert empty.status_code == 422

    said = {"begins": "14:00", "ends": "15:00", "venue": "会議室", "topics": "浮腫", "conclusion": "週2回"}
    answer = browser.post(f"{room}meeting/", fields_of(draft) | said | {"people-1-presence": "absent"})

    assert answer["Location"] == f"{BASE}clients/{talked.hana.pk}/records/1/"
    assert list(Attendee.objects.values_list("name", "is_present")) == [("鈴木 一郎", True), ("佐藤 花子", False)]
    page = browser.get(answer["Location"]).content.decode()
    assert "会議の要点 1" in page
    assert "欠席（照会）" in page
    assert "会議の要点 1" in browser.get(f"{BASE}clients/{talked.hana.pk}/records/").content.decode()


@pytest.mark.parametrize("kind", ["meeting", "record"])
def test_whoever_drops_a_draft_is_led_back_to_choosing(kind, talked, browser_of):
    room = f"{BASE}rooms/{talked.room.pk}/"

    page = browser_of(talked.sato).post(f"{room}{kind}/draft/", {"message": [1]}).content.decode()

    assert page.count(f'href="{room}{kind}/"') == 2


def fields_of(page):
    """What the forms on the page would send as they stand."""
    forms = [page.context["head"], *page.context["lines"], *page.context["people"]]
    forms += [page.context["lines"].management_form, page.context["people"].management_form]
    fields = {field.html_name: field for form in forms for field in form}
    return {name: told(field) for name, field in fields.items() if field.value() not in (None, False)}


def told(field):
    return field.value().strftime("%Y-%m-%dT%H:%M") if field.name == "happened_at" else field.value()


def test_a_wrong_draft_comes_back_with_everything_that_was_typed(talked, browser_of):
    browser, room = browser_of(talked.sato), f"{BASE}rooms/{talked.room.pk}/"
    sent = fields_of(browser.post(f"{room}meeting/draft/", {"message": [1]}))

    answer = browser.post(f"{room}meeting/", sent | {"begins": "15:00", "ends": "14:00", "venue": "相談室"})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="相談室"' in page
    assert "終了時刻が開始時刻より前" in page
    assert 'value="鈴木 一郎"' in page


def test_a_name_without_its_post_is_asked_for_and_an_empty_row_is_nobody(talked, browser_of):
    browser, room = browser_of(talked.sato), f"{BASE}rooms/{talked.room.pk}/"
    sent = fields_of(browser.post(f"{room}meeting/draft/", {"message": [1]}))
    sent |= {"begins": "14:00", "ends": "15:00", "venue": "会議室", "topics": "浮腫", "conclusion": "週2回"}
    sent["people-1-post"] = ""

    assert browser.post(f"{room}meeting/", sent).status_code == 422
    assert browser.post(f"{room}meeting/", sent | {"people-1-name": ""}).status_code == 302
    assert [one.name for one in Attendee.objects.all()] == ["鈴木 一郎"]


def test_a_program_issues_and_reads_a_summary(talked, browser_of):
    browser, api = browser_of(talked.sato), f"/api/v1{BASE}clients/{talked.hana.pk}/records/"
    people = [vars(one) for one in HELD.people]
    meeting = {name: value for name, value in vars(HELD).items() if name != "people"} | {"people": people}
    sent = {"room": str(talked.room.pk), "planner": "佐藤 花子", "lines": [{"message": 1}], "meeting": meeting}

    answer = browser.post(api, sent, content_type="application/json")

    assert answer.status_code == 201
    told_back = browser.get(f"{api}1/").json()
    assert told_back["is_of_meeting"] is True
    assert told_back["meeting"]["people"] == people
    sent["meeting"]["people"] = [people[2]]
    assert browser.post(api, sent, content_type="application/json").json()["code"] == "nobody_came"


def test_issuing_and_printing_a_summary_are_in_the_ledger_without_words(talked, browser_of):
    record = issue(talked)
    browser, page = browser_of(talked.tanaka), f"{BASE}clients/{talked.hana.pk}/records/{record.number}/"
    for address in (page, f"{page}paper/", f"{page}table/", f"{page}table/?encoding=cp932"):
        assert browser.get(address).status_code == 200

    entries = Entry.objects.filter(verb__startswith="records.").order_by("id")
    assert [entry.verb for entry in entries] == ["records.issued", "records.opened", *["records.taken_out"] * 3]
    assert entries[0].detail["form"] == "meeting"
    assert not any("浮腫" in str(entry.__dict__) or "会議室" in str(entry.__dict__) for entry in entries)

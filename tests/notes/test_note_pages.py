"""The pages of notes as plain requests, and the same for programs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.notes import actions
from apps.notes.models import NoteVersion
from tests import makers
from tests.notes.makers import make_note

BASE = "/e/sakuragawa-care/"


@pytest.fixture
def notes(cast):
    return f"{BASE}rooms/{cast.room.pk}/notes/"


def test_the_room_leads_to_its_notes(cast, browser_of, notes):
    page = browser_of(cast.sato).get(f"{BASE}rooms/{cast.room.pk}/").content.decode()

    assert f'href="{notes}"' in page


def test_a_note_is_begun_with_a_form_and_read(cast, browser_of, notes):
    browser = browser_of(cast.sato)
    form = browser.get(f"{notes}new/?form=minutes").context["form"]

    answer = browser.post(f"{notes}new/", {"title": form["title"].value(), "body": form["body"].value()})

    assert answer["Location"] == f"{notes}1/"
    assert "<h2>" in browser.get(answer["Location"]).content.decode()


def test_what_was_typed_stays_where_it_is_refused(cast, browser_of, notes):
    answer = browser_of(cast.sato).post(f"{notes}new/", {"title": "", "body": "書いたもの"})

    assert answer.status_code == 422
    assert "書いたもの" in answer.content.decode()


def test_who_saves_second_sees_both_texts_and_saves_on_top(cast, browser_of, notes):
    note = make_note(cast.room, by=cast.sato, body="はじめ")
    actions.save_note(note=note, expected=1, title="予定", body="鈴木の文", by=cast.suzuki)
    sent = {"title": "予定", "body": "佐藤の文", "reason": "", "version": 1}
    browser = browser_of(cast.sato)

    answer = browser.post(f"{notes}1/text/", sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "佐藤の文" in page
    assert "鈴木の文" in page
    assert (
        browser.post(f"{notes}1/text/", {**sent, "version": answer.context["form"]["version"].value()}).status_code
        == 302
    )
    assert list(note.versions.order_by("number").values_list("body", flat=True)) == ["はじめ", "鈴木の文", "佐藤の文"]


def test_a_line_is_ticked_without_a_script_and_with_one(cast, browser_of, notes):
    note, browser = make_note(cast.room, by=cast.sato), browser_of(cast.suzuki)

    plain = browser.post(f"{notes}1/ticks/", {"version": 1, "item": 1, "state": "done"})
    swapped = browser.post(
        f"{notes}1/ticks/", {"version": 1, "item": 2, "state": "done"}, headers={"HX-Request": "true"}
    )

    assert plain["Location"] == f"{notes}1/"
    assert swapped.content.decode().count('aria-pressed="true"') == 2
    assert note.versions.count() == 3


def test_history_compares_and_leads_back(cast, browser_of, notes):
    note, browser = make_note(cast.room, by=cast.sato, body="一\n二"), browser_of(cast.sato)
    actions.save_note(note=note, expected=1, title="予定", body="一\n三", reason="訂正", by=cast.suzuki)

    history = browser.get(f"{notes}1/versions/").content.decode()
    page = browser.get(f"{notes}1/versions/2/").content.decode()
    back = browser.post(f"{notes}1/versions/1/return/", {"expected": 2})

    assert "訂正" in history
    assert "<del>二</del>" in page
    assert "<ins>三</ins>" in page
    assert back["Location"] == f"{notes}1/"
    assert NoteVersion.objects.latest("number").body == "一\n二"


def test_a_guest_is_told_no_name_of_somebody_they_never_met(cast, browser_of, notes):
    make_note(cast.room, by=cast.takahashi)
    makers.make_seat(cast.hana, cast.matsumoto.organization)
    makers.make_consent(cast.hana, by=cast.sato, organizations=[cast.matsumoto.organization])
    makers.make_membership(cast.room, cast.matsumoto)
    browser = browser_of(cast.matsumoto)

    for address in (notes, f"{notes}1/", f"{notes}1/versions/", f"{notes}1/versions/1/", f"/api/v1{notes}1/"):
        answer = browser.get(address)
        assert answer.status_code == 200
        assert cast.takahashi.name not in answer.content.decode()


def test_a_list_of_many_notes_asks_no_more_than_one_of_few(cast, browser_of, notes):
    browser = browser_of(cast.sato)
    make_note(cast.room, by=cast.sato)
    browser.get(notes)
    with CaptureQueriesContext(connection) as few:
        browser.get(notes)
    for _each in range(9):
        make_note(cast.room, by=cast.suzuki)
    with CaptureQueriesContext(connection) as many:
        browser.get(notes)

    assert len(many) <= len(few)


def test_a_program_begins_saves_ticks_and_reads(cast, browser_of, notes):
    browser, api = browser_of(cast.sato), f"/api/v1{notes}"
    how = {"content_type": "application/json"}

    made = browser.post(api, {"title": "予定", "body": "- [ ] 訪問"}, **how)
    saved = browser.put(f"{api}1/", {"title": "予定", "body": "- [ ] 訪問\n- [ ] 電話", "version": 1}, **how)
    late = browser.put(f"{api}1/", {"title": "予定", "body": "あ", "version": 1}, **how)
    ticked = browser.post(f"{api}1/ticks/", {"version": 2, "item": 2, "is_done": True}, **how)

    assert (made.status_code, saved.status_code, ticked.status_code) == (201, 200, 200)
    assert (late.status_code, late.json()["code"]) == (409, "note_saved_meanwhile")
    assert [one["is_done"] for one in ticked.json()["newest"]["checks"]] == [False, True]
    assert [one["number"] for one in browser.get(f"{api}1/versions/").json()] == [3, 2, 1]
    assert browser.get(f"{api}1/versions/1/").json()["body"] == "- [ ] 訪問"
    assert browser.post(f"{api}1/versions/1/return/", {"expected": 3}, **how).json()["version"] == 4
    assert browser.put(f"{api}1/archive/").status_code == 204
    assert browser.get(api).json() == []
    assert [one["number"] for one in browser.get(f"{api}?archived=1").json()] == [1]

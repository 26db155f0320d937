"""What somebody has begun to write is kept for them alone, until it is sent or given up."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.audit.models import Entry
from apps.kernel.refusals import IndividualNumber, NotAllowed, NotHere
from apps.rooms import actions
from apps.rooms.models import Draft, RoomMembership
from apps.rooms.queries import room_rows
from apps.rooms.refusals import AnsweredMissing, RoomArchived, TooLong
from tests import makers
from tests.saying import say

URL = "/e/sakuragawa-care/rooms/"


def keep(cast, body="明日の訪問は", by="sato", **more):
    actions.keep_draft(room=cast.room, body=body, by=cast[by], **more)


def address(cast, rest="draft/"):
    return f"{URL}{cast.room.pk}/{rest}"


def test_there_is_one_draft_of_a_person_in_a_room_as_it_stands_last(cast):
    keep(cast)
    keep(cast, "明日の訪問は10時", by="suzuki")
    keep(cast, "明日の訪問は11時\n ")

    assert sorted(Draft.objects.values_list("member__name", "body")) == [
        ("佐藤 花子", "明日の訪問は11時\n "),
        ("鈴木 一郎", "明日の訪問は10時"),
    ]


def test_the_ledger_is_told_of_its_beginning_and_end_and_of_no_word(cast):
    for body in ("明", "明日", "明日の", " "):
        keep(cast, body)

    entries = Entry.objects.filter(verb__startswith="rooms.draft").order_by("pk")
    assert [one.verb for one in entries] == ["rooms.draft_kept", "rooms.draft_forgotten"]
    assert "明" not in str([one.__dict__ for one in entries])


def test_only_who_may_write_in_the_room_keeps_a_draft_there(cast):
    makers.make_exception(cast.hana, by=cast.tanaka)
    for person, refusal in (("takahashi", NotHere), ("tanaka", NotAllowed)):
        with pytest.raises(refusal):
            keep(cast, by=person)
    actions.archive_room(room=cast.room, reason="支援の終了", by=cast.sato)
    with pytest.raises(RoomArchived):
        keep(cast)

    assert not Draft.objects.exists()


@pytest.mark.parametrize(("body", "why"), [("番号は123456789018です", IndividualNumber), ("あ" * 10_001, TooLong)])
def test_what_could_not_be_sent_is_not_kept(cast, body, why):
    with pytest.raises(why):
        keep(cast, body)

    assert not Draft.objects.exists()


def test_a_draft_answers_only_what_its_author_may_read(cast):
    say(cast.room, cast.suzuki)
    with pytest.raises(AnsweredMissing):
        keep(cast, answers=2)

    keep(cast, answers=1)
    assert Draft.objects.get().answers == 1


def test_the_database_keeps_one_that_says_something_and_answers_its_own_room(cast):
    row = {"environment": cast.environment, "member": cast.sato, "room": cast.room}
    for wrong in ({"body": ""}, {"body": "x", "answers": 5}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Draft.objects.create(**row, **wrong)
    Draft.objects.create(**row, body="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.create(**row, body="y")


def test_the_room_opens_with_ones_own_draft_and_nobody_elses(cast, browser_of):
    say(cast.room, cast.suzuki, "何時ですか。")
    keep(cast, "10時に参ります", answers=1)

    mine, other = (browser_of(one).get(address(cast, "")).content.decode() for one in (cast.sato, cast.suzuki))
    assert ("10時に参ります" in mine, "10時に参ります" in other) == (True, False)
    assert 'name="answers" value="1"' in mine


def test_the_list_says_where_one_has_begun_to_write(cast, browser_of):
    other = makers.make_room(members=[cast.sato], title="勉強会")
    keep(cast)

    page = browser_of(cast.sato).get(URL).content.decode()
    assert page.count("下書き") == 1
    assert {one.pk: one.is_drafted for one in room_rows(cast.sato)} == {cast.room.pk: True, other.pk: False}
    assert not any(one.is_drafted for one in room_rows(cast.suzuki))


@pytest.mark.parametrize("held", [{}, {"hold": "1"}])
def test_sending_empties_it_and_only_there(cast, browser_of, held):
    other = makers.make_room(members=[cast.sato], title="勉強会")
    keep(cast)
    keep(cast, by="suzuki")
    actions.keep_draft(room=other, body="別の話", by=cast.sato)

    browser_of(cast.sato).post(address(cast, "messages/"), {"body": "明日の訪問は10時です。", **held})

    assert sorted(Draft.objects.values_list("member__name", "room__title")) == [
        ("佐藤 花子", "勉強会"),
        ("鈴木 一郎", ""),
    ]


def test_what_was_refused_stays_a_draft(cast, browser_of):
    keep(cast)

    browser_of(cast.sato).post(address(cast, "messages/"), {"body": "番号は123456789018です"})

    assert Draft.objects.get().body == "明日の訪問は"


def test_writing_for_later_empties_it(cast, browser_of):
    keep(cast)
    at = timezone.localtime() + timedelta(days=1)

    browser_of(cast.sato).post(address(cast, "waiting/"), {"body": "明日", "send_at": f"{at:%Y-%m-%dT%H:%M}"})

    assert not Draft.objects.exists()


def test_a_draft_is_kept_by_the_element_and_by_a_button_without_a_script(cast, browser_of):
    browser = browser_of(cast.sato)

    assert browser.post(address(cast), {"body": "明日の"}, headers={"HX-Request": "true"}).status_code == 204
    answer = browser.post(address(cast), {"body": "明日の訪問"})
    assert (answer.status_code, answer["Location"]) == (302, URL)
    assert Draft.objects.get().body == "明日の訪問"
    assert browser.post(address(cast), {"body": "x", "answers": "だれ"}).status_code == 422


def test_a_program_reads_keeps_and_forgets_a_draft(cast, browser_of):
    browser, api = browser_of(cast.sato), f"/api/v1{address(cast)}"
    assert browser.get(api).json() == {"body": "", "answers": None}

    assert browser.put(api, {"body": "明日の"}, content_type="application/json").status_code == 204
    assert browser.get(api).json() == {"body": "明日の", "answers": None}
    assert [one["is_drafted"] for one in browser.get(f"/api/v1{URL}").json()] == [True]
    assert browser.delete(api).status_code == 204
    assert not Draft.objects.exists()


def test_a_draft_of_somebody_who_is_let_out_is_shown_to_nobody(cast, browser_of):
    keep(cast, by="suzuki")
    RoomMembership.objects.filter(room=cast.room, member=cast.suzuki).update(valid_to=timezone.now())

    assert browser_of(cast.suzuki).get(address(cast, "")).status_code == 404
    assert not list(room_rows(cast.suzuki))

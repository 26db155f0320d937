"""How many there may be in a room, and in how many rooms one may be: the admin says, the database counts."""

import pytest
from django.db import IntegrityError, transaction

from apps.audit.models import Entry
from apps.kernel.refusals import NotAllowed
from apps.rooms import actions
from apps.rooms.models import RoomLimits, RoomMembership, TalkRoom
from apps.rooms.queries import limits_of
from apps.rooms.refusals import RoomFull, TooManyRooms
from tests import makers

PAGE = "/e/sakuragawa-care/rooms/limits/"
API = f"/api/v1{PAGE}"
FILES = {"files_per_send": 10, "megabytes_per_send": 200, "gigabytes_kept": 50, "marks_downloads": "on"}


def set_limits(cast, members=500, rooms=500):
    return actions.set_limits(members_per_room=members, rooms_per_person=rooms, by=cast.ito)


def test_the_usual_limits_are_above_those_of_others(cast):
    usual = limits_of(cast.environment.pk)

    assert usual.members_per_room > 350
    assert usual.rooms_per_person > 300


def test_nobody_comes_into_a_full_room_and_nothing_is_half_done(cast):
    room = makers.make_room(members=[cast.sato, cast.suzuki])
    set_limits(cast, members=3)
    before = Entry.objects.count()

    with pytest.raises(RoomFull) as refused:
        actions.admit_all(
            members=[cast.tanaka, cast.takahashi], room=room, history_from=None, reason="応援", by=cast.sato
        )

    assert "3" in refused.value.said
    assert RoomMembership.objects.filter(room=room).count() == 2
    assert Entry.objects.count() == before
    actions.admit(member=cast.tanaka, room=room, reason="応援", by=cast.sato)


def test_a_place_in_a_full_room_is_free_again_when_somebody_goes(cast):
    room = makers.make_room(members=[cast.sato, cast.suzuki])
    set_limits(cast, members=2)
    actions.remove(member=cast.suzuki, room=room, by=cast.sato)

    actions.admit(member=cast.tanaka, room=room, reason="応援", by=cast.sato)


def test_nobody_is_in_more_rooms_than_there_may_be(cast, browser_of):
    set_limits(cast, rooms=2)
    told = {"kind": "group", "purpose": "", "classification": "office_matter", "members": [cast.takahashi]}
    first = actions.open_room(title="一", by=cast.tanaka, **told)
    actions.open_room(title="二", by=cast.suzuki, **told)

    with pytest.raises(TooManyRooms) as refused:
        actions.open_room(title="三", by=cast.ishii, **told)
    assert cast.takahashi.name in refused.value.said
    assert not TalkRoom.objects.filter(title="三").exists()
    sent = {"title": "三", "classification": "office_matter", "members": [cast.takahashi.pk]}
    page = browser_of(cast.ishii).post("/e/sakuragawa-care/rooms/new/?kind=group", sent)
    assert page.status_code == 422
    assert "ルームに参加しています" in page.content.decode()

    actions.archive_room(room=first, reason="終了", by=cast.tanaka)
    actions.open_room(title="三", by=cast.ishii, **told)


def test_without_the_verb_the_database_counts_too(cast):
    room = makers.make_room(members=[cast.sato, cast.suzuki])
    set_limits(cast, members=2)
    with pytest.raises(IntegrityError, match="the room is full"), transaction.atomic():
        makers.make_membership(room, cast.tanaka)

    set_limits(cast, rooms=1)
    with pytest.raises(IntegrityError, match="as many rooms"), transaction.atomic():
        makers.make_room(members=[cast.sato])


def test_without_the_verb_no_limit_leaves_its_bounds(cast):
    set_limits(cast)
    for wrong in ({"members_per_room": 1}, {"rooms_per_person": 0}, {"members_per_room": 5001}):
        with pytest.raises(IntegrityError, match="rooms_have_place"), transaction.atomic():
            RoomLimits.objects.update(**wrong)


def test_only_the_admin_sets_limits(cast, browser_of):
    with pytest.raises(NotAllowed):
        actions.set_limits(members_per_room=10, rooms_per_person=10, by=cast.sato)
    assert browser_of(cast.sato).get(PAGE).status_code == 403

    admin = browser_of(cast.ito)
    assert admin.post(PAGE, {**FILES, "members_per_room": 1, "rooms_per_person": 9}).status_code == 422
    limits = {"members_per_room": 40, "rooms_per_person": 9, "seen_shown_to": "sender"}
    assert admin.post(PAGE, {**FILES, **limits}).status_code == 302
    of_files = browser_of(cast.sato).get("/api/v1/e/sakuragawa-care/files/limits/").json()
    assert of_files == {**FILES, "marks_downloads": True}
    told = browser_of(cast.sato).get(API).json()
    assert told == limits
    sent = {"members_per_room": 41, "rooms_per_person": 9}
    assert admin.put(API, sent, content_type="application/json").json() == limits | sent
    assert Entry.objects.filter(verb="rooms.limits_set").count() == 2

"""Kinds of rooms: who opens them, who is in them as what, and what the database promises of each."""

import pytest
from django.db import IntegrityError, transaction

from apps.audit.models import Entry
from apps.environments.access import members_visible_to
from apps.kernel.refusals import IndividualNumber, NotAllowed, NotHere
from apps.notices.models import Notification
from apps.rooms import actions
from apps.rooms.access import can_post, people_who_can_read, room_for
from apps.rooms.models import RoomMembership, TalkRoom
from apps.rooms.refusals import (
    GuestOwnsNothing,
    LastOwner,
    NoReason,
    NotOnTheTeam,
    NotOpenedHere,
    RoleDoesNotFit,
    TitleMissing,
    TwoPeopleOnly,
)
from tests import makers
from tests.saying import say

URL = "/e/sakuragawa-care/rooms/"
API = "/api/v1/e/sakuragawa-care/rooms/"


def open_room(by, *members, kind="group", **about):
    told = {"title": "事業所連絡会", "purpose": "", "classification": "office_matter", **about}
    return actions.open_room(kind=kind, members=members, by=by, **told)


def role_of(member, room):
    return RoomMembership.objects.open().get(member=member, room=room).role


# -- theme rooms and announcements


def test_who_opens_a_theme_room_owns_it_and_brings_others_in_who_write(cast):
    room = open_room(cast.sato, cast.takahashi, cast.tanaka, purpose="月例会の日程")

    assert {one.pk for one in people_who_can_read(room)} == {cast.sato.pk, cast.takahashi.pk, cast.tanaka.pk}
    assert role_of(cast.sato, room) == "owner"
    assert can_post(cast.takahashi, room)
    assert set(Notification.objects.values_list("receiver", flat=True)) == {cast.takahashi.pk, cast.tanaka.pk}
    assert Entry.objects.get(verb="rooms.opened_room").detail == {"kind": "group"}


def test_announcements_are_read_by_all_and_written_by_who_may(cast):
    room = open_room(cast.tanaka, cast.sato, cast.matsumoto, kind="announcement")
    assert not can_post(cast.sato, room)
    with pytest.raises(NotAllowed):
        say(room, cast.sato)

    actions.give_role(member=cast.sato, room=room, role="writer", by=cast.tanaka)

    say(room, cast.sato, "書けます。")
    assert room_for(cast.matsumoto, room.pk) == room


def test_a_guest_does_not_learn_who_else_reads_announcements(cast, browser_of):
    room = open_room(cast.tanaka, cast.sato, cast.matsumoto, cast.kobayashi, kind="announcement")

    seen = set(members_visible_to(cast.matsumoto))
    page = browser_of(cast.matsumoto).get(f"{URL}{room.pk}/people/").content.decode()

    assert seen == {cast.matsumoto, cast.tanaka}
    assert cast.tanaka.name in page
    for hidden in (cast.sato.name, cast.kobayashi.name):
        assert hidden not in page
    assert cast.sato.name in browser_of(cast.tanaka).get(f"{URL}{room.pk}/people/").content.decode()


def test_a_guest_opens_neither_a_theme_room_nor_announcements(cast):
    for kind in ("group", "announcement"):
        with pytest.raises(NotAllowed):
            open_room(cast.matsumoto, kind=kind)


@pytest.mark.parametrize(
    ("about", "refusal"),
    [
        ({"title": "  "}, TitleMissing),
        ({"kind": "pair"}, NotOpenedHere),
        ({"kind": "client"}, NotOpenedHere),
        ({"title": "番号 1234-5678-9018"}, IndividualNumber),
        ({"purpose": "番号は123456789018"}, IndividualNumber),
    ],
)
def test_a_room_that_may_not_be_is_not_opened(cast, about, refusal):
    before = TalkRoom.objects.count()
    with pytest.raises(refusal):
        open_room(cast.sato, cast.takahashi, **about)

    assert TalkRoom.objects.count() == before


def test_nobody_of_another_environment_or_gone_is_brought_in(cast):
    for outsider in (cast.watanabe, cast.mori):
        with pytest.raises(NotHere):
            open_room(cast.sato, cast.takahashi, outsider)

    assert not TalkRoom.objects.filter(kind="group").exists()


# -- a talk of two


def test_two_people_have_one_talk_whoever_begins_it(cast):
    room = actions.open_pair(other=cast.suzuki, by=cast.sato)

    assert actions.open_pair(other=cast.sato, by=cast.suzuki) == room
    assert {one.pk for one in people_who_can_read(room)} == {cast.sato.pk, cast.suzuki.pk}
    with pytest.raises(NotHere):
        room_for(cast.takahashi, room.pk)


def test_who_left_a_talk_of_two_is_in_it_again_when_it_is_opened(cast):
    room = actions.open_pair(other=cast.suzuki, by=cast.sato)
    say(room, cast.sato, "まえ")
    actions.remove(member=cast.suzuki, room=room, by=cast.suzuki)
    assert not people_who_can_read(room).filter(pk=cast.suzuki.pk).exists()

    assert actions.open_pair(other=cast.suzuki, by=cast.sato) == room
    assert people_who_can_read(room).filter(pk=cast.suzuki.pk).exists()


def test_a_guest_talks_with_whom_they_share_a_room_and_with_nobody_else(cast):
    with pytest.raises(NotHere):
        actions.open_pair(other=cast.sato, by=cast.matsumoto)

    makers.make_room(members=[cast.sato, cast.matsumoto])

    assert actions.open_pair(other=cast.sato, by=cast.matsumoto).kind == "pair"


def test_nobody_talks_with_themselves(cast):
    with pytest.raises(NotHere):
        actions.open_pair(other=cast.sato, by=cast.sato)


def test_a_talk_of_two_takes_in_nobody_else(cast):
    room = actions.open_pair(other=cast.suzuki, by=cast.sato)

    with pytest.raises(TwoPeopleOnly):
        actions.admit(member=cast.takahashi, room=room, reason="応援", by=cast.sato)
    with pytest.raises(IntegrityError, match="a talk of two has two people"), transaction.atomic():
        makers.make_membership(room, cast.takahashi)


def test_without_the_verb_the_same_two_have_no_second_talk(cast):
    room = actions.open_pair(other=cast.suzuki, by=cast.sato)
    again = {"environment": cast.environment, "kind": "pair", "opened_by": cast.sato}

    for first, second in ((room.pair_first, room.pair_second), (room.pair_second, room.pair_first)):
        with pytest.raises(IntegrityError), transaction.atomic():
            TalkRoom.objects.create(pair_first=first, pair_second=second, **again)


def test_a_talk_of_two_is_called_for_the_other_one(cast, browser_of):
    room = actions.open_pair(other=cast.suzuki, by=cast.sato)

    for reader, other in ((cast.sato, cast.suzuki), (cast.suzuki, cast.sato)):
        for url in (URL, f"{URL}{room.pk}/"):
            page = browser_of(reader).get(url).content.decode()
            assert f'data-room="{room.pk}"' in page
            assert other.name in page
        told = browser_of(reader).get(f"{API}{room.pk}/").json()
        assert told["other"]["id"] == str(other.pk)


# -- classification and roles


def test_what_is_said_about_a_client_is_a_support_record_for_the_database_too(cast):
    room = actions.open_client_room(client=cast.hana, title="日々の記録", by=cast.sato)
    assert room.classification == "support_record"

    with pytest.raises(IntegrityError, match="talk_about_a_client_is_a_support_record"), transaction.atomic():
        TalkRoom.objects.filter(pk=room.pk).update(classification="office_matter")


def test_a_role_fits_its_room_for_the_verb_and_for_the_database(cast):
    room = open_room(cast.sato, cast.takahashi)
    with pytest.raises(RoleDoesNotFit):
        actions.give_role(member=cast.takahashi, room=room, role="reader", by=cast.sato)
    with pytest.raises(IntegrityError, match="no such role"), transaction.atomic():
        RoomMembership.objects.filter(room=room, member=cast.takahashi).update(role="reader")
    with pytest.raises(IntegrityError, match="no such role"), transaction.atomic():
        RoomMembership.objects.filter(room=cast.room, member=cast.sato).update(role="owner")


def test_only_owners_let_people_into_a_theme_room_and_take_them_out(cast):
    room = open_room(cast.sato, cast.takahashi, cast.suzuki)

    with pytest.raises(NotAllowed):
        actions.admit(member=cast.tanaka, room=room, reason="応援", by=cast.takahashi)
    with pytest.raises(NotAllowed):
        actions.remove(member=cast.suzuki, room=room, by=cast.takahashi)

    actions.give_role(member=cast.takahashi, room=room, role="owner", by=cast.sato)
    actions.admit(member=cast.tanaka, room=room, reason="応援", by=cast.takahashi)
    actions.remove(member=cast.suzuki, room=room, by=cast.takahashi)
    assert not people_who_can_read(room).filter(pk=cast.suzuki.pk).exists()


def test_a_guest_owns_no_room(cast):
    room = open_room(cast.sato, cast.matsumoto)

    with pytest.raises(GuestOwnsNothing):
        actions.give_role(member=cast.matsumoto, room=room, role="owner", by=cast.sato)


def test_the_last_owner_stays_one_until_somebody_else_is(cast):
    room = open_room(cast.sato, cast.takahashi)
    with pytest.raises(LastOwner):
        actions.give_role(member=cast.sato, room=room, role="writer", by=cast.sato)

    actions.give_role(member=cast.takahashi, room=room, role="owner", by=cast.sato)
    actions.give_role(member=cast.sato, room=room, role="writer", by=cast.sato)
    assert role_of(cast.sato, room) == "writer"


def test_a_room_whose_owner_goes_falls_to_who_has_been_in_it_longest(cast):
    room = open_room(cast.sato, cast.matsumoto)
    actions.admit(member=cast.takahashi, room=room, reason="応援", by=cast.sato)
    actions.admit(member=cast.suzuki, room=room, reason="応援", by=cast.sato)

    actions.remove(member=cast.sato, room=room, by=cast.sato)

    assert role_of(cast.takahashi, room) == "owner"
    assert role_of(cast.suzuki, room) == role_of(cast.matsumoto, room) == "writer"
    assert Entry.objects.get(verb="rooms.role_changed").detail == {"member": str(cast.takahashi.pk), "role": "owner"}


# -- admission


def test_several_are_let_in_alike_or_none_of_them(cast):
    with pytest.raises(NotOnTheTeam):
        actions.admit_all(
            members=[cast.tanaka, cast.takahashi], room=cast.room, history_from=None, reason="応援", by=cast.sato
        )
    assert not RoomMembership.objects.filter(member=cast.tanaka).exists()

    room = open_room(cast.sato)
    actions.admit_all(members=[cast.tanaka, cast.takahashi], room=room, history_from=None, reason="応援", by=cast.sato)
    assert RoomMembership.objects.filter(room=room, reason="応援").count() == 2
    assert Entry.objects.filter(verb="rooms.admitted", detail__history_from="all").count() >= 2


@pytest.mark.parametrize("reason", ["", "  "])
def test_nobody_is_let_in_without_a_reason(cast, reason):
    with pytest.raises(NoReason):
        actions.admit(member=cast.tanaka, room=cast.room, reason=reason, by=cast.sato)


# -- individual numbers


@pytest.mark.parametrize("body", ["番号は 123456789018 です", "１２３４－５６７８－９０１８"])
def test_a_message_with_an_individual_number_is_refused_through_every_entrance(cast, browser_of, body):
    key = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
    browser = browser_of(cast.sato)
    with pytest.raises(IndividualNumber):
        say(cast.room, cast.sato, body)
    page = browser.post(f"{URL}{cast.room.pk}/messages/", {"body": body})
    script = browser.post(f"{URL}{cast.room.pk}/messages/", {"body": body}, headers={"HX-Request": "true"})
    told = browser.post(
        f"{API}{cast.room.pk}/messages/", {"body": body, "client_key": key}, content_type="application/json"
    )

    assert page.status_code == script.status_code == told.status_code == 422
    assert body in page.content.decode()
    assert cast.room.messages.count() == 0

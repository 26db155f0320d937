"""Who reads a room: its open members who may see the client, and nobody by role."""

import contextlib
from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.audit.models import Entry
from apps.clients import actions as clients
from apps.clients.access import clients_visible_to, people_who_can_see
from apps.clients.actions import Given
from apps.clients.models import ConsentRecord, LegalException, Seat
from apps.kernel.refusals import NotAllowed, NotHere, Refusal
from apps.notices.models import Notification
from apps.rooms import actions
from apps.rooms.access import (
    can_post,
    messages_readable_by,
    people_who_can_read,
    room_for,
    rooms_heard_by,
    rooms_readable_by,
)
from apps.rooms.models import RoomMembership, TalkRoomUserObjectPermission
from apps.rooms.refusals import AlreadyInRoom, NotOnTheTeam
from tests import makers
from tests.cast import PEOPLE
from tests.saying import say

READERS = {"sato", "suzuki"}


@pytest.mark.parametrize("person", PEOPLE)
def test_the_door_the_list_and_the_reverse_question_agree(cast, person):
    member = cast[person]
    listed = rooms_readable_by(member).filter(pk=cast.room.pk).exists() and member.is_current
    reverse = people_who_can_read(cast.room).filter(pk=member.pk).exists()
    try:
        through_the_door = room_for(member, cast.room.pk) == cast.room
    except NotHere:
        through_the_door = False

    assert listed == reverse == through_the_door == (person in READERS)


def test_superuser_status_opens_no_room(cast):
    get_user_model().objects.filter(pk=cast.takahashi.user_id).update(is_superuser=True)
    cast.takahashi.user.refresh_from_db()

    with pytest.raises(NotHere):
        room_for(cast.takahashi, cast.room.pk)


def test_an_ended_seat_closes_the_room_and_a_new_one_opens_it_again(cast):
    seat = Seat.objects.get(organization=cast.aozora)
    clients.end_seat(seat=seat, by=cast.sato)
    with pytest.raises(NotHere):
        room_for(cast.suzuki, cast.room.pk)

    clients.give_seat(client=cast.hana, organization=cast.aozora, by=cast.sato)
    assert room_for(cast.suzuki, cast.room.pk) == cast.room


def test_admit_writes_period_grant_ledger_and_notification_together(cast):
    actions.admit(member=cast.tanaka, room=cast.room, by=cast.sato, reason="窓口担当")

    assert room_for(cast.tanaka, cast.room.pk) == cast.room
    assert RoomMembership.objects.get(member=cast.tanaka).admitted_by == cast.sato
    assert cast.tanaka.user.has_perm("rooms.view_talkroom", cast.room)
    assert Entry.objects.get(verb="rooms.admitted").detail["member"] == str(cast.tanaka.pk)
    assert Notification.objects.get(receiver=cast.tanaka).path.endswith(f"/rooms/{cast.room.pk}/")


def test_remove_ends_period_and_grant_and_deletes_nothing(cast):
    actions.remove(member=cast.suzuki, room=cast.room, by=cast.sato)

    membership = RoomMembership.objects.get(member=cast.suzuki)
    assert membership.valid_to is not None
    assert membership.removed_by == cast.sato
    assert not TalkRoomUserObjectPermission.objects.filter(user=cast.suzuki.user).exists()
    with pytest.raises(NotHere):
        room_for(cast.suzuki, cast.room.pk)


def test_who_is_in_the_room_is_not_admitted_twice(cast):
    with pytest.raises(AlreadyInRoom):
        actions.admit(member=cast.suzuki, room=cast.room, reason="応援", by=cast.sato)


def test_nobody_without_a_seat_is_admitted_to_a_clients_room(cast):
    with pytest.raises(NotOnTheTeam):
        actions.admit(member=cast.takahashi, room=cast.room, reason="応援", by=cast.sato)


def test_a_guest_admits_nobody(cast):
    room = makers.make_room(members=[cast.matsumoto, cast.sato])

    with pytest.raises(NotAllowed):
        actions.admit(member=cast.takahashi, room=room, reason="応援", by=cast.matsumoto)
    actions.admit(member=cast.takahashi, room=room, reason="応援", by=cast.sato)


def test_nothing_from_before_the_admission_is_shown_unless_it_was_said(cast):

    say(cast.room, cast.sato, "まえ")
    actions.admit(member=cast.tanaka, room=cast.room, reason="応援", by=cast.sato, history_from=timezone.now())
    say(cast.room, cast.sato, "あと")

    assert [one.body for one in messages_readable_by(cast.tanaka, cast.room)] == ["あと"]
    assert [one.body for one in messages_readable_by(cast.suzuki, cast.room)] == ["まえ", "あと"]


def test_somebody_invited_from_a_day_to_come_hears_nothing_before_it(cast):
    room = makers.make_room(members=[cast.sato])
    makers.make_membership(room, cast.matsumoto, history_from=timezone.now() + timedelta(days=3))

    assert room.pk not in {one.room_id for one in rooms_heard_by(cast.matsumoto)}
    assert room.pk in {one.room_id for one in rooms_heard_by(cast.sato)}


STEPS = ["seat", "unseat", "admit", "remove", "consent", "withdraw", "break_glass", "end_emergency"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from(["suzuki", "takahashi"])), max_size=8))
def test_a_room_is_read_by_who_is_in_it_has_a_seat_and_a_consent_after_any_history(cast, steps):
    """Access is the rule at every moment, whatever happened before, and django-guardian says the same of the room.

    An emergency opens client and room for reading to the one who may declare it, and never for writing.
    """
    history = History(cast)
    savepoint = transaction.savepoint()
    for verb, name in steps:
        with contextlib.suppress(Refusal):
            getattr(history, verb)(cast[name])
        for person in ("suzuki", "takahashi"):
            member = cast[person]
            ordinarily = history.seated[person] and person in set().union(*history.covered.values())
            may_see = ordinarily or history.in_emergency[person]
            assert clients_visible_to(member).filter(pk=cast.hana.pk).exists() == may_see
            assert people_who_can_see(cast.hana).filter(pk=member.pk).exists() == may_see
            may_read = (may_see and history.inside[person]) or history.in_emergency[person]
            assert rooms_readable_by(member).filter(pk=cast.room.pk).exists() == may_read
            assert people_who_can_read(cast.room).filter(pk=member.pk).exists() == may_read
            assert can_post(member, cast.room) == (ordinarily and history.inside[person])
            fresh = get_user_model().objects.get(pk=member.user_id)
            assert fresh.has_perm("rooms.view_talkroom", cast.room) == history.inside[person]
    transaction.savepoint_rollback(savepoint)


class History:
    """What has been done to hana's team, kept beside the database in plain words."""

    def __init__(self, cast):
        self.cast = cast
        self.seated = {"suzuki": True, "takahashi": False}
        self.inside = {"suzuki": True, "takahashi": False}
        self.in_emergency = {"suzuki": False, "takahashi": False}
        self.covered = {cast.consent.pk: {"suzuki"}}

    def name(self, member):
        return next(name for name in self.seated if self.cast[name] == member)

    def seat(self, member):
        clients.give_seat(client=self.cast.hana, organization=member.organization, by=self.cast.tanaka)
        self.seated[self.name(member)] = True

    def unseat(self, member):
        open_now = Seat.objects.open().filter(client=self.cast.hana, organization=member.organization).first()
        if open_now is not None:
            clients.end_seat(seat=open_now, by=self.cast.tanaka)
            self.seated[self.name(member)] = False

    def admit(self, member):
        actions.admit(member=member, room=self.cast.room, reason="応援", by=self.cast.sato)
        self.inside[self.name(member)] = True

    def remove(self, member):
        actions.remove(member=member, room=self.cast.room, by=self.cast.sato)
        self.inside[self.name(member)] = False

    def consent(self, member):
        given = Given(
            signer="self",
            signer_name="佐々木 ハナ",
            signed_on=date(2026, 4, 1),
            reference="福祉課 2026-13",
            organizations=(member.organization, self.cast.hidamari),
        )
        record = clients.record_consent(client=self.cast.hana, given=given, by=self.cast.tanaka)
        self.covered[record.pk] = {self.name(member)}

    def withdraw(self, member):
        for record in ConsentRecord.objects.in_force().filter(audience__organization=member.organization):
            clients.withdraw_consent(consent=record, by=self.cast.tanaka)
            del self.covered[record.pk]

    def break_glass(self, member):
        clients.break_glass(client=self.cast.hana, ground="life", purpose="応答がない", by=member)
        self.in_emergency[self.name(member)] = True

    def end_emergency(self, member):
        for exception in LegalException.objects.open().filter(member=member):
            clients.end_exception(exception=exception, by=self.cast.ito)
            self.in_emergency[self.name(member)] = False

"""The care team by its verbs: seats from a day until a day, people in roles, one responsible person."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from apps.audit.models import Entry
from apps.clients import actions
from apps.clients.access import can_see
from apps.clients.models import Client, Responsibility, Seat, TeamMember
from apps.clients.refusals import (
    LastSeat,
    MakesNoPlan,
    NamedAlready,
    NotOfTheSeat,
    PersonLeft,
    ResponsibilityMoved,
    ResponsibleNamed,
    SeatEnded,
    SeatEndsSooner,
    SeatInPast,
    SeatOverlaps,
    SeatReversed,
)
from apps.environments import actions as environments
from apps.environments.models import Member
from apps.kernel.refusals import NotAllowed, NotHere
from apps.notices.models import Notification
from tests import makers
from tests.clients.papers import cover


def seat_of(cast, organization):
    return Seat.objects.lasting().get(client=cast.hana, organization=organization)


def days(number):
    return timezone.now() + timedelta(days=number)


@pytest.fixture
def midori(cast):
    cover(cast.hana, cast.takahashi.organization)
    return cast.takahashi.organization


@pytest.fixture
def planner(cast):
    """Sato, named as care manager on the seat of her office."""
    return actions.name_person(
        seat=seat_of(cast, cast.hidamari), member=cast.sato, role="chief_care_manager", by=cast.sato
    )


@pytest.fixture
def second_planner(cast):
    colleague = makers.make_member(cast.hidamari, name="原 明", kana="はら あきら", profession="care_manager")
    return actions.name_person(seat=seat_of(cast, cast.hidamari), member=colleague, role="care_manager", by=cast.sato)


# -- seats from a day, until a day


def test_a_seat_to_come_opens_nothing_before_its_day(cast, midori):
    seat = actions.give_seat(client=cast.hana, organization=midori, begins_at=days(3), by=cast.sato)
    assert not can_see(cast.takahashi, cast.hana)
    with time_machine.travel(seat.valid_from):
        assert can_see(cast.takahashi, cast.hana)


def test_a_seat_until_a_day_closes_by_itself(cast, midori):
    seat = actions.give_seat(client=cast.hana, organization=midori, ends_at=days(3), by=cast.sato)
    assert can_see(cast.takahashi, cast.hana)
    with time_machine.travel(seat.valid_to):
        assert not can_see(cast.takahashi, cast.hana)


def test_who_will_have_a_seat_is_told_without_a_name(cast, midori):
    actions.give_seat(client=cast.hana, organization=midori, begins_at=days(3), by=cast.sato)
    assert Notification.objects.get(receiver=cast.takahashi).sentence == (
        "Your organization will have a seat on a care team from a day to come."
    )


@pytest.mark.parametrize(
    ("begins", "ends", "refusal"),
    [(5, 9, SeatOverlaps), (0, None, SeatOverlaps), (0, 2, None), (7, None, None)],
    ids=["inside", "around", "before", "right after"],
)
def test_seats_of_one_organization_never_overlap(cast, midori, begins, ends, refusal):
    first = actions.give_seat(client=cast.hana, organization=midori, begins_at=days(3), ends_at=days(7), by=cast.sato)
    begins_at = first.valid_to if begins == 7 else days(begins)
    given = {"client": cast.hana, "organization": midori, "by": cast.sato}
    given |= {"begins_at": begins_at, "ends_at": None if ends is None else days(ends)}
    if refusal is None:
        actions.give_seat(**given)
        assert Seat.objects.filter(organization=midori).count() == 2
    else:
        with pytest.raises(refusal):
            actions.give_seat(**given)


@pytest.mark.parametrize(
    ("begins", "ends", "refusal"),
    [(-1, None, SeatInPast), (None, -1, SeatInPast), (5, 4, SeatReversed), (5, 5, SeatReversed)],
)
def test_a_seat_neither_begins_nor_ends_before_today_nor_runs_backwards(cast, midori, begins, ends, refusal):
    now = timezone.now()
    moments = {name: None if at is None else now + timedelta(days=at) for name, at in (("b", begins), ("e", ends))}
    with pytest.raises(refusal):
        actions.give_seat(
            client=cast.hana, organization=midori, begins_at=moments["b"], ends_at=moments["e"], by=cast.sato
        )
    assert not Seat.objects.filter(organization=midori).exists()


def test_a_seat_ends_on_a_day_to_come_and_sooner_but_never_later(cast):
    seat = seat_of(cast, cast.aozora)
    actions.end_seat(seat=seat, ends_at=days(5), by=cast.sato)
    actions.end_seat(seat=seat, ends_at=days(2), by=cast.sato)
    with pytest.raises(SeatEndsSooner):
        actions.end_seat(seat=seat, ends_at=days(4), by=cast.sato)
    assert can_see(cast.suzuki, cast.hana)
    with time_machine.travel(days(2)):
        assert not can_see(cast.suzuki, cast.hana)


def test_a_seat_that_has_not_begun_is_taken_back(cast, midori):
    seat = actions.give_seat(client=cast.hana, organization=midori, begins_at=days(3), by=cast.sato)
    actions.end_seat(seat=seat, by=cast.sato)
    seat.refresh_from_db()
    assert (seat.valid_to, seat.ended_by) == (seat.valid_from, cast.sato)
    actions.give_seat(client=cast.hana, organization=midori, begins_at=seat.valid_from, by=cast.sato)


def test_without_a_division_the_last_seat_gets_no_end_unless_another_outlasts_it(cast):
    Client.objects.filter(pk=cast.hana.pk).update(division=None)
    aozora, hidamari = seat_of(cast, cast.aozora), seat_of(cast, cast.hidamari)
    actions.end_seat(seat=aozora, ends_at=days(5), by=cast.sato)
    with pytest.raises(LastSeat):
        actions.end_seat(seat=Seat.objects.get(pk=hidamari.pk), ends_at=days(6), by=cast.sato)
    actions.end_seat(seat=Seat.objects.get(pk=hidamari.pk), ends_at=days(4), by=cast.sato)


# -- people


def test_a_person_is_named_in_a_role_for_as_long_as_the_seat_lasts(cast, midori):
    seat = actions.give_seat(client=cast.hana, organization=midori, begins_at=days(3), ends_at=days(9), by=cast.sato)
    person = actions.name_person(seat=seat, member=cast.takahashi, role="home_help_lead", by=cast.sato)
    assert (person.valid_from, person.valid_to) == (seat.valid_from, seat.valid_to)
    entry = Entry.objects.get(verb="clients.person_named")
    assert entry.detail["role"] == "home_help_lead"


def test_a_person_on_the_team_sees_the_client_by_the_seat_only(cast):
    seat = makers.make_seat(cast.hana, cast.takahashi.organization)
    actions.name_person(seat=seat, member=cast.takahashi, role="home_help_lead", by=cast.sato)
    assert not can_see(cast.takahashi, cast.hana)
    cover(cast.hana, cast.takahashi.organization)
    assert can_see(cast.takahashi, cast.hana)


@pytest.mark.parametrize("person", ["suzuki", "mori", "takahashi"])
def test_only_present_people_of_the_seats_organization_are_named(cast, person):
    with pytest.raises(NotOfTheSeat):
        actions.name_person(seat=seat_of(cast, cast.hidamari), member=cast[person], role="nurse", by=cast.sato)


def test_a_person_is_named_once_on_a_seat(cast, planner):
    with pytest.raises(NamedAlready):
        actions.name_person(seat=planner.seat, member=cast.sato, role="care_manager", by=cast.sato)


def test_whoever_may_not_change_the_team_names_nobody(cast, midori):
    seat = seat_of(cast, cast.aozora)
    with pytest.raises(NotHere):
        actions.name_person(seat=seat, member=cast.suzuki, role="nurse", by=cast.takahashi)
    actions.open_by_hand(client=cast.hana, member=cast.takahashi, by=cast.sato)
    with pytest.raises(NotAllowed):
        actions.name_person(seat=seat, member=cast.suzuki, role="nurse", by=cast.takahashi)
    assert not TeamMember.objects.exists()


def test_who_is_taken_off_stays_as_a_period_and_leaves_once(cast, planner):
    actions.take_off(person=planner, by=cast.suzuki)
    planner.refresh_from_db()
    assert planner.ended_by == cast.suzuki
    with pytest.raises(PersonLeft):
        actions.take_off(person=planner, by=cast.suzuki)


def test_people_leave_the_team_with_their_seat(cast):
    seat = seat_of(cast, cast.aozora)
    person = actions.name_person(seat=seat, member=cast.suzuki, role="visiting_nurse", by=cast.sato)
    actions.end_seat(seat=seat, by=cast.sato)
    person.refresh_from_db()
    seat.refresh_from_db()
    assert (person.valid_to, person.ended_by) == (seat.valid_to, cast.sato)
    with pytest.raises(SeatEnded):
        actions.name_person(seat=seat, member=cast.suzuki, role="visiting_nurse", by=cast.sato)


def test_people_leave_the_team_with_their_place_in_the_environment(cast, planner):
    actions.name_responsible(person=planner, by=cast.sato)
    environments.end_membership(member=cast.sato, by=cast.ito)
    planner.refresh_from_db()
    assert planner.valid_to == Member.objects.get(pk=cast.sato.pk).valid_to
    assert not Responsibility.objects.lasting().exists()


def test_another_role_is_another_period_and_responsibility_goes_on(cast, second_planner):
    actions.name_responsible(person=second_planner, by=cast.sato)
    after = actions.change_role(person=second_planner, role="chief_care_manager", by=cast.sato)
    before, _ = TeamMember.objects.order_by("valid_from")
    assert (before.role, before.valid_to) == ("care_manager", after.valid_from)
    assert Responsibility.objects.open().get().person == after
    actions.change_role(person=after, role="office_manager", by=cast.sato)
    assert not Responsibility.objects.lasting().exists()


# -- who is responsible


def test_one_person_is_named_responsible_and_told(cast, second_planner):
    named = actions.name_responsible(person=second_planner, by=cast.sato)
    assert named.is_open
    assert Entry.objects.get(verb="clients.responsible_named").detail["member"] == str(second_planner.member_id)
    told = Notification.objects.get(receiver=second_planner.member)
    assert cast.hana.name not in told.sentence


def test_a_second_one_is_not_named_beside_the_first(cast, planner, second_planner):
    actions.name_responsible(person=planner, by=cast.sato)
    with pytest.raises(ResponsibleNamed):
        actions.name_responsible(person=second_planner, by=cast.sato)


def test_responsibility_is_handed_over_without_a_gap(cast, planner, second_planner):
    first = actions.name_responsible(person=planner, by=cast.sato)
    second = actions.hand_over_responsibility(responsibility=first, to=second_planner, by=cast.suzuki)
    first.refresh_from_db()
    assert (first.valid_to, first.ended_by) == (second.valid_from, cast.suzuki)
    assert Responsibility.objects.open().get() == second
    assert Entry.objects.get(verb="clients.responsibility_handed_over").detail["before"] == str(cast.sato.pk)


def test_responsibility_is_handed_over_on_a_day_to_come(cast, planner, second_planner):
    first = actions.name_responsible(person=planner, by=cast.sato)
    actions.hand_over_responsibility(responsibility=first, to=second_planner, begins_at=days(10), by=cast.sato)
    assert Responsibility.objects.open().get() == first
    with time_machine.travel(days(10)):
        assert Responsibility.objects.open().get().person == second_planner


def test_what_was_handed_over_already_is_not_handed_over_again(cast, planner, second_planner):
    first = actions.name_responsible(person=planner, by=cast.sato)
    actions.hand_over_responsibility(responsibility=first, to=second_planner, by=cast.sato)
    with pytest.raises(ResponsibilityMoved):
        actions.hand_over_responsibility(responsibility=first, to=second_planner, by=cast.sato)
    with pytest.raises(ResponsibilityMoved):
        actions.hand_over_responsibility(
            responsibility=Responsibility.objects.open().get(), to=second_planner, by=cast.sato
        )


@pytest.mark.parametrize(
    ("role", "refused"), [("visiting_nurse", True), ("office_manager", True), ("consultation_specialist", False)]
)
def test_responsible_is_who_makes_the_plan(cast, role, refused):
    person = actions.name_person(seat=seat_of(cast, cast.hidamari), member=cast.sato, role=role, by=cast.sato)
    if refused:
        with pytest.raises(MakesNoPlan):
            actions.name_responsible(person=person, by=cast.sato)
    assert Responsibility.objects.exists() is False
    if not refused:
        assert actions.name_responsible(person=person, by=cast.sato).is_open


def test_nobody_of_another_clients_team_is_responsible(cast, planner):
    other = makers.make_client(cast.environment, seats=[cast.hidamari], name="大野 ハル", kana="おおの はる")
    makers.make_consent(other, by=cast.sato)
    person = actions.name_person(seat=other.seats.get(), member=cast.sato, role="care_manager", by=cast.sato)
    first = actions.name_responsible(person=planner, by=cast.sato)
    with pytest.raises(MakesNoPlan):
        actions.hand_over_responsibility(responsibility=first, to=person, by=cast.sato)
    assert first.is_open


def test_responsibility_ends_with_the_persons_time_on_the_team(cast, planner):
    named = actions.name_responsible(person=planner, by=cast.sato)
    actions.take_off(person=planner, by=cast.suzuki)
    named.refresh_from_db()
    planner.refresh_from_db()
    assert (named.valid_to, named.ended_by) == (planner.valid_to, cast.suzuki)

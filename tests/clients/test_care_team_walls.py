"""What the database promises about care teams, whoever writes: with the verbs left out."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.clients.models import Responsibility, Seat, TeamMember
from apps.environments.models import Member
from tests import makers


@pytest.fixture
def seat(cast):
    return Seat.objects.get(client=cast.hana, organization=cast.hidamari)


@pytest.fixture
def person(cast, seat):
    return makers.make_team_member(seat, cast.sato, "care_manager")


def responsible(cast, person, **period):
    begins = period.pop("valid_from", person.valid_from)
    return Responsibility.objects.create(
        environment=cast.environment, client=cast.hana, person=person, valid_from=begins, **period
    )


@pytest.fixture
def named(cast, person):
    return responsible(cast, person)


def refuses(promise):
    return pytest.raises(IntegrityError, match=promise)


def days(number):
    return timezone.now() + timedelta(days=number)


@pytest.mark.parametrize("rows", ["seat", "person", "named"])
@pytest.mark.parametrize("change", ["begins", "giver", "end_taken_back", "end_put_off", "end_passed"])
def test_periods_are_ended_and_never_overwritten(request, cast, rows, change):
    row = request.getfixturevalue(rows)
    table = type(row).objects.filter(pk=row.pk)
    table.update(valid_to=row.valid_from if change == "end_passed" else days(5))
    after = {
        "begins": {"valid_from": row.valid_from - timedelta(days=1)},
        "giver": {"given_by": cast.suzuki},
        "end_taken_back": {"valid_to": None},
        "end_put_off": {"valid_to": days(6)},
        "end_passed": {"ended_by": cast.suzuki},
    }[change]
    with refuses("ended, never overwritten"), transaction.atomic():
        table.update(**after)


@pytest.mark.parametrize("rows", ["seat", "person", "named"])
def test_an_end_may_be_set_and_brought_nearer(request, cast, rows):
    row = request.getfixturevalue(rows)
    table = type(row).objects.filter(pk=row.pk)
    assert table.update(valid_to=days(5)) == 1
    assert table.update(valid_to=days(4), ended_by=cast.suzuki) == 1


@pytest.mark.parametrize("table", [TeamMember, Responsibility])
def test_nobody_deletes_who_was_on_a_team(named, table):
    with refuses("never deleted"), transaction.atomic():
        table.objects.all()._raw_delete("default")


def test_a_seat_holds_only_people_of_its_organization(cast, seat):
    with refuses("present member of its organization"), transaction.atomic():
        makers.make_team_member(seat, cast.suzuki)


def test_a_seat_holds_nobody_whose_place_has_ended(cast, seat):
    with refuses("present member of its organization"), transaction.atomic():
        makers.make_team_member(seat, cast.mori, valid_from=seat.valid_from)


@pytest.mark.parametrize("period", [{"valid_from": -1}, {"valid_to": None}, {"valid_to": 8}])
def test_nobody_is_on_a_team_longer_than_their_seat(cast, period):
    client = makers.make_client(cast.environment, seats=[])
    seat = makers.make_seat(client, cast.hidamari, valid_to=days(7))
    times = {name: None if day is None else days(day) for name, day in period.items()}
    with refuses("present member of its organization"), transaction.atomic():
        makers.make_team_member(seat, cast.sato, **{"valid_to": seat.valid_to, **times})
    assert makers.make_team_member(seat, cast.sato, valid_to=seat.valid_to)


def test_one_person_has_one_role_on_a_seat_at_a_time(cast, person):
    with refuses("one_role_per_person_on_a_seat_at_a_time"), transaction.atomic():
        makers.make_team_member(person.seat, cast.sato, "nurse")


def test_when_a_seat_ends_its_people_and_their_responsibility_end_with_it(cast, seat, person, named):
    Seat.objects.filter(pk=seat.pk).update(valid_to=days(3), ended_by=cast.suzuki)
    for row in (person, named):
        row.refresh_from_db()
        assert (row.valid_to, row.ended_by) == (Seat.objects.get(pk=seat.pk).valid_to, cast.suzuki)


def test_when_a_place_ends_the_team_loses_the_person(cast, person, named):
    Member.objects.filter(pk=cast.sato.pk).update(valid_to=days(2))
    for row in (person, named):
        row.refresh_from_db()
        assert row.valid_to == Member.objects.get(pk=cast.sato.pk).valid_to


def test_who_left_before_keeps_their_own_end(cast, seat, person):
    TeamMember.objects.filter(pk=person.pk).update(valid_to=days(1))
    person.refresh_from_db()
    Seat.objects.filter(pk=seat.pk).update(valid_to=days(3))
    assert TeamMember.objects.get(pk=person.pk).valid_to == person.valid_to


def test_two_are_never_responsible_at_a_time(cast, named):
    colleague = makers.make_team_member(
        named.person.seat, makers.make_member(cast.hidamari), "care_manager", valid_from=timezone.now()
    )
    with refuses("one_responsible_person_per_client_at_a_time"), transaction.atomic():
        responsible(cast, colleague)
    Responsibility.objects.filter(pk=named.pk).update(valid_to=days(1))
    named.refresh_from_db()
    assert responsible(cast, colleague, valid_from=named.valid_to)


def test_responsible_is_nobody_who_makes_no_plan(cast, seat):
    nurse = makers.make_team_member(seat, cast.sato, "nurse")
    with refuses("care manager or consultation specialist"), transaction.atomic():
        responsible(cast, nurse)


def test_responsible_is_nobody_of_another_clients_team(cast):
    other = makers.make_client(cast.environment, seats=[cast.hidamari])
    stranger = makers.make_team_member(other.seats.get(), cast.sato, "care_manager")
    with refuses("care manager or consultation specialist"), transaction.atomic():
        responsible(cast, stranger)

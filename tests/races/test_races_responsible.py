"""Who is responsible for a client when several say so at once: with the verb one wins, without it the constraint holds."""

import pytest

from apps.clients import actions as clients
from apps.clients.models import Responsibility, Seat, TeamMember
from apps.clients.refusals import NotOfTheSeat, ResponsibilityMoved, SeatEnded
from tests import makers
from tests.races.at_once import at_once, inside, kinds_of, meanwhile, one_was_written

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def seat(cast):
    return Seat.objects.get(client=cast.hana, organization=cast.hidamari)


@pytest.fixture
def planners(cast, seat):
    people = [makers.make_member(cast.hidamari, profession="care_manager") for _ in range(3)]
    return [
        makers.make_team_member(seat, one, "care_manager", valid_from=max(seat.valid_from, one.valid_from))
        for one in people
    ]


def test_of_several_who_name_a_responsible_person_at_once_one_wins(cast, planners):
    told = at_once(
        *(
            lambda person=person, by=by: clients.name_responsible(person=person, by=by)
            for person, by in zip(planners, (cast.sato, cast.suzuki, cast.tanaka), strict=True)
        )
    )
    assert kinds_of(told) == {"done": 1, "ResponsibleNamed": 2}
    assert Responsibility.objects.open().count() == 1


def test_without_the_verb_one_person_is_responsible_at_a_time(cast, planners):
    begins = max(person.valid_from for person in planners)
    told = at_once(
        *(
            inside(
                lambda person=person: Responsibility.objects.create(
                    environment=cast.environment, client=cast.hana, person=person, valid_from=begins
                )
            )
            for person in planners
        )
    )
    assert one_was_written(told, "one_responsible_person_per_client_at_a_time")


def test_of_two_who_hand_over_at_once_one_wins_and_no_moment_is_without(cast, planners):
    first = clients.name_responsible(person=planners[0], by=cast.sato)
    told = at_once(
        *(
            lambda to=to, by=by: clients.hand_over_responsibility(responsibility=first, to=to, by=by)
            for to, by in zip(planners[1:], (cast.sato, cast.suzuki), strict=True)
        )
    )
    assert kinds_of(told) == {"done": 1, "ResponsibilityMoved": 1}
    before, after = Responsibility.objects.filter(client=cast.hana).order_by("valid_from")
    assert before.valid_to == after.valid_from


def test_who_is_named_while_their_seat_ends_does_not_outlast_it(cast, seat):
    told = meanwhile(
        Seat.objects.filter(pk=seat.pk),
        lambda: clients.name_person(seat=seat, member=cast.sato, role="care_manager", by=cast.tanaka),
        lambda: clients.end_seat(seat=seat, by=cast.tanaka),
    )
    assert isinstance(told, (NotOfTheSeat, SeatEnded))
    assert not TeamMember.objects.lasting().exists()


def test_who_is_named_responsible_while_they_leave_is_not(cast, planners):
    person = planners[0]
    told = meanwhile(
        TeamMember.objects.filter(pk=person.pk),
        lambda: clients.name_responsible(person=person, by=cast.suzuki),
        lambda: TeamMember.objects.filter(pk=person.pk).update(valid_to=person.valid_from),
    )
    assert isinstance(told, ResponsibilityMoved)
    assert not Responsibility.objects.lasting().exists()

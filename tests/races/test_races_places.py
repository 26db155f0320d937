"""Many at once, in twins: with the verb one wins and the others hear a sentence; without it the constraint holds.

The second twin writes past the verb, its checks and its locks, so that what is left is what the database promises.
"""

from collections.abc import Callable

import pytest
from django.utils import timezone

from apps.accounts import actions as accounts
from apps.accounts.models import Slip
from apps.accounts.refusals import SlipUsed
from apps.clients import actions as clients
from apps.clients.models import Client, Seat
from apps.clients.refusals import LastSeat, SeatTaken
from apps.environments import actions as environments
from apps.environments.models import Environment, Member, Organization, Role
from apps.environments.refusals import AlreadyMember, LastAdmin
from apps.kernel.refusals import Refusal
from tests import makers
from tests.cast import Cast
from tests.races.at_once import at_once, inside, kinds_of, meanwhile, one_was_written

pytestmark = pytest.mark.django_db(transaction=True)


# -- the last admin


@pytest.fixture
def second_admin(cast: Cast) -> Member:
    return makers.make_member(cast.ito.organization, name="加藤 誠", kana="かとう まこと", role=Role.ADMIN)


def test_of_two_admins_who_end_each_other_one_stays(cast, second_admin):
    told = at_once(
        lambda: environments.end_membership(member=second_admin, by=cast.ito),
        lambda: environments.end_membership(member=cast.ito, by=second_admin),
    )

    assert kinds_of(told)["done"] == 1
    assert all(isinstance(one, Refusal) for one in told if isinstance(one, Exception))
    assert Member.objects.current().with_role(Role.ADMIN).count() == 1


def test_the_last_admin_cannot_end_their_own_place_however_often_they_try_at_once(cast):
    told = at_once(*[lambda: environments.end_membership(member=cast.ito, by=cast.ito)] * 3)

    assert kinds_of(told) == {"LastAdmin": 3}
    assert [type(one) for one in told] == [LastAdmin] * 3


def test_an_admin_whose_place_ended_while_they_waited_ends_nobody_elses(cast, second_admin):
    admins = Member.objects.filter(role=Role.ADMIN)

    told = meanwhile(
        admins,
        lambda: environments.end_membership(member=cast.ito, by=second_admin),
        lambda: environments.end_membership(member=second_admin, by=cast.ito),
    )

    assert isinstance(told, Refusal)
    assert admins.current().get() == cast.ito


def test_whoever_waited_while_the_other_seat_ended_cannot_end_the_last_one(cast):
    in_charge_of_nobody(cast)
    [first, second] = Seat.objects.filter(client=cast.hana).order_by("pk")
    people = first.organization.members.current().first()

    told = meanwhile(
        Seat.objects.filter(client=cast.hana),
        lambda: clients.end_seat(seat=first, by=people),
        lambda: clients.end_seat(seat=second, by=people),
    )

    assert isinstance(told, LastSeat)
    assert Seat.objects.open().get(client=cast.hana) == first


# -- one place for one person


def test_of_two_admins_who_give_the_same_person_a_place_one_wins(cast, second_admin):
    person = makers.make_user("hayashi")

    def give(organization: Organization, admin: Member) -> Callable[[], Member]:
        return lambda: environments.add_member(
            organization=organization,
            user=person,
            name="林 葵",
            kana="はやし あおい",
            profession="nurse",
            role=Role.MEMBER,
            by=admin,
        )

    told = at_once(give(cast.aozora, cast.ito), give(cast.hidamari, second_admin))

    assert kinds_of(told) == {"done": 1, "AlreadyMember": 1}
    assert {type(one) for one in told if isinstance(one, Exception)} == {AlreadyMember}


def test_without_the_verb_one_person_still_has_one_place_at_a_time(cast):
    person = makers.make_user("hayashi")

    told = at_once(*[inside(lambda: makers.make_member(cast.aozora, person))] * 3)

    assert one_was_written(told, "one_membership_per_person_at_a_time")


# -- seats


def in_charge_of_nobody(cast: Cast) -> None:
    """Without a division in charge the last seat is all that keeps a client in sight."""
    Client.objects.filter(pk=cast.hana.pk).update(division=None)


def test_of_two_people_who_end_the_two_last_seats_one_is_refused(cast):
    in_charge_of_nobody(cast)
    [first, second] = Seat.objects.filter(client=cast.hana).order_by("pk")

    told = at_once(
        lambda: clients.end_seat(seat=first, by=second.organization.members.current().first()),
        lambda: clients.end_seat(seat=second, by=first.organization.members.current().first()),
    )

    # Whoever is first takes the other's view of the client away with the seat: a refusal in either order.
    assert kinds_of(told)["done"] == 1
    assert all(isinstance(one, Refusal) for one in told if isinstance(one, Exception))
    assert Seat.objects.open().filter(client=cast.hana).count() == 1


def test_the_last_seat_stays_however_often_its_own_people_end_it_at_once(cast):
    seats = {seat.organization_id: seat for seat in Seat.objects.filter(client=cast.hana)}
    in_charge_of_nobody(cast)
    clients.end_seat(seat=seats[cast.aozora.pk], by=cast.sato)

    told = at_once(*[lambda: clients.end_seat(seat=seats[cast.hidamari.pk], by=cast.sato)] * 3)

    assert [type(one) for one in told] == [LastSeat] * 3


def test_of_many_who_give_the_same_organization_a_seat_one_wins(cast):
    midori = cast.takahashi.organization

    told = at_once(
        *(
            lambda by=by: clients.give_seat(client=cast.hana, organization=midori, by=by)
            for by in (cast.sato, cast.suzuki, cast.tanaka)
        )
    )

    assert kinds_of(told) == {"done": 1, "SeatTaken": 2}
    assert {type(one) for one in told if isinstance(one, Exception)} == {SeatTaken}


def test_without_the_verb_an_organization_still_has_one_seat_at_a_time(cast):
    midori = cast.takahashi.organization

    told = at_once(*[inside(lambda: makers.make_seat(cast.hana, midori))] * 3)

    assert one_was_written(told, "one_seat_per_organization_at_a_time")


# -- environments and slips


def test_of_many_operators_who_open_the_same_address_one_wins(cast):
    operator = makers.make_user("operator", is_operator=True)

    told = at_once(
        *[
            lambda: environments.open_environment(
                slug="new-town", name="新しい町", municipality=cast.environment.municipality, by=operator
            )
        ]
        * 3
    )

    assert kinds_of(told) == {"done": 1, "SlugTaken": 2}


def test_without_the_verb_an_address_still_leads_to_one_environment(cast):
    told = at_once(*[inside(lambda: makers.make_environment("new-town"))] * 3)

    assert one_was_written(told)
    assert Environment.objects.filter(slug="new-town").count() == 1


def test_a_slip_that_two_people_hold_lets_one_in(cast):
    issued = accounts.issue_slip(user=makers.make_user("hayashi"), by=cast.ito)

    told = at_once(*[lambda: accounts.use_slip(slip=issued.slip, passphrase=makers.PASSPHRASE)] * 3)

    assert kinds_of(told) == {"done": 1, "SlipUsed": 2}
    assert {type(one) for one in told if isinstance(one, Exception)} == {SlipUsed}


def test_without_the_lock_a_slip_is_still_used_or_revoked_but_not_both(cast):
    issued = accounts.issue_slip(user=makers.make_user("hayashi"), by=cast.ito)
    now = timezone.now()

    told = at_once(
        inside(lambda: Slip.objects.filter(pk=issued.slip.pk).update(used_at=now)),
        inside(lambda: Slip.objects.filter(pk=issued.slip.pk).update(revoked_at=now)),
    )

    assert one_was_written(told)

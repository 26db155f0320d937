"""Handovers in the same moment: a place ends once, and nothing passes to somebody who is gone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.audit.models import Entry
from apps.clients import actions as clients
from apps.clients.access import people_who_can_see
from apps.clients.models import Charge, Transfer
from apps.environments import actions as environments
from apps.environments.models import Member, Organization, Role
from apps.handovers import actions
from apps.kernel.refusals import Refusal
from apps.rooms.models import RoomMembership
from tests import makers
from tests.cast import Cast
from tests.races.at_once import at_once, kinds_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kato(cast: Cast) -> Member:
    return makers.make_member(cast.ito.organization, name="加藤 誠", kana="かとう まこと", role=Role.ADMIN)


@pytest.fixture
def okada(cast: Cast) -> Member:
    return makers.make_member(cast.hidamari, name="岡田 実", kana="おかだ みのる")


def test_of_two_admins_who_end_the_same_place_one_is_told_that_it_has_ended(cast, kato, okada):
    told = at_once(*(lambda by=by: actions.leave(member=cast.sato, successor=okada, by=by) for by in (cast.ito, kato)))

    assert kinds_of(told) == {"done": 1, "PlaceEnded": 1}
    assert Entry.objects.filter(verb="environments.member_ended").count() == 1
    assert RoomMembership.objects.open().filter(member=okada).count() == 1


def test_of_two_colleagues_who_leave_for_each_other_one_stays(cast, kato, okada):
    told = at_once(
        lambda: actions.leave(member=cast.sato, successor=okada, by=cast.ito),
        lambda: actions.leave(member=okada, successor=cast.sato, by=kato),
    )

    assert kinds_of(told) == {"done": 1, "NoColleague": 1}
    stays = Member.objects.current().get(organization=cast.hidamari)
    assert RoomMembership.objects.open().filter(room=cast.room, member=stays).exists()


def test_of_two_who_take_the_same_mistake_back_one_gives_a_place(cast, kato):
    actions.leave(member=cast.takahashi, successor=None, by=cast.ito)

    told = at_once(
        *(lambda by=by: environments.give_back_place(member=cast.takahashi, by=by) for by in (cast.ito, kato))
    )

    assert kinds_of(told)["done"] == 1
    assert all(isinstance(one, Refusal) for one in told if isinstance(one, Exception))
    assert Member.objects.current().filter(user=cast.takahashi.user).count() == 1


@pytest.fixture
def other_division(cast: Cast) -> Organization:
    return makers.make_organization(cast.environment, "さくら川市 こども家庭課", "city_division")


def test_a_transfer_meets_a_withdrawal_and_both_hold(cast, other_division):
    """The old division loses sight by the transfer, the office by the withdrawal: neither undoes the other."""
    gone = makers.make_member(other_division, role="desk")
    told = at_once(
        lambda: clients.plan_transfer(
            clients={cast.hana.pk}, target=other_division, on=timezone.localdate(), by=cast.tanaka
        ),
        lambda: clients.withdraw_consent(consent=cast.consent, by=cast.sato),
    )

    assert kinds_of(told) == {"done": 2}
    assert set(people_who_can_see(cast.hana)) == {gone}


def test_of_two_who_transfer_the_same_client_one_is_told_that_it_has_changed(cast, other_division):
    third = makers.make_organization(cast.environment, "さくら川市 障害福祉課", "city_division")
    kimura = makers.make_member(cast.city, role="desk")

    def plan(target: Organization, by: Member) -> Callable[[], Transfer]:
        day = timezone.localdate() + timedelta(days=9)
        return lambda: clients.plan_transfer(clients={cast.hana.pk}, target=target, on=day, by=by)

    told = at_once(plan(other_division, cast.tanaka), plan(third, kimura))

    assert kinds_of(told) == {"done": 1, "ClientsChanged": 1}
    assert Charge.objects.lasting().filter(client=cast.hana).count() == 2


def test_of_two_who_approve_a_transfer_at_once_one_carries_it_out(cast, other_division):
    clerks = [makers.make_member(cast.city, role="desk"), makers.make_member(other_division, role="desk")]
    transfer = makers.make_transfer(cast.tanaka, [cast.hana], target=other_division)

    told = at_once(*(lambda by=by: clients.approve_transfer(transfer=transfer, by=by) for by in clerks))

    assert kinds_of(told) == {"done": 1, "TransferTooLate": 1}
    assert Entry.objects.filter(verb="clients.transfer_approved").count() == 1
    assert Charge.objects.lasting().filter(client=cast.hana).count() == 2


def test_without_the_verb_two_divisions_are_never_in_charge_at_once(cast, other_division):
    def begin() -> Charge:
        return Charge.objects.create(environment=cast.environment, client=cast.hana, division=other_division)

    with pytest.raises(IntegrityError, match="one_division_in_charge_at_a_time"), transaction.atomic():
        begin()

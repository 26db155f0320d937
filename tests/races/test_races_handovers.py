"""Handovers in the same moment: a place ends once, and nothing passes to somebody who is gone."""

import pytest

from apps.audit.models import Entry
from apps.environments import actions as environments
from apps.environments.models import Member, Role
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

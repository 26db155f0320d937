"""A rule that is remembered as SQL says of everybody what the rule itself says, and forgets nobody into somebody else."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_scopes import scope

from apps.clients import actions
from apps.clients.access import rule
from apps.clients.models import Client, Seat
from apps.environments.models import Member
from apps.environments.remembered import Remembered
from apps.rooms.access import rooms as doors
from apps.rooms.models import TalkRoom
from tests import makers
from tests.cast import PEOPLE

RULES = {"visible": rule.visible, "in_care": rule.in_care, "readable": doors.readable}


@pytest.fixture
def ways(cast):
    """Everybody has some way to somebody: a seat, a division, a grant, an exception; and there is somebody whom nobody sees."""
    makers.make_consent(cast.hana, by=cast.sato, organizations=[cast.takahashi.organization])
    actions.open_by_hand(client=cast.hana, member=cast.takahashi, by=cast.sato)
    apart = makers.make_client(cast.environment, seats=[cast.takahashi.organization], division=cast.city, name="離れ")
    makers.make_room(members=[cast.takahashi, cast.suzuki], client=apart)
    makers.make_room(members=[cast.sato, cast.matsumoto], title="福祉用具")
    makers.make_exception(apart, by=cast.suzuki)
    makers.make_client(cast.environment, seats=[], name="誰も")
    return cast


@pytest.mark.parametrize("name", RULES)
def test_a_remembered_rule_says_what_the_rule_says_of_everybody(ways, name):
    written = RULES[name]
    remembered = Remembered(written)
    found = 0
    for person in PEOPLE:
        member = ways[person]
        with scope(environment=member.environment):
            rows = set(written(member).values_list("pk", flat=True))
            model = TalkRoom if name == "readable" else Client
            assert set(model.objects.filter(pk__in=remembered.ids(member)).values_list("pk", flat=True)) == rows, person
            found += len(rows)
    assert found > 3


def test_a_remembered_rule_asks_of_the_present_moment(ways):
    remembered = Remembered(rule.visible)

    def sees():
        return Client.objects.filter(pk__in=remembered.ids(ways.suzuki)).filter(pk=ways.hana.pk).exists()

    assert sees()
    Seat.objects.filter(client=ways.hana, organization=ways.aozora).update(valid_to=timezone.now())
    assert not sees()


def test_a_rule_about_another_moment_is_not_remembered(cast):
    tomorrow = Remembered(lambda member: Seat.objects.filter(valid_to__gt=timezone.now() + timedelta(days=1)))
    with pytest.raises(ValueError, match="another moment"):
        tomorrow.ids(cast.sato)


def test_a_rule_about_more_than_who_and_where_is_not_remembered(cast):
    nosy = Remembered(lambda member: Client.objects.filter(name=member.name))
    with pytest.raises(Member.DoesNotExist):
        nosy.ids(cast.sato)


def test_a_rule_that_is_true_for_nothing_finds_nothing(cast):
    never = Remembered(lambda member: Client.objects.filter(pk__in=[]))

    assert not Client.objects.filter(pk__in=never.ids(cast.sato)).exists()

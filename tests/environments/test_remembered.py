"""A rule that is remembered as SQL says of everybody what the rule itself says, and forgets nobody into somebody else."""

import sys
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from django_scopes import scope

from apps.clients import actions
from apps.clients.access import rule
from apps.clients.models import Client, Seat
from apps.environments.models import Member, OrganizationKind, Role
from apps.environments.remembered import Remembered, Shape, statement
from apps.rooms.access import messages
from apps.rooms.access import rooms as doors
from apps.rooms.models import TalkRoom
from tests import makers
from tests.cast import PEOPLE

RULES = {"visible": rule.visible, "in_care": rule.in_care, "readable": doors.readable, "heard": messages.heard}


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
            model = TalkRoom if name in {"readable", "heard"} else Client
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


def test_a_rule_about_tomorrow_is_about_the_day_after_the_question(cast):
    soon = Remembered(lambda member: Seat.objects.filter(valid_to__lte=timezone.now() + timedelta(days=1)))
    seat = Seat.objects.filter(client=cast.hana, organization=cast.aozora)
    seat.update(valid_to=timezone.now() + timedelta(days=2))

    assert soon.count(cast.sato) == 0
    with time_machine.travel(timezone.now() + timedelta(days=1, hours=1)):
        assert soon.count(cast.sato) == 1


def test_a_rule_about_a_moment_that_is_not_reckoned_from_now_is_not_remembered(cast):
    moment = timezone.now() - timedelta(days=30, seconds=30)
    once = Remembered(lambda member: Seat.objects.filter(valid_to__gt=moment))
    with pytest.raises(ValueError, match="not reckoned from now"):
        once.ids(cast.sato)


def rules_of_the_house():
    """Every rule that is remembered somewhere, by its place."""
    homes = [module for name, module in sys.modules.items() if name.startswith("apps.")]
    found = {id(one): one for home in homes for one in vars(home).values() if isinstance(one, Remembered)}
    return list(found.values())


def test_no_rule_knows_a_day_by_its_date(cast):
    # Leap days, the ends of months and of fiscal years: of all of them each rule says the same.
    days = [date(2027, 3, 31), date(2028, 2, 29), date(2029, 12, 31)]
    rules = rules_of_the_house()
    for rule_of_house in rules:
        for role in (Role.MEMBER, Role.DESK, Role.GUEST):
            shape = Shape(role, OrganizationKind.CITY_DIVISION)
            told = set()
            for day in days:
                with time_machine.travel(datetime(day.year, day.month, day.day, 3, tzinfo=UTC), tick=False):
                    told.add(repr(statement(rule_of_house._rule, shape, rule_of_house._columns)))
            assert len(told) == 1, rule_of_house._rule
    assert len(rules) > 8


def test_a_rule_about_more_than_who_and_where_is_not_remembered(cast):
    nosy = Remembered(lambda member: Client.objects.filter(name=member.name))
    with pytest.raises(Member.DoesNotExist):
        nosy.ids(cast.sato)


def test_a_rule_that_is_true_for_nothing_finds_nothing(cast):
    never = Remembered(lambda member: Client.objects.filter(pk__in=[]))

    assert not Client.objects.filter(pk__in=never.ids(cast.sato)).exists()

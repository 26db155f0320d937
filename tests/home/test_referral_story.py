"""The ways to the start of the demonstration."""

from apps.home.referral_story import STARTS, UNDER_WAY, follow_to_the_start
from apps.notices.models import Notification
from apps.referrals import queries
from apps.referrals.models import Referral
from tests import makers
from tests.facilities.makers import make_facility


def test_two_years_of_starts_and_some_who_are_on_their_way(cast):
    for nth in range(4):
        makers.make_client(cast.environment, seats=[], division=cast.city, name=f"見本 {nth}")
        make_facility(cast.tanaka, operator="public" if nth == 3 else "private")
    make_facility(cast.tanaka, organization=cast.aozora)

    follow_to_the_start(lambda _login: cast.tanaka)

    assert Referral.objects.filter(state="started").count() == STARTS
    assert queries.under_way(cast.tanaka, {}).count() == len(UNDER_WAY) - 1
    assert queries.astray() == []
    assert Notification.objects.filter(receiver=cast.suzuki).count() <= 3


def test_without_a_facility_nothing_is_told(cast):
    follow_to_the_start(lambda _login: cast.tanaka)

    assert not Referral.objects.exists()

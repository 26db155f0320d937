"""Who has a free place, in the demonstration: what facilities say, surveys, an inquiry without a name, visits."""

from collections.abc import Callable

from apps.directory.models import Municipality
from apps.environments.models import Member
from apps.home.facility_story import keep_facilities
from apps.home.inquiry_story import look_for_a_place
from apps.home.referral_story import follow_to_the_start
from apps.home.survey_story import ask_around
from apps.home.visit_story import publish_visits
from apps.home.wait_story import let_wait


def look_for_places(municipality: Municipality, member: Callable[[str], Member]) -> None:
    """All of it, in the order in which it came about."""
    keep_facilities(municipality, member)
    ask_around(member)
    look_for_a_place(member)
    publish_visits(member)
    follow_to_the_start(member)
    let_wait(member)

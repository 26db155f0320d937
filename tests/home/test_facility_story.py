"""The facilities of the demonstration: twenty with answers of every age, and some to be added still."""

from apps.facilities.models import Facility
from apps.facilities.queries import Wanted, board, services_to_pick
from apps.home.facility_story import BY_FAX, PLACES, full_name, keep_facilities
from tests import makers
from tests.facilities.makers import make_kind


def test_the_demonstration_has_facilities_with_answers_of_every_age(cast):
    here = cast.environment.municipality
    for name, *_ in PLACES:
        makers.make_organization(cast.environment, full_name(name), "child_facility")

    keep_facilities(here, {"yamamoto": cast.tanaka, "ito": cast.ito}.__getitem__)

    found = board(cast.tanaka, Wanted(old_too=True))
    assert found.found == Facility.objects.count() == 20
    assert {row.is_old for row in found.rows} == {True, False}
    assert board(cast.tanaka, Wanted()).too_old == 1
    assert board(cast.tanaka, Wanted(age="primary")).unanswered == 1
    assert Facility.objects.filter(organization=None).count() == len(BY_FAX)
    assert len(services_to_pick(municipality=here, kinds=[make_kind("63"), make_kind("65")])) == 3

"""The visits of the demonstration: some booked, and one facility that is still asked for a time."""

from apps.facilities.models import Facility
from apps.home.visit_story import PUBLISHING, publish_visits
from apps.visits.models import Slot, Visit, VisitRequest
from tests.facilities.makers import make_facility


def test_the_demonstration_has_visits_and_a_request_under_way(cast):
    for _nth in range(PUBLISHING + 1):
        make_facility(cast.takahashi, organization=cast.takahashi.organization)

    publish_visits({"yamamoto": cast.tanaka}.__getitem__)

    request = VisitRequest.objects.get()
    assert request.is_waiting and request.slots.count() == 3
    assert Facility.objects.filter(slots__asked_in=None, slots__isnull=False).distinct().count() == PUBLISHING
    assert Visit.objects.booked().filter(accompanied_by=cast.tanaka).count() == 1
    assert not Slot.objects.bookable().with_a_place().filter(asked_in=request).exists()

"""The waiting list of the demonstration: somebody waits, and somebody is offered a place."""

from datetime import timedelta

from django.utils import timezone

from apps.home.wait_story import WISHES, let_wait
from apps.waiting.models import Offer, Waiting
from tests.visits.makers import make_slot


def test_the_demonstration_has_families_that_wait_and_an_offer(cast):
    make_slot(cast.suzuki, starts_at=timezone.now() + timedelta(days=21))

    let_wait({"yamamoto": cast.tanaka}.__getitem__)

    assert Waiting.objects.in_line().count() == len(WISHES)
    assert Offer.objects.standing().count() == 1

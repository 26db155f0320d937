"""A consent that has been renewed in time is no longer listed among those that end soon."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.clients.queries import expiring
from tests import makers

NEXT_WEEK = timezone.now() + timedelta(days=7)
NEXT_YEAR = timezone.now() + timedelta(days=365)


@pytest.fixture
def ending(cast):
    """Hana's consent for both offices ends next week."""
    cast.consent.valid_to = NEXT_WEEK
    cast.consent.save(update_fields=["valid_to"])
    return cast.consent


def renew(cast, **fields):
    both = [cast.hidamari, cast.aozora]
    return makers.make_consent(cast.hana, by=cast.tanaka, **{"organizations": both, **fields})


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"valid_to": NEXT_YEAR},
        {"valid_from": NEXT_WEEK},
        {"purposes": ["coordination", "emergency"]},
        {"organizations": None, "kinds": ["care_management_office", "visiting_nurse_station"]},
    ],
    ids=["without end", "for a year", "right after it", "for more purposes", "for their kinds"],
)
def test_a_consent_that_follows_for_the_same_bodies_and_purposes_takes_the_old_one_off_the_list(cast, ending, fields):
    assert list(expiring(cast.tanaka).page) == [ending]
    renew(cast, **fields)
    assert ending not in expiring(cast.tanaka).page


@pytest.mark.parametrize(
    "fields",
    [
        {"valid_to": NEXT_WEEK - timedelta(days=1)},
        {"valid_from": NEXT_WEEK + timedelta(days=1)},
        {"purposes": ["emergency"]},
        {"organizations": "one"},
        {"organizations": None, "kinds": ["visiting_nurse_station"]},
        {"covers_family": True, "signer": "family", "relation": "長女"},
        {"withdrawn": True},
    ],
    ids=["ends before", "a gap", "another purpose", "one of two", "one kind of two", "about the family", "withdrawn"],
)
def test_one_that_leaves_something_out_does_not(cast, ending, fields):
    given = dict(fields)
    if given.get("organizations") == "one":
        given["organizations"] = [cast.aozora]
    if given.pop("withdrawn", False):
        given |= {"withdrawn_at": timezone.now(), "withdrawn_by": cast.tanaka}
    renew(cast, **given)

    assert ending in expiring(cast.tanaka).page
    renew(cast)
    assert ending not in expiring(cast.tanaka).page

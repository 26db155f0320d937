"""Notifications for programs."""

import pytest
from django.urls import reverse

from apps.notices import actions
from apps.notices.queries import unread_count


def address(name, cast, **kwargs):
    return reverse(f"notices_api:{name}", kwargs={"slug": cast.environment.slug, **kwargs})


@pytest.fixture
def told(cast):
    return actions.notify(receivers=[cast.sato], sentence="Look.", path="//example.com/")[0]


def test_a_member_is_told_their_own_and_no_way_out_of_the_house(browser_of, cast, told):
    answer = browser_of(cast.sato).get(address("notifications", cast)).json()
    assert (answer["count"], answer["unseen"]) == (1, 1)
    assert (answer["results"][0]["sentence"], answer["results"][0]["path"]) == ("Look.", "")
    assert browser_of(cast.suzuki).get(address("notifications", cast)).json()["count"] == 0
    assert unread_count(cast.sato) == 1


def test_one_is_marked_as_seen_by_its_receiver_only(browser_of, cast, told):
    url = address("sight", cast, notification_id=told.pk)
    assert browser_of(cast.suzuki).post(url).status_code == 404
    assert unread_count(cast.sato) == 1
    assert browser_of(cast.sato).post(url).status_code == 204
    assert unread_count(cast.sato) == 0


def test_all_are_marked_as_seen(browser_of, cast, told):
    url = address("sight_of_all", cast)
    assert browser_of(cast.sato).post(url).json() == {"seen": 1}
    assert browser_of(cast.sato).post(url).json() == {"seen": 0}


def test_a_number_beyond_every_row_is_missing(browser_of, cast, told):
    assert browser_of(cast.sato).post(address("sight", cast, notification_id=10**30)).status_code == 404

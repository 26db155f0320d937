"""The inbox: what a member is told, seen one by one or all at once."""

import pytest
from django.urls import reverse
from django_scopes import scope

from apps.environments import actions as environments
from apps.notices import actions
from apps.notices.models import Notification
from apps.notices.queries import unread_count


def address(name, cast, **kwargs):
    return reverse(f"notices:{name}", kwargs={"slug": cast.environment.slug, **kwargs})


@pytest.fixture
def told(cast):
    path = f"/e/{cast.environment.slug}/clients/"
    return actions.notify(
        receivers=[cast.sato], sentence="Your organization has been given a seat on a care team.", path=path
    )[0]


def test_notifications_are_listed_newest_first(browser_of, cast, told):
    actions.notify(receivers=[cast.sato], sentence="Second.")
    page = browser_of(cast.sato).get(address("inbox", cast)).content.decode()
    assert page.index("Second.") < page.index(address("sight", cast, notification_id=told.pk))


def test_everybody_reads_their_own_inbox_only(browser_of, cast, told):
    mine = address("sight", cast, notification_id=told.pk)
    assert mine in browser_of(cast.sato).get(address("inbox", cast)).content.decode()
    assert mine not in browser_of(cast.suzuki).get(address("inbox", cast)).content.decode()


@pytest.mark.parametrize("person", ["suzuki", "ito", "watanabe", "mori"])
def test_nobody_opens_what_somebody_else_was_told(browser_of, cast, told, person):
    url = address("sight", cast, notification_id=told.pk)
    assert browser_of(cast[person]).post(url).status_code == 404
    told.refresh_from_db()
    assert told.seen_at is None
    assert browser_of(cast.sato).post(url).status_code == 302


def test_opening_marks_as_seen_and_leads_to_what_it_is_about(browser_of, cast, told):
    answer = browser_of(cast.sato).post(address("sight", cast, notification_id=told.pk))
    assert answer.url == told.path
    told.refresh_from_db()
    assert told.seen_at is not None


def test_looking_at_the_list_marks_nothing(browser_of, cast, told):
    page = browser_of(cast.sato).get(address("inbox", cast)).content.decode()
    assert "data-unseen" in page
    assert unread_count(cast.sato) == 1
    assert browser_of(cast.sato).get(address("sight", cast, notification_id=told.pk)).status_code == 405


@pytest.mark.parametrize(
    "path", ["https://example.com/", "//example.com/", "/\\example.com", "javascript:alert(1)", "clients/", ""]
)
def test_a_path_that_leaves_the_house_leads_to_the_inbox(browser_of, cast, path):
    told = actions.notify(receivers=[cast.sato], sentence="Look.", path=path)[0]
    assert browser_of(cast.sato).post(address("sight", cast, notification_id=told.pk)).url == address("inbox", cast)


def test_everything_is_marked_as_seen_at_once(browser_of, cast, told):
    actions.notify(receivers=[cast.sato, cast.suzuki], sentence="Second.")
    browser_of(cast.sato).post(address("sight_of_all", cast))
    assert unread_count(cast.sato) == 0
    assert unread_count(cast.suzuki) == 1


def test_the_badge_counts_what_is_unseen(browser_of, cast, told):
    sato = browser_of(cast.sato)
    assert 'data-badge="notices">1<' in sato.get(address("badge", cast)).content.decode()
    sato.post(address("sight_of_all", cast))
    assert "badge" not in sato.get(address("badge", cast)).content.decode()


def test_an_empty_inbox_says_what_will_be_there(browser_of, cast):
    assert 'class="empty"' in browser_of(cast.takahashi).get(address("inbox", cast)).content.decode()


def test_a_long_inbox_has_pages(browser_of, cast):
    for number in range(60):
        actions.notify(receivers=[cast.sato], sentence=f"Number {number}.")
    sato = browser_of(cast.sato)
    assert "Number 59." in sato.get(address("inbox", cast)).content.decode()
    assert "Number 0." in sato.get(address("inbox", cast), {"page": 2}).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_new_member_is_welcomed_once(cast):
    member = environments.add_member(
        organization=cast.aozora,
        user=cast.watanabe.user,
        name="渡邉 恵",
        kana="わたなべ めぐみ",
        profession="nurse",
        role="member",
        by=cast.ito,
    )
    assert Notification.objects.filter(receiver=member).count() == 1
    actions.welcome(environment=cast.environment, member_id=member.pk)
    assert Notification.objects.filter(receiver=member).count() == 1


def test_the_person_and_the_auditors_hear_of_a_new_slip(cast):
    actions.tell_of_new_slip(environment=cast.environment, member_id=cast.takahashi.pk)
    with scope(environment=cast.environment):
        assert {one.receiver for one in Notification.objects.all()} == {cast.takahashi, cast.ishii}

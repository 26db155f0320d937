"""What is unusual: which looks each rule finds, who reviews them, and that nothing of it is changed."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from apps.audit.models import Entry
from apps.clients.models import Client
from apps.kernel.refusals import NotAllowed
from apps.oversight import actions
from apps.oversight.models import Rule, Unusual, UnusualReview, Watch
from apps.oversight.refusals import OwnDeeds, ReviewedAlready
from tests import makers
from tests.oversight.makers import make_unusual

LIST = "/e/sakuragawa-care/ledger/unusual/"


def looked(member, client, *, hour=12, **about) -> None:
    """A look of yesterday at this hour of the clock."""
    day = timezone.localdate() - timedelta(days=1)
    at = timezone.make_aware(datetime.combine(day, time(hour)))
    told = {"verb": "clients.opened", "channel": "page", "purpose": "support", "role": member.role, **about}
    people = {"member_id": member.pk, "organization_id": member.organization_id, "user_id": member.user_id}
    Entry(recorded_at=at, environment_id=member.environment_id, client_id=client.pk, **people, **told).save(
        force_insert=True
    )


def found(cast) -> set[tuple[str, str]]:
    actions.look_for_unusual(environment_id=cast.environment.pk)
    return {(one.rule, one.member.name) for one in Unusual.objects.select_related("member")}


def a_month_ago():
    return time_machine.travel(timezone.now() - timedelta(days=30), tick=True)


@pytest.fixture
def long_on_the_team(request):
    """Everybody, with seats as they have been for a month."""
    with a_month_ago():
        return request.getfixturevalue("cast")


def test_looks_of_the_team_by_day_are_not_unusual(long_on_the_team):
    cast = long_on_the_team
    looked(cast.sato, cast.hana)

    assert found(cast) == set()


def test_a_look_from_off_the_team_is_unusual(long_on_the_team):
    cast = long_on_the_team
    looked(cast.takahashi, cast.hana, purpose="break-glass")

    assert found(cast) == {(Rule.TEAM, cast.takahashi.name)}
    assert Unusual.objects.get().client == cast.hana


def test_a_look_at_somebody_whose_record_is_gone_stops_no_other_from_being_found(long_on_the_team):
    cast = long_on_the_team
    looked(cast.takahashi, Client())
    looked(cast.takahashi, cast.hana)

    assert found(cast) == {(Rule.TEAM, cast.takahashi.name)}
    connection.check_constraints()
    assert Unusual.objects.get().client == cast.hana


def test_who_reviews_an_emergency_is_not_called_off_the_team(long_on_the_team):
    cast = long_on_the_team
    looked(cast.ishii, cast.hana, verb="clients.exception_reviewed", purpose="break-glass")

    assert found(cast) == set()


@pytest.mark.parametrize(("hour", "is_unusual"), [(2, True), (6, True), (7, False), (20, False), (21, True)])
def test_a_look_outside_hours_is_unusual(long_on_the_team, hour, is_unusual):
    cast = long_on_the_team
    looked(cast.sato, cast.hana, hour=hour)

    assert found(cast) == ({(Rule.HOURS, cast.sato.name)} if is_unusual else set())


@pytest.mark.parametrize(("many", "is_unusual"), [(2, False), (3, True)])
def test_many_clients_within_an_hour_are_unusual(long_on_the_team, many, is_unusual):
    cast = long_on_the_team
    actions.set_watch(begins_hour=7, ends_hour=21, many_clients=3, review_days=5, by=cast.ishii)
    for _number in range(many):
        with a_month_ago():
            client = makers.make_client(cast.environment, seats=[cast.hidamari], division=cast.city)
        looked(cast.sato, client)

    assert found(cast) == ({(Rule.MANY, cast.sato.name)} if is_unusual else set())


@pytest.mark.parametrize(("name", "is_unusual"), [("佐藤 健", True), ("佐々木 健", False), ("佐藤", False)])
def test_a_look_at_somebody_of_ones_own_family_name_is_unusual(long_on_the_team, name, is_unusual):
    cast = long_on_the_team
    makers.make_contact(cast.hana, by=cast.sato, name=name)
    looked(cast.sato, cast.hana)

    assert found(cast) == ({(Rule.RELATIVES, cast.sato.name)} if is_unusual else set())


@pytest.mark.parametrize(
    "about", [{"purpose": "audit"}, {"purpose": "legal-basis:leak"}, {"outcome": "refused", "reason": "x"}]
)
def test_audits_and_refusals_are_no_looks(long_on_the_team, about):
    cast = long_on_the_team
    looked(cast.ishii, cast.hana, hour=2, **about)

    assert found(cast) == set()


def test_what_was_found_is_found_once(long_on_the_team):
    cast = long_on_the_team
    looked(cast.sato, cast.hana, hour=3)
    looked(cast.sato, cast.hana, hour=4)

    assert actions.look_for_unusual(environment_id=cast.environment.pk) == 1
    assert actions.look_for_unusual(environment_id=cast.environment.pk) == 0


@pytest.mark.parametrize("person", ["ito", "sato", "tanaka", "matsumoto"])
def test_nobody_but_an_auditor_sees_what_is_unusual(cast, browser_of, person):
    one = make_unusual(cast.sato)
    browser = browser_of(cast[person])

    assert browser.get(LIST).status_code == 403
    assert browser.get(f"{LIST}rules/").status_code == 403
    assert browser.get(f"{LIST}{one.pk}/").status_code == 404
    with pytest.raises(NotAllowed):
        actions.review_unusual(unusual=one, finding="explained", words="はい", by=cast[person])
    with pytest.raises(NotAllowed):
        actions.set_watch(begins_hour=7, ends_hour=21, many_clients=3, review_days=5, by=cast[person])


def test_the_list_tells_the_rule_in_words_and_names_no_client(cast, browser_of):
    make_unusual(cast.sato, client=cast.hana, rule="relatives")

    text = browser_of(cast.ishii).get(LIST).content.decode()

    assert "同じ名字" in text
    assert cast.sato.name in text
    assert cast.hana.name not in text


def test_what_is_due_stands_there_until_it_is_reviewed(cast, browser_of):
    one = make_unusual(cast.sato, days=-7)
    browser = browser_of(cast.ishii)
    assert 'data-tone="error"' in browser.get(LIST).content.decode()

    browser.post(f"{LIST}{one.pk}/", {"finding": "explained", "words": "夜間の電話に応じたとのことでした。"})

    text = browser.get(LIST).content.decode()
    assert 'data-tone="error"' not in text
    assert "確認済み" in text
    review = UnusualReview.objects.get()
    assert (review.reviewed_by, review.finding) == (cast.ishii, "explained")


def test_a_look_at_something_unusual_is_an_entry_with_its_client(cast, browser_of):
    one = make_unusual(cast.sato, client=cast.hana)
    browser_of(cast.ishii).get(f"{LIST}{one.pk}/")

    assert Entry.objects.get(verb="oversight.unusual_opened").client_id == cast.hana.pk


@pytest.mark.parametrize(
    "words", [{"finding": "explained", "words": ""}, {"finding": "no", "words": "x"}, {"words": "x"}]
)
def test_a_review_without_finding_or_words_is_sent_back(cast, browser_of, words):
    one = make_unusual(cast.sato)

    assert browser_of(cast.ishii).post(f"{LIST}{one.pk}/", words).status_code == 422
    assert not UnusualReview.objects.exists()


def test_nobody_reviews_their_own_looks(cast):
    with pytest.raises(OwnDeeds):
        actions.review_unusual(unusual=make_unusual(cast.ishii), finding="explained", words="自分", by=cast.ishii)


def test_a_review_is_written_once(cast):
    one = make_unusual(cast.sato)
    actions.review_unusual(unusual=one, finding="explained", words="確認しました。", by=cast.ishii)

    with pytest.raises(ReviewedAlready):
        actions.review_unusual(unusual=one, finding="misuse", words="ちがう", by=cast.ishii)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE oversight_unusualreview SET finding = 'misuse'")


@pytest.mark.parametrize(
    "wrong", [{"begins_hour": 22}, {"ends_hour": 25}, {"many_clients": 1}, {"review_days": 0}, {"review_days": 91}]
)
def test_rules_that_make_no_sense_are_sent_back(cast, browser_of, wrong):
    told = {"begins_hour": 7, "ends_hour": 21, "many_clients": 30, "review_days": 7, **wrong}

    assert browser_of(cast.ishii).post(f"{LIST}rules/", told).status_code == 422
    assert not Watch.objects.exists()


def test_rules_hold_from_when_they_are_set(long_on_the_team, browser_of):
    cast = long_on_the_team
    told = {"begins_hour": 9, "ends_hour": 17, "many_clients": 30, "review_days": 3}
    browser_of(cast.ishii).post(f"{LIST}rules/", told)
    looked(cast.sato, cast.hana, hour=18)

    assert found(cast) == {(Rule.HOURS, cast.sato.name)}
    one = Unusual.objects.get()
    assert one.due_at - one.found_at == timedelta(days=3)


def test_the_worker_looks_through_each_environment(transactional_db, cast):
    from apps.oversight.tasks import watch_over

    looked(cast.takahashi, cast.hana)
    watch_over(0)

    assert Unusual.objects.filter(rule=Rule.TEAM).count() == 1

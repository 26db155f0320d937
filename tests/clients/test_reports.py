"""The legal duty to report: two people open a client for 72 hours, and whom it is about does not hear of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.clients import actions
from apps.clients.access import can_see, people_who_can_see
from apps.clients.models import LegalException
from apps.clients.refusals import NoSecondPerson, NotAwaited
from apps.environments.models import OrganizationKind
from apps.kernel.refusals import NotAllowed
from apps.notices.models import Notification
from tests import makers
from tests.clients.addresses import address

SENT = {"name": "佐々木 ハナ", "born_on": "S17.3.9", "ground": "elder_abuse", "purpose": "通報の事実確認"}


@pytest.fixture
def worker(cast):
    """A social worker of the community support center, who does not see hana."""
    center = makers.make_organization(
        cast.environment, "中央地域包括支援センター", OrganizationKind.COMMUNITY_SUPPORT_CENTER
    )
    return makers.make_member(center, name="岡田 恵", kana="おかだ めぐみ", profession="social_worker")


@pytest.fixture
def colleague(worker):
    return makers.make_member(worker.organization, name="上野 誠", kana="うえの まこと")


def asked(cast, worker, second, unheard=()) -> LegalException:
    return actions.ask_to_report(
        client=cast.hana, ground="elder_abuse", purpose="事実確認", second=second, unheard=unheard, by=worker
    )


def test_nothing_is_open_before_the_second_person_confirms(browser_of, cast, worker, colleague):
    answer = browser_of(worker).post(address("report", cast), SENT | {"second": str(colleague.pk)})
    exception = LegalException.objects.get()
    assert answer.url == address("exception", cast, exception_id=exception.pk)
    assert not can_see(worker, cast.hana)
    assert {one.receiver for one in Notification.objects.all()} == {colleague}

    assert browser_of(colleague).post(address("confirm_report", cast, exception_id=exception.pk)).status_code == 302

    assert can_see(worker, cast.hana)
    assert not can_see(colleague, cast.hana)
    exception.refresh_from_db()
    assert exception.closes_at - exception.opens_at == timedelta(hours=72)


@pytest.mark.parametrize("who", ["worker", "sato", "suzuki", "ishii"])
def test_the_second_person_is_somebody_else_of_a_division_or_center(browser_of, cast, worker, who):
    second = worker if who == "worker" else cast[who]
    answer = browser_of(worker).post(address("report", cast), SENT | {"second": str(second.pk)})
    assert answer.status_code == 422
    with pytest.raises(NoSecondPerson):
        asked(cast, worker, second)


def test_the_database_refuses_a_report_confirmed_by_the_one_who_asks(cast, worker):
    with pytest.raises(IntegrityError, match="nobody_confirms"), transaction.atomic():
        makers.make_report(cast.hana, by=worker, second=worker)


def test_nobody_of_an_organization_that_must_not_hear_of_it_is_the_second_person(browser_of, cast, worker, colleague):
    sent = SENT | {"second": str(colleague.pk), "unheard": [str(colleague.organization_id)]}
    assert browser_of(worker).post(address("report", cast), sent).status_code == 422
    with pytest.raises(NoSecondPerson):
        asked(cast, worker, colleague, [colleague.organization])


@pytest.mark.parametrize(
    ("person", "status"), [("worker", 403), ("ishii", 403), ("ito", 404), ("tanaka", 404), ("sato", 404)]
)
def test_only_the_person_who_was_named_confirms(browser_of, cast, worker, colleague, person, status):
    exception = asked(cast, worker, colleague)
    who = worker if person == "worker" else cast[person]
    assert browser_of(who).post(address("confirm_report", cast, exception_id=exception.pk)).status_code == status
    assert not can_see(worker, cast.hana)


def test_after_a_day_nobody_confirms_any_more(cast, worker, colleague):
    late = {"asked_at": timezone.now() - timedelta(hours=24), "confirm_until": timezone.now() - timedelta(hours=1)}
    exception = makers.make_report(cast.hana, by=worker, second=colleague, **late)
    with pytest.raises(NotAwaited):
        actions.confirm_report(exception=exception, by=colleague)
    with pytest.raises(IntegrityError, match="confirmed_in_time"), transaction.atomic():
        LegalException.objects.filter(pk=exception.pk).update(
            opens_at=timezone.now(), closes_at=timezone.now() + timedelta(hours=1)
        )


def test_no_report_lasts_longer_than_72_hours(cast, worker, colleague):
    exception = asked(cast, worker, colleague)
    now = timezone.now()
    with pytest.raises(IntegrityError, match="two_hours_or_seventy_two"), transaction.atomic():
        LegalException.objects.filter(pk=exception.pk).update(opens_at=now, closes_at=now + timedelta(hours=73))


def test_the_second_person_may_refuse(browser_of, cast, worker, colleague):
    exception = asked(cast, worker, colleague)
    assert browser_of(colleague).post(address("end_exception", cast, exception_id=exception.pk)).status_code == 302
    with pytest.raises(NotAwaited):
        actions.confirm_report(exception=exception, by=colleague)


def test_auditor_admin_and_desk_are_told_and_neither_team_nor_family_nor_who_must_not_hear(cast, worker, colleague):
    makers.make_seat(cast.hana, cast.kobayashi.organization)
    makers.make_consent(cast.hana, by=cast.sato, organizations=[cast.kobayashi.organization])
    exception = asked(cast, worker, colleague, [cast.ito.organization])
    Notification.objects.all().delete()

    actions.confirm_report(exception=exception, by=colleague)

    told = {one.receiver for one in Notification.objects.all()}
    assert told == {cast.ishii, cast.tanaka, worker}


def test_the_team_finds_no_trace_of_a_report_on_any_page(browser_of, cast, worker, colleague):
    actions.confirm_report(exception=asked(cast, worker, colleague), by=colleague)
    here = f"/e/{cast.environment.slug}"
    hana = f"{here}/clients/{cast.hana.pk}"
    for page in (f"{hana}/", f"{hana}/team/", f"{here}/rooms/{cast.room.pk}/people/", f"{here}/exceptions/"):
        answer = browser_of(cast.sato).get(page)
        assert answer.status_code == 200
        assert worker.name not in answer.content.decode(), page
    assert people_who_can_see(cast.hana).filter(pk=worker.pk).exists()


def test_the_list_keeps_a_report_from_an_organization_that_must_not_hear_of_it(browser_of, cast, worker, colleague):
    exception = asked(cast, worker, colleague, [cast.city, cast.ito.organization])
    actions.confirm_report(exception=exception, by=colleague)
    for person, status in ((cast.tanaka, 404), (cast.ito, 404), (cast.ishii, 200)):
        url = address("exception", cast, exception_id=exception.pk)
        assert browser_of(person).get(url).status_code == status
        listed = browser_of(person).get(address("exceptions", cast)).content.decode()
        assert (worker.name in listed) is (status == 200)


def test_the_second_person_sees_whom_it_is_about_before_confirming_only(browser_of, cast, worker, colleague):
    exception = asked(cast, worker, colleague)
    url = address("exception", cast, exception_id=exception.pk)
    assert cast.hana.name in browser_of(colleague).get(url).content.decode()
    assert cast.hana.name not in browser_of(worker).get(url).content.decode()
    actions.confirm_report(exception=exception, by=colleague)
    assert cast.hana.name not in browser_of(colleague).get(url).content.decode()


def test_neither_of_the_two_judges_it(cast, worker, colleague):
    exception = asked(cast, worker, cast.tanaka)
    actions.confirm_report(exception=exception, by=cast.tanaka)
    exception.refresh_from_db()
    for person in (worker, cast.tanaka):
        with pytest.raises(NotAllowed):
            actions.review_exception(exception=exception, is_justified=True, note="よし", by=person)
    actions.review_exception(exception=exception, is_justified=True, note="事実確認に必要", by=cast.ishii)


def test_the_auditors_programs_read_the_list_without_names_of_clients(browser_of, cast, worker, colleague):
    actions.confirm_report(exception=asked(cast, worker, colleague), by=colleague)
    answer = browser_of(cast.ishii).get(f"/api/v1/e/{cast.environment.slug}/exceptions/")
    [one] = answer.json()["results"]
    assert (one["kind"], one["member"], one["is_overdue"]) == ("report", worker.name, False)
    assert cast.hana.name not in answer.content.decode() and str(cast.hana.pk) not in answer.content.decode()
    assert browser_of(cast.sato).get(f"/api/v1/e/{cast.environment.slug}/exceptions/").json()["count"] == 0

"""Certified periods: copied from the paper, never overwritten, announced before they end."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from apps.audit.models import Entry
from apps.clients import actions, queries
from apps.clients.actions import Granted
from apps.clients.models import Certification, RenewalReminder
from apps.clients.refusals import (
    CertificationIncomplete,
    CertificationReversed,
    CertificationsOverlap,
    CertificationTooLong,
)
from apps.clients.tasks import remind_of_renewals
from apps.notices.models import Notification
from tests import makers
from tests.clients.addresses import address

FIRST, LAST = date(2026, 4, 1), date(2027, 3, 31)


def granted(**changed):
    return Granted(**{"certificate": "insured", "care_level": "23", "first_day": FIRST, "last_day": LAST, **changed})


def write(cast, **changed):
    return actions.write_certification(client=cast.hana, granted=granted(**changed), by=cast.sato)


def send(browser_of, cast, person="sato", **sent):
    form = {"certificate": "insured", "care_level": "23", "first_day": "R8.4.1", "last_day": "R9.3.31", **sent}
    return browser_of(cast[person]).post(address("new_certification", cast, client_id=cast.hana.pk), form)


def days(certification):
    certification.refresh_from_db()
    return certification.stands, certification.first_day, certification.last_day


def test_a_period_is_copied_from_the_certificate_and_shown(browser_of, cast):
    assert send(browser_of, cast).status_code == 302
    page = browser_of(cast.suzuki).get(address("client", cast, client_id=cast.hana.pk)).content.decode()
    for said in ("要介護3", "令和8年4月1日", "令和9年3月31日"):
        assert said in page


def test_a_childs_certificate_says_days_per_month(browser_of, cast):
    assert send(browser_of, cast, certificate="recipient", care_level="", granted_days="12").status_code == 302
    assert Certification.objects.get().granted_days == 12
    assert "月12日" in browser_of(cast.sato).get(address("client", cast, client_id=cast.hana.pk)).content.decode()


def test_a_renewal_follows_the_period_before(cast):
    former, present = write(cast), write(cast, first_day=LAST + timedelta(days=1), last_day=date(2029, 3, 31))
    assert days(former) == (True, FIRST, LAST)
    assert days(present)[0]


def test_a_change_of_level_ends_the_period_before_on_its_eve_and_keeps_what_stood_there(cast):
    former = write(cast)
    write(cast, care_level="25", first_day=date(2026, 9, 1), last_day=date(2027, 8, 31))

    assert days(former) == (False, FIRST, LAST)
    shortened = Certification.objects.standing().get(care_level="23")
    assert (shortened.first_day, shortened.last_day) == (FIRST, date(2026, 8, 31))


@pytest.mark.parametrize(
    ("first_day", "last_day"),
    [(FIRST, LAST), (FIRST - timedelta(days=30), FIRST), (FIRST - timedelta(days=30), LAST + timedelta(days=30))],
)
def test_any_other_overlap_is_refused_and_nothing_is_written(cast, first_day, last_day):
    former = write(cast)
    with pytest.raises(CertificationsOverlap):
        write(cast, first_day=first_day, last_day=last_day)
    assert days(former) == (True, FIRST, LAST)
    assert Certification.objects.count() == 1


def test_a_later_period_that_stands_in_the_way_leaves_the_earlier_one_whole(cast):
    former = write(cast)
    write(cast, first_day=date(2027, 4, 1), last_day=date(2028, 3, 31))
    with pytest.raises(CertificationsOverlap):
        write(cast, care_level="25", first_day=date(2026, 9, 1), last_day=date(2027, 8, 31))
    assert days(former) == (True, FIRST, LAST)


def test_the_two_certificates_do_not_stand_in_each_others_way(cast):
    write(cast)
    assert write(cast, certificate="recipient", care_level="", granted_days=5)


def test_the_database_keeps_it_past_the_verb(cast):
    makers.make_certification(cast.hana, by=cast.sato)
    for promise, wrong in [
        ("one_certification_at_a_time", {}),
        ("a_certification_ends_after_it_begins", {"certificate": "insured", "last_day": date(2000, 1, 1)}),
        (
            "a_certification_says_a_level_or_days",
            {"care_level": "", "first_day": date(1990, 1, 1), "last_day": date(1990, 2, 1)},
        ),
        ("a_certification_has_a_last_day", {"last_day": None, "first_day": date(2090, 1, 1)}),
    ]:
        with pytest.raises(IntegrityError, match=promise), transaction.atomic():
            makers.make_certification(cast.hana, by=cast.sato, **wrong)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Certification.objects.update(care_level="21")
    with pytest.raises(ProgrammingError), transaction.atomic():
        Certification.objects.all().delete()


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"care_level": ""}, CertificationIncomplete),
        ({"granted_days": 5}, CertificationIncomplete),
        ({"last_day": None}, CertificationIncomplete),
        ({"certificate": "recipient", "care_level": "", "granted_days": 32}, CertificationIncomplete),
        ({"certificate": "recipient", "granted_days": 5}, CertificationIncomplete),
        ({"last_day": FIRST - timedelta(days=1)}, CertificationReversed),
        ({"last_day": date(2036, 3, 31)}, CertificationTooLong),
    ],
)
def test_what_no_certificate_says_is_refused(cast, wrong, refusal):
    with pytest.raises(refusal):
        write(cast, **wrong)
    assert not Certification.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("certificate", ""),
        ("care_level", ""),
        ("care_level", "99"),
        ("first_day", "R8.2.30"),
        ("first_day", "H31.5.2"),
        ("last_day", ""),
        ("last_day", "R8.3.31"),
        ("last_day", "R18.3.31"),
    ],
)
def test_the_page_says_what_was_wrong_beside_the_field(browser_of, cast, field, value):
    answer = send(browser_of, cast, **{field: value})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not Certification.objects.exists()


def test_a_programme_participant_may_have_no_last_day(browser_of, cast):
    assert send(browser_of, cast, care_level="06", last_day="").status_code == 302


def test_a_period_written_by_mistake_is_struck_out_and_stays_readable(browser_of, cast):
    certification = write(cast)
    url = address("strike_certification", cast, client_id=cast.hana.pk, certification_id=certification.pk)
    assert browser_of(cast.sato).get(url).status_code == 200
    assert browser_of(cast.sato).post(url).status_code == 302
    assert browser_of(cast.sato).post(url).status_code == 422
    page = browser_of(cast.sato).get(address("client", cast, client_id=cast.hana.pk)).content.decode()
    assert "<del>要介護3" in page


# -- to be renewed


def ending_in(cast, left, client=None, **fields):
    today = timezone.localdate()
    return makers.make_certification(
        client or cast.hana,
        by=cast.sato,
        first_day=today - timedelta(days=300),
        last_day=today + timedelta(days=left),
        **fields,
    )


@pytest.mark.parametrize(
    ("left", "group"),
    [
        (61, None),
        (60, "soon"),
        (31, "soon"),
        (30, "urgent"),
        (0, "urgent"),
        (-1, "lapsed"),
        (-90, "lapsed"),
        (-91, None),
    ],
)
def test_what_ends_soon_is_listed_by_urgency(cast, left, group):
    certification = ending_in(cast, left)
    found = queries.renewals(cast.suzuki)
    assert {name: getattr(found, name) for name in ("lapsed", "urgent", "soon") if getattr(found, name)} == (
        {group: [certification]} if group else {}
    )


def test_what_has_been_renewed_is_not_listed(cast):
    ending_in(cast, 20)
    today = timezone.localdate()
    makers.make_certification(
        cast.hana, by=cast.sato, first_day=today + timedelta(days=21), last_day=today + timedelta(days=400)
    )
    assert queries.renewals(cast.sato).all == []


@pytest.mark.parametrize(
    ("person", "sees"), [("sato", True), ("tanaka", True), ("takahashi", False), ("ito", False), ("ishii", False)]
)
def test_only_those_who_see_the_client_find_them_on_the_list(browser_of, cast, person, sees):
    ending_in(cast, 20)
    page = browser_of(cast[person]).get(address("renewals", cast)).content.decode()
    assert (cast.hana.name in page) is sees
    assert (address("renewals", cast) in browser_of(cast[person]).get(address("list", cast)).content.decode()) is sees
    entry = Entry.objects.filter(verb="clients.renewals_listed").latest("id")
    assert entry.detail == {"hits": int(sees), "clients": [str(cast.hana.pk)] if sees else []}


def test_the_page_of_today_counts_them(browser_of, cast):
    url = reverse("home:today", kwargs={"slug": cast.environment.slug})
    assert address("renewals", cast) not in browser_of(cast.sato).get(url).content.decode()
    ending_in(cast, 20)
    assert address("renewals", cast) in browser_of(cast.sato).get(url).content.decode()
    assert address("renewals", cast) not in browser_of(cast.takahashi).get(url).content.decode()


def test_the_list_asks_as_much_for_many_as_for_one(browser_of, cast):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked():
        with CaptureQueriesContext(connection) as queries_:
            browser_of(cast.tanaka).get(address("renewals", cast))
        return len(queries_)

    ending_in(cast, 20)
    asked()
    few = asked()
    for _ in range(10):
        ending_in(cast, 20, makers.make_client(cast.environment, seats=[], division=cast.city))
    assert asked() == few


# -- announced


def told():
    return [(one.receiver_id, one.sentence) for one in Notification.objects.filter(sentence__contains="certification")]


def test_each_threshold_is_announced_once_to_the_division_in_charge(cast):
    ending_in(cast, 60)
    remind_of_renewals(timestamp=0)
    remind_of_renewals(timestamp=0)
    [(receiver, sentence)] = told()
    assert receiver == cast.tanaka.pk
    assert "60 days" in sentence

    with time_machine.travel(timezone.now() + timedelta(days=30), tick=False):
        remind_of_renewals(timestamp=0)
        remind_of_renewals(timestamp=0)
    assert [("30 days" in sentence) for _, sentence in told()].count(True) == 1
    assert RenewalReminder.objects.count() == 2


def test_who_is_late_hears_of_the_nearest_threshold_only(cast):
    ending_in(cast, 12)
    remind_of_renewals(timestamp=0)
    [(_, sentence)] = told()
    assert "30 days" in sentence


def test_where_nobody_is_in_charge_everybody_who_sees_the_client_hears_of_it(cast):
    type(cast.hana).objects.filter(pk=cast.hana.pk).update(division=None)
    ending_in(cast, 30)
    remind_of_renewals(timestamp=0)
    assert {receiver for receiver, _ in told()} == {cast.sato.pk, cast.suzuki.pk}


@pytest.mark.parametrize("left", [61, -1])
def test_nothing_is_announced_too_early_or_too_late(cast, left):
    ending_in(cast, left)
    remind_of_renewals(timestamp=0)
    assert told() == []


def test_an_announcement_names_nobody_and_is_in_the_ledger(cast):
    ending_in(cast, 30)
    remind_of_renewals(timestamp=0)
    [notification] = Notification.objects.filter(sentence__contains="certification")
    assert cast.hana.name not in notification.sentence + notification.path
    entry = Entry.objects.get(verb="clients.renewal_announced")
    assert entry.detail == {"days": 30, "people": 1}
    assert entry.client_id == cast.hana.pk


def test_the_other_environments_clients_are_announced_to_their_own_people(cast):
    from django_scopes import scope

    with scope(environment=cast.elsewhere):
        there = makers.make_client(cast.elsewhere, seats=[cast.watanabe.organization])
        makers.make_consent(there, by=cast.watanabe)
        today = timezone.localdate()
        makers.make_certification(
            there, by=cast.watanabe, first_day=today - timedelta(days=9), last_day=today + timedelta(days=9)
        )
    remind_of_renewals(timestamp=0)
    assert told() == []
    with scope(environment=cast.elsewhere):
        assert [receiver for receiver, _ in told()] == [cast.watanabe.pk]


# -- programs


def test_a_program_writes_reads_and_strikes(browser_of, cast):
    sato = browser_of(cast.sato)
    where = {"slug": cast.environment.slug, "client_id": cast.hana.pk}
    url = reverse("clients_api:certifications", kwargs=where)
    sent = {"certificate": "insured", "care_level": "23", "first_day": "R8.4.1", "last_day": "2027-03-31"}
    written = sato.post(url, sent, content_type="application/json")
    assert written.status_code == 201
    assert (written.json()["first_day"], written.json()["last_day"]) == ("2026-04-01", "2027-03-31")
    overlapping = sato.post(url, sent, content_type="application/json")
    assert (overlapping.status_code, overlapping.json()["code"]) == (422, "certifications_overlap")
    one = reverse("clients_api:certification", kwargs={**where, "certification_id": written.json()["id"]})
    assert sato.delete(one).status_code == 204
    [kept] = sato.get(url).json()
    assert kept["struck_at"] is not None

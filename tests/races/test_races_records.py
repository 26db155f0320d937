"""Two people who write one record at once: one wins, the other hears a sentence, and without the verb the constraint holds."""

from datetime import date

import pytest

from apps.clients import actions
from apps.clients.actions import Granted, Reached
from apps.clients.models import Certification, ClientNumber, FamilyContact, Revision
from tests import makers
from tests.races.at_once import at_once, inside, kinds_of, one_was_written

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_edit_one_version_one_wins_and_the_other_is_told(cast):
    told = at_once(
        lambda: actions.edit_client(client=cast.hana, facts={"area": "東町"}, version=1, by=cast.sato),
        lambda: actions.edit_client(client=cast.hana, facts={"area": "西町"}, version=1, by=cast.tanaka),
    )
    assert kinds_of(told) == {"done": 1, "EditedMeanwhile": 1}
    assert Revision.objects.count() == 1


def test_without_the_verb_a_version_still_ends_once(cast):
    told = at_once(*[inside(lambda: makers.make_revision(cast.hana, by=cast.sato))] * 2)
    assert one_was_written(told, "a_version_of_a_record_ends_once")


def test_of_two_clients_who_are_given_one_number_at_once_one_has_it(cast):
    other = makers.make_client(cast.environment, seats=[], division=cast.city)
    told = at_once(
        *[
            lambda client=client: actions.write_number(
                client=client, certificate="insured", number="0001234567", by=cast.tanaka
            )
            for client in (cast.hana, other)
        ]
    )
    assert kinds_of(told) == {"done": 1, "NumberTaken": 1}
    assert ClientNumber.objects.count() == 1


def test_of_two_numbers_for_one_client_one_is_struck_out(cast):
    told = at_once(
        *[
            lambda number=number: actions.write_number(
                client=cast.hana, certificate="insured", number=number, by=cast.tanaka
            )
            for number in ("0001234567", "0007654321")
        ]
    )
    assert kinds_of(told) == {"done": 2}
    assert ClientNumber.objects.standing().count() == 1


def test_of_two_who_copy_one_certificate_at_once_one_wins(cast):
    granted = Granted(certificate="insured", care_level="23", first_day=date(2026, 4, 1), last_day=date(2027, 3, 31))
    told = at_once(
        *[
            lambda by=by: actions.write_certification(client=cast.hana, granted=granted, by=by)
            for by in (cast.sato, cast.tanaka)
        ]
    )
    assert kinds_of(told) == {"done": 1, "CertificationsOverlap": 1}
    assert Certification.objects.count() == 1


def test_of_two_key_persons_at_once_the_later_one_is(cast):
    told = at_once(
        *[
            lambda name=name: actions.write_contact(
                client=cast.hana, reached=Reached(name=name, relation="子", is_key_person=True), by=cast.sato
            )
            for name in ("佐々木 健", "佐々木 洋子")
        ]
    )
    assert kinds_of(told) == {"done": 2}
    assert FamilyContact.objects.standing().filter(is_key_person=True).count() == 1
    assert FamilyContact.objects.standing().count() == 2


def test_without_the_verb_there_is_still_one_key_person(cast):
    told = at_once(*[inside(lambda: makers.make_contact(cast.hana, by=cast.sato, is_key_person=True))] * 2)
    assert one_was_written(told, "one_key_person_per_client")


def test_a_reminder_of_two_workers_at_once_is_sent_once(cast):
    from datetime import timedelta

    from django.utils import timezone

    from apps.notices.models import Notification

    makers.make_certification(cast.hana, by=cast.sato, last_day=timezone.localdate() + timedelta(days=20))
    told = at_once(actions.remind_everywhere, actions.remind_everywhere)
    assert sorted(told) == [0, 1]
    assert Notification.objects.filter(sentence__contains="certification").count() == 1

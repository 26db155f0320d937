"""The ledger: written with the deed, refusals too, and changed by nobody."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django_scopes import scope

from apps.audit import actions as audit
from apps.audit.models import Channel, Entry
from apps.audit.origin import Origin, coming_from
from apps.kernel.refusals import NotHere


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET verb = 'x'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"]
)
def test_the_application_cannot_change_remove_or_truncate_entries(cast, statement):
    audit.record(verb="tests.done", by=cast.sato)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert Entry.objects.filter(verb="tests.done").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET verb = 'x'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"]
)
def test_not_even_the_owner_changes_entries_by_accident(cast, test_database, statement):
    audit.record(verb="tests.done", by=cast.sato)

    with pytest.raises(Exception, match="append-only"):
        test_database.owner.execute(statement)

    assert test_database.owner.execute("SELECT count(*) FROM audit_entry").fetchone() == (1,)


def test_an_entry_says_who_as_what_for_whom_from_where(cast):
    with coming_from(Origin(channel=Channel.PAGE, address="192.0.2.7", agent="abc")):
        entry = audit.record(verb="tests.done", by=cast.sato, subject=cast.room, client=cast.hana, purpose="support")

    entry.refresh_from_db()
    assert (entry.user_id, entry.member_id) == (cast.sato.user_id, cast.sato.pk)
    assert (entry.role, entry.organization_id) == ("member", cast.hidamari.pk)
    assert (entry.subject_kind, entry.subject_id) == ("rooms.talkroom", str(cast.room.pk))
    assert (entry.client_id, entry.environment_id) == (cast.hana.pk, cast.environment.pk)
    assert (entry.channel, entry.address, entry.purpose) == ("page", "192.0.2.7", "support")
    assert abs(entry.recorded_at - timezone.now()) < timedelta(seconds=10)


def test_a_deed_that_fails_leaves_no_entry(cast):
    with transaction.atomic():
        audit.record(verb="tests.done", by=cast.sato)
        transaction.set_rollback(True)

    assert not Entry.objects.filter(verb="tests.done").exists()


def test_looks_within_ten_minutes_are_one_entry_and_later_ones_another(cast):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        audit.opened(cast.hana, by=cast.sato)
        audit.opened(cast.hana, by=cast.sato)
        assert Entry.objects.filter(verb="clients.opened").count() == 1

        clock.shift(timedelta(minutes=11))
        audit.opened(cast.hana, by=cast.sato)
        assert Entry.objects.filter(verb="clients.opened").count() == 2


def test_looks_of_two_people_and_through_two_entrances_are_not_one(cast):
    audit.opened(cast.hana, by=cast.sato)
    audit.opened(cast.hana, by=cast.suzuki)
    with coming_from(Origin(channel=Channel.API)):
        audit.opened(cast.hana, by=cast.sato)

    assert Entry.objects.filter(verb="clients.opened", client_id=cast.hana.pk).count() == 3


def test_entries_of_another_environment_are_not_seen(cast):
    audit.record(verb="tests.done", by=cast.sato)

    with scope(environment=cast.elsewhere):
        assert not Entry.objects.filter(verb="tests.done").exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM audit_entry WHERE verb = 'tests.done'")
            assert cursor.fetchone() == (0,)
    assert Entry.objects.filter(verb="tests.done").exists()


def test_a_refusal_is_recorded_with_its_code_and_without_its_words(cast):
    entry = audit.refused(verb="rooms:room", refusal=NotHere(subject=cast.room), by=cast.takahashi)

    assert (entry.outcome, entry.reason, entry.subject_id) == ("refused", "not_here", str(cast.room.pk))


def test_a_refused_page_leaves_exactly_one_entry(cast, browser_of):
    answer = browser_of(cast.takahashi).get(f"/e/sakuragawa-care/rooms/{cast.room.pk}/")

    assert answer.status_code == 404
    entry = Entry.objects.get(outcome="refused")
    assert (entry.member_id, entry.verb) == (cast.takahashi.pk, "rooms:room")
    assert (entry.subject_id, entry.channel) == (str(cast.room.pk), "page")


def test_a_room_page_leaves_one_entry_that_names_the_client(cast, browser_of):
    browser = browser_of(cast.sato)
    for _ in range(2):
        assert browser.get(f"/e/sakuragawa-care/rooms/{cast.room.pk}/").status_code == 200

    entry = Entry.objects.get(verb="rooms.opened")
    assert (entry.member_id, entry.client_id) == (cast.sato.pk, cast.hana.pk)

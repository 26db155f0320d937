"""Who may open what: the overview says what the doors do, now and of days that have passed."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.clients import actions as clients
from apps.clients.access import can_see, client_for
from apps.clients.models import Client
from apps.environments.actions import lift_suspension, suspend
from apps.environments.models import Member
from apps.kernel.refusals import NotHere
from apps.oversight.queries import standings
from apps.oversight.queries.changes import changes
from tests import makers


@pytest.fixture
def town(cast):
    """Clients who are open in every way there is, and to nobody."""
    environment = cast.environment
    other = makers.make_client(
        environment, seats=[cast.aozora], division=cast.city, name="秋山 梅", kana="あきやま うめ"
    )
    hand = makers.make_client(environment, seats=[cast.hidamari], division=None, name="伊東 松", kana="いとう まつ")
    makers.make_consent(hand, by=cast.sato, kinds=["home_help_office", "care_management_office"])
    clients.open_by_hand(client=hand, member=cast.takahashi, by=cast.sato)
    glass = makers.make_client(environment, seats=[], division=None, name="上田 竹", kana="うえだ たけ")
    makers.make_exception(glass, by=cast.suzuki)
    introduced = makers.make_client(environment, seats=[], division=cast.city, name="江口 菊", kana="えぐち きく")
    makers.make_seat(introduced, cast.aozora, purpose="introduction")
    makers.make_consent(introduced, by=cast.tanaka, organizations=[cast.aozora], purposes=["introduction"])
    makers.make_client(environment, seats=[], division=None, name="大野 梅", kana="おおの うめ")
    return {"cast": cast, "other": other, "hand": hand, "glass": glass, "introduced": introduced}


def everybody():
    return list(Member.objects.select_related("organization", "user"))


def fetched(member):
    """The clients that the door opens, one by one."""
    found = set()
    for client in Client.objects.all():
        try:
            found.add(client_for(member, client.pk).pk)
        except NotHere:
            continue
    return found


def test_what_the_overview_says_a_person_may_open_is_what_the_doors_let_them_fetch(town):
    for member in everybody():
        told = standings.all_of_person(member, None)
        assert {one.client.pk for one in told} == (fetched(member) if member.is_current else set()), member.name
        assert all(one.ways for one in told)


def test_who_may_open_a_client_is_who_the_doors_let_in(town):
    for client in Client.objects.all():
        told = standings.of_client(client, None)
        assert {one.member.pk for one in told} == {one.pk for one in everybody() if can_see(one, client)}
        assert all(one.ways for one in told)


def test_both_sides_tell_the_same_reasons(town):
    for client in Client.objects.all():
        for standing in standings.of_client(client, None):
            mine = next(one for one in standings.all_of_person(standing.member, None) if one.client == client)
            assert mine.keys == standing.keys


@pytest.mark.parametrize(
    ("person", "client", "kind"),
    [
        *[("tanaka", "other", "division"), ("suzuki", "glass", "break-glass"), ("takahashi", "hand", "hand")],
        *[("suzuki", "introduced", "introduction"), ("sato", "hand", "coordination")],
    ],
)
def test_each_way_in_is_named(town, person, client, kind):
    told = standings.all_of_person(town["cast"][person], None)

    found = next(one for one in told if one.client == town[client])
    assert [way.kind for way in found.ways] == [kind]


def test_a_seat_is_told_with_the_consent_that_covers_it(cast):
    standing = standings.all_of_person(cast.sato, None)[0]

    assert [one.pk for one in standing.ways[0].consents] == [cast.consent.pk]
    assert standing.ways[0].since is not None


def seen_by_everybody():
    return {member.user_id: fetched(member) for member in everybody() if member.is_current}


def told_of(at):
    """The same from the overview, for each person with a place then."""
    people = {member.user_id: member for member in everybody()}
    told = {user: {one.client.pk for one in standings.all_of_person(one, at)} for user, one in people.items()}
    return {user: seen for user, seen in told.items() if standings.place_of(people[user], at) is not None}


def test_of_a_moment_that_has_passed_it_says_what_the_doors_said_then(town):
    """A history of all kinds of deeds; after each what the doors say is kept, and in the end compared."""
    cast, start = town["cast"], timezone.now()
    deeds = [
        lambda: None,
        lambda: makers.make_consent(town["other"], by=cast.sato),
        lambda: clients.end_seat(seat=cast.hana.seats.get(organization=cast.aozora), by=cast.sato),
        lambda: suspend(member=cast.suzuki, reason="not_needed", by=cast.ito),
        lambda: clients.withdraw_consent(consent=cast.consent, note="電話", by=cast.tanaka),
        lambda: lift_suspension(member=cast.suzuki, by=cast.ito),
        lambda: makers.make_consent(cast.hana, by=cast.tanaka, valid_to=timezone.now() + timedelta(hours=30)),
        lambda: None,
        lambda: None,
    ]
    kept = []
    for nth, deed in enumerate(deeds):
        with time_machine.travel(start + timedelta(hours=12 * nth + 1)):
            deed()
        with time_machine.travel(start + timedelta(hours=12 * nth + 2)):
            kept.append((timezone.now(), seen_by_everybody()))

    with time_machine.travel(start + timedelta(days=10)):
        for at, seen in kept:
            assert told_of(at) == seen, at
            for client in Client.objects.all():
                could = {one.member.user_id for one in standings.of_client(client, at)}
                assert could == {user for user, found in seen.items() if client.pk in found}


def test_a_grant_is_told_from_when_the_ledger_says_it_was_given(town):
    cast = town["cast"]
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        now = {one.client.pk for one in standings.all_of_person(cast.takahashi, timezone.now())}
        before = standings.all_of_person(cast.takahashi, timezone.now() - timedelta(days=2))

    assert town["hand"].pk in now
    assert town["hand"].pk not in {one.client.pk for one in before}


def test_questions_are_as_many_for_many_clients_as_for_few(cast):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            standings.all_of_person(cast.sato, None)
            standings.of_client(cast.hana, None)
        return len(queries)

    few = asked()
    makers.make_clients(30, by=cast.sato)
    assert asked() == few


def between(before, after, since, until=None):
    return changes(before, after, since, until)


def test_what_was_withdrawn_is_told_as_removed_with_the_deed(cast):
    then = timezone.now()
    before = standings.of_client(cast.hana, None)
    clients.withdraw_consent(consent=cast.consent, note="電話", by=cast.tanaka)

    found = between(before, standings.of_client(cast.hana, None), then - timedelta(seconds=5))

    assert {(one.kind, one.standing.member.pk) for one in found} == {
        ("removed", cast.sato.pk),
        ("removed", cast.suzuki.pk),
    }
    assert {one.deed.entry.verb for one in found if one.deed} == {"clients.consent_withdrawn"}


def test_what_was_opened_by_hand_is_told_as_added_with_the_deed(cast):
    then = timezone.now() - timedelta(seconds=5)
    makers.make_consent(cast.hana, by=cast.sato, kinds=["home_help_office"])
    before = standings.all_of_person(cast.takahashi, None)
    clients.open_by_hand(client=cast.hana, member=cast.takahashi, by=cast.sato)

    (found,) = between(before, standings.all_of_person(cast.takahashi, None), then)
    assert (found.kind, found.deed and found.deed.entry.verb) == ("added", "clients.opened_by_hand")


def test_what_ended_by_itself_has_no_deed(cast):
    makers.make_exception(cast.hana, by=cast.takahashi)
    before = standings.of_client(cast.hana, None)
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        (found,) = between(before, standings.of_client(cast.hana, None), timezone.now() - timedelta(hours=1))

    assert (found.kind, found.standing.member.pk, found.deed) == ("removed", cast.takahashi.pk, None)


def test_what_rests_on_another_consent_is_told_as_changed(cast):
    then = timezone.now() - timedelta(seconds=5)
    before = standings.all_of_person(cast.sato, None)
    makers.make_consent(cast.hana, by=cast.sato)
    clients.withdraw_consent(consent=cast.consent, note="電話", by=cast.tanaka)

    (found,) = between(before, standings.all_of_person(cast.sato, None), then)
    assert found.kind == "changed"

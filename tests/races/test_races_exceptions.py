"""Exceptions at once: one place is taken once, one report is confirmed once, one judgement is given."""

import pytest
from django.utils import timezone

from apps.audit.models import Entry
from apps.clients import actions
from apps.clients.access import can_see_places
from apps.clients.models import Client, LegalException, Petition
from tests import makers
from tests.races.at_once import at_once, inside, kinds_of, one_was_written

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_client_is_opened_once_however_often_the_button_is_pressed(cast):
    told = at_once(*[lambda: actions.break_glass(client=cast.hana, ground="life", purpose="転倒", by=cast.suzuki)] * 3)

    assert kinds_of(told) == {"done": 1, "TooManyOpen": 2}
    assert LegalException.objects.count() == 1


def test_without_the_verb_the_constraint_lets_one_through(cast):
    now = timezone.now()
    told = at_once(*[inside(lambda: makers.make_exception(cast.hana, by=cast.suzuki, asked_at=now, opens_at=now))] * 2)

    assert one_was_written(told, "_at_a_time")


def test_a_report_is_confirmed_or_ended_and_never_both(cast):
    worker = makers.make_member(cast.city, name="岡田 恵", kana="おかだ めぐみ")
    exception = actions.ask_to_report(
        client=cast.hana, ground="elder_abuse", purpose="事実確認", second=cast.tanaka, by=worker
    )

    told = at_once(
        lambda: actions.confirm_report(exception=exception, by=cast.tanaka),
        lambda: actions.end_exception(exception=exception, by=worker),
        lambda: actions.confirm_report(exception=exception, by=cast.tanaka),
    )

    exception.refresh_from_db()
    assert kinds_of(told)["NotAwaited"] >= 1
    assert not (exception.ended_at is not None and exception.is_open)


def test_of_two_judgements_one_is_written(cast):
    exception = makers.make_exception(cast.hana, by=cast.suzuki)

    told = at_once(
        lambda: actions.review_exception(exception=exception, is_justified=True, note="必要", by=cast.ishii),
        lambda: actions.review_exception(exception=exception, is_justified=False, note="不要", by=cast.tanaka),
    )

    assert kinds_of(told) == {"done": 1, "AlreadyReviewed": 1}


def test_of_three_clerks_at_once_two_let_somebody_see_the_places_and_a_withdrawal_wins_over_the_rest(cast):
    clerks = [makers.make_member(cast.city, role="desk") for _ in range(3)]
    actions.protect_client(client=cast.hana, by=cast.tanaka)
    asked = actions.petition(client=cast.hana, kind="see", reason="家庭訪問", by=cast.sato)

    told = at_once(*[lambda by=by: actions.approve_petition(petition=asked, by=by) for by in clerks])

    asked.refresh_from_db()
    assert kinds_of(told) == {"done": 2, "NotAwaitedPetition": 1}
    assert asked.approvals == 2 and asked.first_by != asked.second_by


def test_of_two_clerks_who_lift_a_protection_at_once_one_lifts_it(cast):
    clerks = [makers.make_member(cast.city, role="desk") for _ in range(2)]
    protection = actions.protect_client(client=cast.hana, by=cast.tanaka)
    asked = actions.petition(client=cast.hana, kind="lift", reason="転居した", by=cast.tanaka)

    told = at_once(*[lambda by=by: actions.approve_petition(petition=asked, by=by) for by in clerks])

    protection.refresh_from_db()
    assert kinds_of(told) == {"done": 1, "NotAwaitedPetition": 1}
    assert protection.lifted_by in clerks and protection.lifting_asked_by == cast.tanaka
    assert Entry.objects.filter(verb="clients.protection_lifted").count() == 1


def test_without_the_verb_two_approvals_of_one_clerk_never_let_anybody_in(cast):
    actions.protect_client(client=cast.hana, by=cast.tanaka)
    asked = actions.petition(client=cast.hana, kind="see", reason="家庭訪問", by=cast.sato)
    rows = Petition.objects.filter(pk=asked.pk)

    told = at_once(
        inside(lambda: rows.update(first_by=cast.tanaka)),
        inside(lambda: rows.update(second_by=cast.tanaka, closes_at=asked.decide_until)),
    )

    assert kinds_of(told) == {"done": 1, "IntegrityError": 1}
    assert not can_see_places(cast.sato, Client.objects.get(pk=cast.hana.pk))


def test_of_two_clerks_who_protect_at_once_one_is_told_that_it_is_done(cast):
    another = makers.make_member(cast.city, role="desk")
    told = at_once(*[lambda by=by: actions.protect_client(client=cast.hana, by=by) for by in (cast.tanaka, another)])

    assert kinds_of(told) == {"done": 1, "ProtectedAlready": 1}


def test_an_approval_that_meets_its_withdrawal_shows_nothing_afterwards(cast):
    clerks = [makers.make_member(cast.city, role="desk") for _ in range(2)]
    actions.protect_client(client=cast.hana, by=cast.tanaka)
    asked = actions.petition(client=cast.hana, kind="see", reason="家庭訪問", by=cast.sato)
    actions.approve_petition(petition=asked, by=clerks[0])

    told = at_once(
        lambda: actions.approve_petition(petition=asked, by=clerks[1]),
        lambda: actions.end_petition(petition=asked, by=cast.sato),
    )

    assert told[1] is None
    assert not can_see_places(cast.sato, Client.objects.get(pk=cast.hana.pk))

"""Two people, one slip, the same moment: in twins, with the lock and without it."""

import threading

import pytest
from django.db import IntegrityError, close_old_connections, transaction
from django.utils import timezone

from apps.accounts import actions
from apps.accounts.actions import slips
from apps.accounts.models import Slip
from apps.accounts.refusals import SlipUsed

pytestmark = pytest.mark.django_db(transaction=True)
RUNNERS = 4


@pytest.fixture
def issued(transactional_db):
    return actions.issue_slip(user=actions.make_user(login_id="takahashi.m", by=None), by=None)


def all_at_once(deed):
    """Run `deed(number)` in several threads that start together; what each returned or raised."""
    start, told = threading.Barrier(RUNNERS), [None] * RUNNERS

    def run(number):
        try:
            start.wait(10)
            told[number] = deed(number)
        except Exception as error:  # noqa: BLE001 - the test looks at what was raised
            told[number] = error
        finally:
            close_old_connections()
            from django.db import connection

            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(RUNNERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return told


def test_of_many_who_use_a_slip_at_once_one_wins_and_the_others_hear_that_it_is_used(issued):
    told = all_at_once(lambda number: actions.use_slip(slip=issued.slip, passphrase=f"passphrase number {number}"))

    winners = [number for number, outcome in enumerate(told) if not isinstance(outcome, Exception)]
    assert len(winners) == 1
    assert [type(outcome) for outcome in told if isinstance(outcome, Exception)] == [SlipUsed] * (RUNNERS - 1)
    issued.slip.user.refresh_from_db()
    assert issued.slip.user.check_password(f"passphrase number {winners[0]}")


def test_without_the_lock_the_conditional_statement_still_lets_one_win(issued):
    slip = Slip.objects.select_related("user").get(pk=issued.slip.pk)

    told = all_at_once(lambda _: slips.take(slip))

    assert [type(outcome) for outcome in told if isinstance(outcome, Exception)] == [SlipUsed] * (RUNNERS - 1)


def test_of_many_slips_issued_at_once_the_newest_alone_holds(issued):
    user = issued.slip.user

    told = all_at_once(lambda _: actions.issue_slip(user=user, by=None))

    assert not [outcome for outcome in told if isinstance(outcome, Exception)]
    assert Slip.objects.filter(user=user).unused().count() == 1


def test_without_the_lock_the_constraint_still_keeps_one_slip(issued):
    Slip.objects.update(revoked_at=timezone.now())

    def insert(number):
        with transaction.atomic():
            Slip.objects.create(user=issued.slip.user, code_hash=str(number), expires_at=timezone.now())

    told = all_at_once(insert)

    assert len([outcome for outcome in told if isinstance(outcome, IntegrityError)]) == RUNNERS - 1

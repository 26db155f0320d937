"""The yearly change of divisions: planned with the whole list in sight, true in its moment, reversible until then."""

import contextlib
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.audit.models import Entry
from apps.clients import actions
from apps.clients.access import clients_visible_to, next_change, people_who_can_see, why_visible
from apps.clients.models import Charge, Client, Transfer, TransferLine
from apps.clients.refusals import NotADivision
from apps.clients.refusals.transfers import ClientsChanged, NobodyChosen, TransferOver, TransferTooFar, TransferTooLate
from apps.clients.tasks import follow as follow_charges
from apps.environments.models import Member
from apps.kernel.refusals import NotAllowed, NotHere, Refusal
from apps.notices.models import Notification
from tests import makers


@pytest.fixture
def child_welfare(cast):
    return makers.make_organization(cast.environment, "さくら川市 こども家庭課", "city_division")


@pytest.fixture
def yamamoto(cast, child_welfare):
    """The desk of the other division."""
    return makers.make_member(child_welfare, name="山本 葵", kana="やまもと あおい", role="desk")


@pytest.fixture
def kimura(cast):
    """A second person at tanaka's desk."""
    return makers.make_member(cast.city, name="木村 由紀", kana="きむら ゆき", role="desk")


def plan(cast, target, *clients, days=0):
    on = timezone.localdate() + timedelta(days=days)
    return actions.plan_transfer(clients={one.pk for one in clients}, target=target, on=on, by=cast.tanaka)


def sees(member, client):
    seen = clients_visible_to(member).filter(pk=client.pk).exists()
    assert people_who_can_see(client).filter(pk=member.pk).exists() == seen
    assert (why_visible(member, client) is not None) == seen
    return seen


def on_day(days, at=time(0, 0, 1)):
    moment = timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=days), at))
    return time_machine.travel(moment, tick=False)


# -- what is true


def test_today_the_old_division_loses_sight_and_the_new_one_gains_it(cast, yamamoto):
    assert (sees(cast.tanaka, cast.hana), sees(yamamoto, cast.hana)) == (True, False)

    plan(cast, yamamoto.organization, cast.hana)

    assert (sees(cast.tanaka, cast.hana), sees(yamamoto, cast.hana)) == (False, True)
    assert Client.objects.get(pk=cast.hana.pk).division == yamamoto.organization


def test_a_day_to_come_takes_effect_by_itself_in_its_first_moment(cast, yamamoto):
    plan(cast, yamamoto.organization, cast.hana, days=30)

    assert (sees(cast.tanaka, cast.hana), sees(yamamoto, cast.hana)) == (True, False)
    with on_day(29, at=time(23, 59, 59)):
        assert (sees(cast.tanaka, cast.hana), sees(yamamoto, cast.hana)) == (True, False)
    with on_day(30):
        assert (sees(cast.tanaka, cast.hana), sees(yamamoto, cast.hana)) == (False, True)


def test_screens_know_the_moment_beforehand(cast, yamamoto):
    transfer = plan(cast, yamamoto.organization, cast.hana, days=3)

    assert next_change(timezone.now(), Client.objects.filter(pk=cast.hana.pk)) == transfer.takes_effect_at


def test_lists_follow_when_the_day_has_come(cast, yamamoto):
    plan(cast, yamamoto.organization, cast.hana, days=30)
    follow_charges(timestamp=0)
    assert Client.objects.get(pk=cast.hana.pk).division == cast.city

    with on_day(30):
        follow_charges(timestamp=0)
        follow_charges(timestamp=0)
    assert Client.objects.get(pk=cast.hana.pk).division == yamamoto.organization
    assert Charge.objects.filter(client=cast.hana).count() == 2


def test_charges_are_periods_that_meet_and_the_past_stays(cast, yamamoto):
    plan(cast, yamamoto.organization, cast.hana)

    before, after = Charge.objects.filter(client=cast.hana).order_by("valid_from")
    assert (before.division, after.division) == (cast.city, yamamoto.organization)
    assert before.valid_to == after.valid_from


def test_each_client_has_an_entry_of_its_own(cast, yamamoto):
    other = makers.make_client(cast.environment, seats=[], division=cast.city, name="高田 サチ")
    transfer = plan(cast, yamamoto.organization, cast.hana, other)

    entries = Entry.objects.filter(verb="clients.transferred")
    assert {one.client_id for one in entries} == {cast.hana.pk, other.pk}
    assert {one.detail["transfer"] for one in entries} == {str(transfer.pk)}


def test_a_client_that_is_not_ticked_stays(cast, yamamoto):
    other = makers.make_client(cast.environment, seats=[], division=cast.city, name="高田 サチ")
    plan(cast, yamamoto.organization, cast.hana)

    assert sees(cast.tanaka, other)


# -- refusals


def test_only_people_who_work_in_the_division_transfer_its_clients(cast, child_welfare):
    for person in (cast.sato, cast.ito, cast.ishii, cast.matsumoto):
        with pytest.raises(NotAllowed):
            actions.plan_transfer(clients={cast.hana.pk}, target=child_welfare, on=date(2027, 4, 1), by=person)


def test_another_divisions_client_is_not_transferred(cast, yamamoto):
    with pytest.raises(ClientsChanged):
        actions.plan_transfer(clients={cast.hana.pk}, target=cast.city, on=timezone.localdate(), by=yamamoto)


@pytest.mark.parametrize(("days", "refusal"), [(-1, TransferOver), (400, TransferTooFar)])
def test_a_day_that_is_over_or_too_far_is_refused(cast, child_welfare, days, refusal):
    with pytest.raises(refusal):
        plan(cast, child_welfare, cast.hana, days=days)


def test_only_another_division_can_be_in_charge(cast):
    for target in (cast.hidamari, cast.city):
        with pytest.raises(NotADivision):
            plan(cast, target, cast.hana)


def test_nobody_is_nobody(cast, child_welfare):
    with pytest.raises(NobodyChosen):
        plan(cast, child_welfare)


def test_who_leaves_already_is_not_planned_twice_and_nothing_is_done_by_halves(cast, yamamoto):
    other = makers.make_client(cast.environment, seats=[], division=cast.city, name="高田 サチ")
    plan(cast, yamamoto.organization, cast.hana, days=30)

    with pytest.raises(ClientsChanged):
        plan(cast, yamamoto.organization, cast.hana, other, days=60)
    assert Charge.objects.filter(client=other).count() == 1


# -- many


@pytest.fixture
def many(cast):
    return [
        makers.make_client(cast.environment, seats=[], division=cast.city, name=f"見本 {number}")
        for number in range(50)
    ]


def test_fifty_clients_wait_for_a_second_person(cast, yamamoto, kimura, many):
    transfer = plan(cast, yamamoto.organization, *many, days=30)

    assert transfer.waits
    assert Charge.objects.filter(transfer=transfer).count() == 0
    assert set(Notification.objects.filter(path__contains="/transfers/").values_list("receiver", flat=True)) == {
        yamamoto.pk,
        kimura.pk,
    }
    with pytest.raises(NotAllowed):
        actions.approve_transfer(transfer=transfer, by=cast.tanaka)
    actions.approve_transfer(transfer=transfer, by=kimura)
    assert Charge.objects.filter(transfer=transfer, valid_from=transfer.takes_effect_at).count() == 50


def test_the_database_lets_nobody_approve_their_own(cast, many, child_welfare):
    transfer = plan(cast, child_welfare, *many, days=30)
    with pytest.raises(IntegrityError, match="a_transfer_is_approved_by_a_second_person"), transaction.atomic():
        Transfer.objects.filter(pk=transfer.pk).update(approved_by=cast.tanaka, approved_at=timezone.now())


def test_who_changed_meanwhile_is_left_out_of_the_approval_and_named(cast, yamamoto, kimura, many):
    transfer = plan(cast, yamamoto.organization, *many, days=30)
    plan(cast, yamamoto.organization, many[0])

    actions.approve_transfer(transfer=transfer, by=kimura)

    assert [one.client for one in TransferLine.objects.filter(transfer=transfer, skipped=True)] == [many[0]]
    assert Charge.objects.filter(transfer=transfer).count() == 49


def test_nobody_else_approves(cast, yamamoto, many):
    transfer = plan(cast, yamamoto.organization, *many, days=30)
    for person in (cast.sato, cast.ito, cast.ishii):
        with pytest.raises(NotHere):
            actions.approve_transfer(transfer=transfer, by=person)


# -- taking back


def test_until_the_day_it_can_be_taken_back_and_everything_is_as_before(cast, yamamoto):
    transfer = plan(cast, yamamoto.organization, cast.hana, days=30)
    actions.revoke_transfer(transfer=transfer, by=cast.tanaka)

    with on_day(31):
        assert (sees(cast.tanaka, cast.hana), sees(yamamoto, cast.hana)) == (True, False)
    assert Charge.objects.filter(client=cast.hana).count() == 2
    plan(cast, yamamoto.organization, cast.hana, days=10)


def test_what_has_taken_effect_is_not_taken_back(cast, yamamoto):
    transfer = plan(cast, yamamoto.organization, cast.hana)
    with pytest.raises(TransferTooLate):
        actions.revoke_transfer(transfer=transfer, by=cast.tanaka)


def test_a_transfer_is_decided_once(cast, yamamoto, kimura, many):
    transfer = plan(cast, yamamoto.organization, *many, days=30)
    actions.revoke_transfer(transfer=transfer, by=cast.tanaka)
    for decide in (actions.revoke_transfer, actions.approve_transfer):
        with pytest.raises(TransferTooLate):
            decide(transfer=transfer, by=kimura)


# -- the column and the periods


def test_writing_the_column_begins_and_ends_a_charge(cast, yamamoto):
    Client.objects.filter(pk=cast.hana.pk).update(division=yamamoto.organization)
    assert (sees(cast.tanaka, cast.hana), sees(yamamoto, cast.hana)) == (False, True)

    Client.objects.filter(pk=cast.hana.pk).update(division=None)
    assert (sees(cast.tanaka, cast.hana), sees(yamamoto, cast.hana)) == (False, False)


def test_what_was_is_never_overwritten(cast, yamamoto):
    plan(cast, yamamoto.organization, cast.hana)
    day = timezone.now() - timedelta(days=1)
    for change in ({"valid_from": day}, {"division": cast.city}):
        with pytest.raises(IntegrityError, match="never overwritten"), transaction.atomic():
            Charge.objects.filter(client=cast.hana, transfer__isnull=False).update(**change)


STEPS = st.lists(
    st.tuples(st.sampled_from(["plan", "revoke", "column", "pass"]), st.sampled_from([0, 2, 5]), st.booleans()),
    max_size=7,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_after_any_history_exactly_the_division_in_charge_sees_the_client(cast, yamamoto, steps):
    """Kept beside the database in plain words: who is in charge from which day on."""
    savepoint = transaction.savepoint()
    divisions = {cast.city.pk: cast.tanaka, yamamoto.organization_id: yamamoto}
    # From tomorrow on: everybody is there since some hour of today.
    today, planned, charge = 1, [], cast.city.pk
    for verb, days, flag in steps:
        with on_day(today), contextlib.suppress(Refusal):
            if verb == "plan":
                other = next(pk for pk in divisions if pk != charge)
                on = timezone.localdate() + timedelta(days=days)
                made = actions.plan_transfer(
                    clients={cast.hana.pk}, target=divisions[other].organization, on=on, by=divisions[charge]
                )
                planned = [(today + days, other, made)]
            elif verb == "revoke" and planned:
                actions.revoke_transfer(transfer=planned[0][2], by=divisions[charge])
                planned = []
            elif verb == "pass":
                today += days
            elif verb == "column" and flag:
                follow_charges(timestamp=0)
        while planned and planned[0][0] <= today:
            charge = planned.pop(0)[1]
        with on_day(today, at=time(0, 0, 2)):
            assert {pk for pk, person in divisions.items() if sees(person, cast.hana)} == {charge}
    transaction.savepoint_rollback(savepoint)


def test_somebody_who_comes_later_to_the_division_sees_its_clients(cast, yamamoto):
    plan(cast, yamamoto.organization, cast.hana)
    later = makers.make_member(yamamoto.organization, role="desk")

    assert sees(Member.objects.select_related("organization").get(pk=later.pk), cast.hana)

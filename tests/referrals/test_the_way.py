"""The way of a client to a facility: only allowed steps, corrected by further steps, and always where its steps say."""

import random
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from apps.audit.models import Entry
from apps.kernel.refusals import NotAllowed, NotHere
from apps.notices.models import Notification
from apps.referrals import actions, queries
from apps.referrals.access import named_for, referral_for, referrals_visible_to
from apps.referrals.kinds import REASONS, StepKind
from apps.referrals.models import Consultation, Referral, Step
from apps.referrals.refusals import (
    ApproachedAlready,
    CorrectionWithoutReason,
    DeclineWithoutReason,
    FacilityNotOpen,
    NotCorrectable,
    StepBeforeConsultation,
    StepInTheFuture,
    StepNotPossible,
)
from apps.referrals.standing import possible
from tests.facilities.makers import make_facility
from tests.inquiries.makers import make_introduction
from tests.referrals.makers import ALL_THE_WAY, make_referral, make_step, make_way


@pytest.fixture
def facility(cast):
    """Of takahashi's organization, which has no seat on hana's team."""
    return make_facility(cast.sato, organization=cast.takahashi.organization)


@pytest.fixture
def referral(cast, facility):
    return make_referral(cast.hana, by=cast.sato, facility=facility)


# -- the way


def test_a_referral_goes_all_the_way(cast, referral):
    make_way(referral, *ALL_THE_WAY, by=cast.sato)

    assert (referral.state, referral.is_over) == ("started", True)
    assert [one.number for one in referral.steps.all()] == [*range(1, 9)]


def test_a_trial_is_made_between_visit_and_decision(cast, referral):
    make_way(referral, "introduced", "visited", "trial_booked", by=cast.sato)
    with pytest.raises(StepNotPossible):
        make_step(referral, "decided", by=cast.sato)

    assert make_way(referral, "trialed", "decided", by=cast.sato).state == "decided"


def test_the_family_applies_while_it_looks_around_and_a_contract_needs_both(cast, referral):
    make_way(referral, "introduced", "applied", "visit_booked", "granted", "visited", by=cast.sato)
    assert (referral.state, referral.application) == ("visited", "granted")
    with pytest.raises(StepNotPossible):
        make_step(referral, "contracted", by=cast.sato)

    assert make_way(referral, "decided", by=cast.sato).state == "granted"
    assert make_way(referral, "contracted", by=cast.sato).state == "contracted"


def test_nothing_is_contracted_before_the_benefit_is_granted(cast, referral):
    make_way(referral, "introduced", "visited", "decided", "applied", by=cast.sato)

    with pytest.raises(StepNotPossible):
        make_step(referral, "contracted", by=cast.sato)


def test_what_is_applied_for_counts_for_every_facility_of_the_consultation(cast, referral):
    other = make_referral(cast.hana, by=cast.sato)
    of_another_year = make_referral(cast.hana, by=cast.sato, days_ago=400)

    make_step(referral, "applied", by=cast.sato)
    late = make_referral(cast.hana, by=cast.sato)

    kinds = {one: list(one.steps.values_list("kind", flat=True)) for one in (other, late, of_another_year)}
    assert kinds == {other: ["applied"], late: ["applied"], of_another_year: []}


def test_facilities_of_one_consultation_share_its_day(cast, referral):
    other = make_referral(cast.hana, by=cast.sato)

    assert other.consultation == referral.consultation
    assert Consultation.objects.count() == 1


def test_waiting_leads_back_to_where_it_was(cast, referral):
    make_way(referral, "introduced", "visited", "waiting", by=cast.sato)
    assert referral.state == "waiting"

    assert make_way(referral, "resumed", by=cast.sato).state == "visited"


def test_who_waits_goes_on_by_the_next_step_itself(cast, referral):
    make_way(referral, "introduced", "visited", "waiting", "decided", by=cast.sato)

    assert referral.state == "decided"


def test_who_did_not_come_books_again(cast, referral):
    make_way(referral, "introduced", "visit_booked", "no_show", by=cast.sato)
    assert referral.state == "no_show"

    assert make_way(referral, "visit_booked", "visited", by=cast.sato).state == "visited"


@pytest.mark.parametrize("kind", ["declined_by_office", "declined_by_family", "withdrawn"])
def test_what_has_ended_goes_no_further(cast, referral, kind):
    make_way(referral, "introduced", kind, by=cast.sato)

    assert referral.is_over
    with pytest.raises(StepNotPossible):
        make_step(referral, "visited", by=cast.sato)


# -- corrections


def test_a_mistake_is_taken_back_and_stays_in_the_history(cast, referral):
    make_way(referral, "introduced", "visited", by=cast.sato)

    actions.correct_step(step=referral.steps.get(number=2), words="別の事業所でした", by=cast.sato)

    referral.refresh_from_db()
    assert referral.state == "introduced"
    assert list(referral.steps.values_list("kind", flat=True)) == ["introduced", "visited", "corrected"]


def test_what_later_steps_build_on_is_not_taken_back(cast, referral):
    make_way(referral, "introduced", "visited", "decided", by=cast.sato)

    with pytest.raises(NotCorrectable):
        actions.correct_step(step=referral.steps.get(number=2), words="別の事業所でした", by=cast.sato)


def test_a_step_is_taken_back_once(cast, referral):
    make_way(referral, "introduced", by=cast.sato)
    step = referral.steps.get()
    actions.correct_step(step=step, words="押し間違い", by=cast.sato)

    with pytest.raises(NotCorrectable):
        actions.correct_step(step=step, words="押し間違い", by=cast.sato)


def test_a_correction_says_why(cast, referral):
    make_way(referral, "introduced", by=cast.sato)

    with pytest.raises(CorrectionWithoutReason):
        actions.correct_step(step=referral.steps.get(), words=" ", by=cast.sato)


def test_an_end_is_taken_back(cast, referral):
    make_way(referral, "introduced", "withdrawn", by=cast.sato)

    actions.correct_step(step=referral.steps.get(number=2), words="継続を希望", by=cast.sato)

    referral.refresh_from_db()
    assert referral.state == "introduced"


# -- bad input


def test_a_step_of_tomorrow_has_not_happened(cast, referral):
    with pytest.raises(StepInTheFuture):
        make_step(referral, "introduced", by=cast.sato, on=timezone.localdate() + timedelta(days=1))


def test_a_step_is_not_before_the_consultation(cast, referral):
    with pytest.raises(StepBeforeConsultation):
        make_step(referral, "introduced", by=cast.sato, on=timezone.localdate() - timedelta(days=61))


@pytest.mark.parametrize("reason", ["", "distance", "nonsense"])
def test_a_facility_that_declines_says_why_by_its_own_list(cast, referral, reason):
    with pytest.raises(DeclineWithoutReason):
        make_step(referral, "declined_by_office", by=cast.sato, reason=reason)


def test_a_facility_is_approached_once(cast, referral, facility):
    with pytest.raises(ApproachedAlready):
        make_referral(cast.hana, by=cast.sato, facility=facility)


def test_a_closed_facility_is_not_approached(cast):
    closed = make_facility(cast.sato, closed_on=timezone.localdate())

    with pytest.raises(FacilityNotOpen):
        make_referral(cast.hana, by=cast.sato, facility=closed)


def test_a_consultation_of_tomorrow_has_not_happened(cast):
    with pytest.raises(StepInTheFuture):
        make_referral(cast.hana, by=cast.sato, days_ago=-1)


# -- the database keeps it


def directly(referral, kind, **about):
    day = {"happened_on": timezone.localdate(), "number": referral.steps.count() + 1}
    about = {"environment": referral.environment, "recorded_by": referral.opened_by, **day, **about}
    with transaction.atomic():
        return Step.objects.create(referral=referral, kind=kind, **about)


def test_the_database_refuses_a_step_that_does_not_follow(referral):
    with pytest.raises(IntegrityError, match="follows from where"):
        directly(referral, "started")


@pytest.mark.parametrize(
    ("about", "promise"),
    [
        ({"number": 3}, "without a gap"),
        ({"happened_on": timezone.localdate() + timedelta(days=2)}, "has happened"),
        ({"happened_on": timezone.localdate() - timedelta(days=90)}, "follows the consultation"),
        ({"reason": "full"}, "who_declines_says_why"),
        ({"recorded_by": None}, "a_step_is_told_by_somebody"),
    ],
)
def test_the_database_refuses_a_step_that_cannot_be(referral, about, promise):
    with pytest.raises(IntegrityError, match=promise):
        directly(referral, "introduced", **about)


def test_the_database_refuses_a_standing_that_no_step_says(referral):
    with pytest.raises(IntegrityError, match="stands where its steps say"), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(state="started", reached="started")


@pytest.mark.parametrize(
    "statement", ["UPDATE referrals_step SET happened_on = happened_on", "DELETE FROM referrals_step"]
)
def test_what_happened_is_neither_changed_nor_removed(cast, referral, statement):
    make_way(referral, "introduced", by=cast.sato)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("seed", range(6))
def test_program_and_database_fold_alike_whatever_happens(cast, referral, seed):
    """Steps and corrections by chance: what one allows the other allows, and both end in the same place."""
    chance = random.Random(seed)
    kinds = [kind for kind in StepKind.values if kind != "corrected"]
    for _nth in range(40):
        referral = Referral.objects.select_related("consultation").get(pk=referral.pk)
        wanted = (
            chance.choice(possible(referral.recomputed()) or kinds) if chance.random() < 0.6 else chance.choice(kinds)
        )
        allowed = referral.recomputed().allows(wanted)
        reason = REASONS[StepKind(wanted)][0] if wanted in REASONS else ""
        try:
            directly(referral, wanted, reason=reason)
        except IntegrityError:
            assert not allowed, wanted
        else:
            assert allowed, wanted
        last = referral.steps.exclude(kind="corrected").filter(corrected_by=None).order_by("-number").first()
        if last is not None and chance.random() < 0.4:
            directly(referral, "corrected", corrects=last, words="訂正")
        assert queries.astray() == []


def test_the_command_finds_every_referral_where_its_steps_say(cast, referral, capsys):
    make_way(referral, *ALL_THE_WAY, by=cast.sato)

    call_command("recompute_referrals")

    assert "Every referral" in capsys.readouterr().out


# -- who sees it, who says it


def test_a_facility_learns_of_a_referral_once_the_family_was_introduced(cast, referral):
    assert not referrals_visible_to(cast.takahashi).exists()

    make_step(referral, "introduced", by=cast.sato)

    assert referrals_visible_to(cast.takahashi).get() == referral
    assert Notification.objects.filter(receiver=cast.takahashi).count() == 1


def test_a_facility_sees_nothing_of_another_one(cast, referral):
    make_way(make_referral(cast.hana, by=cast.sato), "introduced", by=cast.sato)

    assert not referrals_visible_to(cast.takahashi).exists()


def test_a_facility_is_told_the_name_while_a_consent_covers_it(cast, referral):
    make_way(referral, "introduced", by=cast.sato)
    assert named_for(cast.takahashi, referral_for(cast.takahashi, referral.pk)) is None

    make_introduction(cast.hana, by=cast.sato, to=[cast.takahashi.organization])

    assert named_for(cast.takahashi, referral_for(cast.takahashi, referral.pk)) == cast.hana


def test_a_facility_at_which_nothing_started_is_told_the_name_no_longer(cast, referral):
    make_introduction(cast.hana, by=cast.sato, to=[cast.takahashi.organization])
    make_way(referral, "introduced", "declined_by_family", by=cast.sato)

    assert named_for(cast.takahashi, referral_for(cast.takahashi, referral.pk)) is None


def test_a_facility_at_which_the_service_started_keeps_the_name(cast, referral):
    make_introduction(cast.hana, by=cast.sato, to=[cast.takahashi.organization])
    make_way(referral, *ALL_THE_WAY, by=cast.sato)

    assert named_for(cast.takahashi, referral_for(cast.takahashi, referral.pk)) == cast.hana


def test_a_facility_says_what_happens_at_its_place_and_the_office_is_told(cast, referral):
    make_way(referral, "introduced", "visited", by=cast.sato)

    make_step(referral, "trial_booked", by=cast.takahashi)

    assert Notification.objects.filter(receiver=cast.sato).count() == 1
    with pytest.raises(NotAllowed):
        make_step(referral, "withdrawn", by=cast.takahashi)


def test_a_facility_takes_back_what_it_has_said_itself_and_nothing_else(cast, referral):
    make_way(referral, "introduced", "visited", by=cast.sato)
    with pytest.raises(NotAllowed):
        actions.correct_step(step=referral.steps.get(number=2), words="誤り", by=cast.takahashi)
    make_step(referral, "trial_booked", by=cast.takahashi)

    actions.correct_step(step=referral.steps.get(number=3), words="誤り", by=cast.takahashi)

    referral.refresh_from_db()
    assert referral.state == "visited"


@pytest.mark.parametrize("person", ["takahashi", "ito", "ishii", "kobayashi", "matsumoto", "mori", "watanabe"])
def test_who_does_not_coordinate_the_care_finds_no_referral(cast, person):
    referral = make_way(make_referral(cast.hana, by=cast.sato), "introduced", by=cast.sato)

    with pytest.raises(NotHere):
        referral_for(cast[person], referral.pk)
    with pytest.raises(NotHere):
        make_step(referral, "visited", by=cast[person])


def test_every_step_stands_in_the_ledger(cast, referral):
    step = make_step(referral, "introduced", by=cast.sato)

    entry = Entry.objects.get(verb="referrals.step")
    assert (entry.client_id, entry.detail["kind"]) == (cast.hana.pk, step.kind)


# -- lists and lines


def test_what_stands_still_the_longest_comes_first(cast):
    today = timezone.localdate()
    early = make_way(make_referral(cast.hana, by=cast.sato), "introduced", by=cast.sato, on=today - timedelta(days=30))
    late = make_way(make_referral(cast.hana, by=cast.sato), "introduced", by=cast.sato)
    make_way(make_referral(cast.hana, by=cast.sato), "withdrawn", by=cast.sato)

    assert list(queries.under_way(cast.sato, {})) == [early, late]
    assert list(queries.under_way(cast.sato, {"standing": "14"})) == [early]
    assert queries.under_way(cast.sato, {"over": True}).count() == 3


def test_a_line_shows_the_next_step_and_a_trial_only_where_one_was_made(cast, referral):
    make_way(referral, "introduced", "visited", by=cast.sato)

    line = queries.line_of(cast.sato, referral_for(cast.sato, referral.pk))

    assert line.next_kind == "decided"
    assert len(line.stops) == 9
    assert sum(one.is_here for one in line.stops) == 1

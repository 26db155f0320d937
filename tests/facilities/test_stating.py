"""A facility says what is free; the newest answer counts, and none is ever changed."""

import threading
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone
from django_scopes import scope

from apps.audit.models import Entry
from apps.facilities import actions
from apps.facilities.grid import Grid
from apps.facilities.models import AvailabilityAnswer, Source
from apps.facilities.refusals import DistrictUnknown, FacilityClosed, NothingStated, NothingToConfirm
from apps.facilities.stated import Stated
from apps.kernel.refusals import NotAllowed
from tests.facilities.makers import make_answer, make_district, make_facility

FREE = Stated(grid=Grid({"mon.afternoon.preschool": "free"}), remarks="送迎あり")


@pytest.fixture
def facility(cast):
    """Of takahashi's organization."""
    return make_facility(cast.tanaka, organization=cast.takahashi.organization)


@pytest.mark.parametrize(
    ("person", "source", "is_proxy"), [("takahashi", "own", False), ("tanaka", "desk", True), ("ito", "desk", True)]
)
def test_its_own_people_and_the_desk_say_what_is_free(cast, facility, person, source, is_proxy):
    answer = actions.state_availability(facility=facility, stated=FREE, by=cast[person])

    assert (answer.number, answer.source, answer.is_proxy) == (1, source, is_proxy)
    assert facility.answers.get().stated == FREE


@pytest.mark.parametrize("person", ["sato", "suzuki", "ishii", "matsumoto"])
def test_nobody_else_says_what_is_free(cast, facility, person):
    with pytest.raises(NotAllowed):
        actions.state_availability(facility=facility, stated=FREE, by=cast[person])
    with pytest.raises(NotAllowed):
        actions.confirm_again(facility=facility, by=cast[person])

    assert not facility.answers.exists()


def test_an_answer_is_in_the_ledger_without_what_it_says(cast, facility):
    actions.state_availability(facility=facility, stated=FREE, by=cast.takahashi)

    entry = Entry.objects.get(verb="facilities.stated")
    assert entry.subject_id == str(facility.pk)
    assert entry.detail == {"number": 1, "source": "own", "is_proxy": False}


def test_nothing_has_changed_is_a_new_answer_with_the_same_words(cast, facility):
    make_answer(facility, by=cast.takahashi, days_ago=20, remarks="送迎あり", medical_care=True)

    again = actions.confirm_again(facility=facility, by=cast.takahashi)

    first = facility.answers.get(number=1)
    assert again.stated == first.stated
    assert (again.number, again.is_unchanged, again.is_old, first.is_old) == (2, True, False, True)
    assert Entry.objects.filter(verb="facilities.confirmed").count() == 1


def test_where_nothing_was_said_there_is_nothing_to_confirm(cast, facility):
    with pytest.raises(NothingToConfirm):
        actions.confirm_again(facility=facility, by=cast.takahashi)


def test_an_answer_without_a_mark_is_none(cast, facility):
    with pytest.raises(NothingStated):
        actions.state_availability(facility=facility, stated=Stated(remarks="送迎あり"), by=cast.takahashi)


def test_a_closed_facility_takes_no_answer(cast, facility):
    make_answer(facility, by=cast.takahashi)
    facility.closed_on = timezone.localdate()
    facility.save(update_fields=["closed_on"])

    for deed in (
        lambda: actions.state_availability(facility=facility, stated=FREE, by=cast.takahashi),
        lambda: actions.confirm_again(facility=facility, by=cast.takahashi),
    ):
        with pytest.raises(FacilityClosed):
            deed()


def test_a_district_of_another_environment_is_unknown(cast, facility):
    with scope(environment=cast.elsewhere):
        theirs = make_district(cast.watanabe).pk
    ours = make_district(cast.ito).pk

    assert actions.state_availability(facility=facility, stated=replace(FREE, districts=(ours,)), by=cast.tanaka)
    for unknown in (theirs, uuid4()):
        with pytest.raises(DistrictUnknown):
            actions.state_availability(facility=facility, stated=replace(FREE, districts=(unknown,)), by=cast.tanaka)


def test_what_confirmed_districts_that_have_gone_is_said_again_all_the_same(cast, facility):
    district = make_district(cast.ito)
    actions.state_availability(facility=facility, stated=replace(FREE, districts=(district.pk,)), by=cast.takahashi)
    actions.remove_district(district=district, by=cast.ito)

    assert actions.confirm_again(facility=facility, by=cast.takahashi).number == 2


def test_a_sheet_from_an_office_without_an_account_is_nobodys(cast):
    fax_only = make_facility(cast.tanaka)

    answer = actions.receive_availability(facility=fax_only, stated=FREE, source=Source.PAPER, is_proxy=False, by=None)

    assert (answer.confirmed_by, answer.source) == (None, "paper")


# -- what the database alone keeps


@pytest.mark.parametrize(
    ("promise", "fields"),
    [
        ("who_answers_for_oneself_is_known", {"by": None, "source": "own"}),
        ("what_the_city_says_is_marked_as_such", {"source": "desk"}),
        ("only_a_second_answer_says_nothing_new", {"is_unchanged": True}),
        ("answers_of_a_facility_begin_at_one", {"number": 0}),
        ("an_answer_is_for_known_age_groups", {"ages": ["old"]}),
    ],
)
def test_the_database_refuses_an_answer_that_cannot_be(cast, facility, promise, fields):
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        make_answer(facility, **{"by": cast.tanaka, **fields})


def test_an_answer_is_numbered_once(cast, facility):
    make_answer(facility, by=cast.takahashi)

    with pytest.raises(IntegrityError, match="answers_are_numbered_within_their_facility"), transaction.atomic():
        make_answer(facility, by=cast.takahashi)


def test_no_answer_is_ever_changed_or_removed(cast, facility):
    make_answer(facility, by=cast.takahashi)

    for deed in (
        lambda: AvailabilityAnswer.objects.update(remarks="x"),
        lambda: AvailabilityAnswer.objects.all().delete(),
        lambda: type(facility).objects.filter(pk=facility.pk).delete(),
    ):
        with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
            deed()
    assert facility.answers.get().remarks == ""


@pytest.mark.django_db(transaction=True)
def test_two_who_answer_at_once_come_one_after_the_other():
    """With the lock both are kept; without it the number would be given twice, which the database refuses."""
    from django.db import connection

    from tests.cast import assemble

    cast = assemble()
    with scope(environment=cast.environment):
        facility = make_facility(cast.tanaka, organization=cast.takahashi.organization)
    begin, trouble = threading.Barrier(8), []

    def answer() -> None:
        try:
            with scope(environment=cast.environment):
                begin.wait(timeout=60)
                actions.state_availability(facility=facility, stated=FREE, by=cast.takahashi)
        except Exception as error:  # noqa: BLE001
            trouble.append(error)
        finally:
            connection.close()

    people = [threading.Thread(target=answer) for _ in range(8)]
    [one.start() for one in people]
    [one.join() for one in people]

    with scope(environment=cast.environment):
        assert trouble == []
        assert sorted(facility.answers.values_list("number", flat=True)) == list(range(1, 9))

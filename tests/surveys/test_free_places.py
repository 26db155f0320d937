"""The question for free places: answered on a page, filled in from the board, passed on to it."""

import pytest

from apps.facilities.models import AvailabilityAnswer
from apps.surveys import actions, queries
from apps.surveys.access import recipient_for
from apps.surveys.refusals import WrongAnswers
from apps.surveys.shipped import shipped_named
from tests.facilities.makers import make_answer, make_facility
from tests.surveys.makers import make_draft, make_survey

PLACES = {"cells": {"mon.morning.preschool": "free", "tue.afternoon.preschool": 2}, "remarks": "見学は午前中に"}
WHOLE = {"from": None, "districts": [], "ages": [], "medical_care": None, "visit_times": "", **PLACES}


@pytest.fixture
def facility(cast):
    return make_facility(cast.tanaka, organization=cast.aozora)


@pytest.fixture
def asked(cast, facility):
    draft = make_draft(by=cast.tanaka, content=shipped_named("child-development").content)
    actions.choose_recipients(survey=draft, facilities=[facility], by=cast.tanaka)
    survey = actions.open_survey(survey=draft, by=cast.tanaka)
    return recipient_for(cast.suzuki, survey.pk, 1)


def test_what_a_facility_answers_stands_on_the_board_with_the_way_by_which_it_came(cast, asked, facility):
    reply = actions.send_reply(recipient=asked, answers={1: PLACES, 2: 1}, version=0, by=cast.suzuki)

    assert queries.answers_of(reply)[1] == WHOLE
    newest = AvailabilityAnswer.objects.get(facility=facility)
    assert (newest.cells, newest.source, newest.is_proxy) == (PLACES["cells"], "survey", False)


def test_what_the_desk_enters_is_marked_there_too(cast, asked, facility):
    actions.enter_reply(recipient=asked, answers={1: PLACES, 2: 1}, version=0, by=cast.tanaka)

    newest = AvailabilityAnswer.objects.get(facility=facility)
    assert (newest.is_proxy, newest.confirmed_by) == (True, cast.tanaka)


def test_an_organization_that_is_no_facility_changes_no_board(cast):
    survey = make_survey(by=cast.tanaka, asks=[cast.aozora], content=shipped_named("child-development").content)

    first = survey.recipients.get()
    actions.send_reply(recipient=first, answers={1: PLACES, 2: 1}, version=0, by=cast.suzuki)

    assert not AvailabilityAnswer.objects.exists()


@pytest.mark.parametrize(
    "places",
    [
        {"cells": {"mon.noon.preschool": "free"}},
        {"cells": {"mon.morning.preschool": 100}},
        {"cells": {}},
        [],
        "free",
        {"x": 1},
    ],
    ids=["no such time", "too many", "nothing", "a list", "a word", "no such part"],
)
def test_what_says_no_free_place_is_refused(cast, asked, places):
    with pytest.raises(WrongAnswers) as refused:
        actions.send_reply(recipient=asked, answers={1: places, 2: 1}, version=0, by=cast.suzuki)
    assert list(refused.value.wrong) == [1]


def test_the_newest_answer_of_the_facility_is_filled_in(cast, browser_of, asked, facility):
    make_answer(facility, by=cast.suzuki, cells={"mon.morning.preschool": "full"}, remarks="満員です")

    said = (
        browser_of(cast.suzuki)
        .get(f"/e/sakuragawa-care/surveys/{asked.survey_id}/recipients/1/reply/")
        .content.decode()
    )

    assert "前回と同じで送る" in said
    assert "満員です" in said


def test_free_places_are_sent_by_a_plain_form(cast, browser_of, asked):
    page = f"/e/sakuragawa-care/surveys/{asked.survey_id}/recipients/1/"
    sent = {"version": "0", "q1.mon.morning.preschool": "free", "q1.tue.afternoon.preschool": "2", "q2": "1"}

    answer = browser_of(cast.suzuki).post(f"{page}reply/", sent, follow=True)

    assert "未就学 午前: 月○" in answer.content.decode()
    assert AvailabilityAnswer.objects.get().cells == PLACES["cells"]


def test_a_wrong_mark_comes_back_with_what_was_typed(cast, browser_of, asked):
    page = f"/e/sakuragawa-care/surveys/{asked.survey_id}/recipients/1/reply/"

    answer = browser_of(cast.suzuki).post(page, {"version": "0", "q1.mon.morning.preschool": "maybe", "q2": "1"})

    assert answer.status_code == 422
    assert not AvailabilityAnswer.objects.exists()

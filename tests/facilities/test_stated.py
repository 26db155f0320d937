"""What is said beside the free places: one shape, with surveys and programs alike."""

from datetime import date
from uuid import uuid4

import pytest

from apps.facilities import stated
from apps.facilities.grid import Grid
from apps.facilities.refusals import AvailabilityUnreadable, GridUnreadable, RemarksTooLong
from apps.facilities.stated import Stated
from apps.kernel.refusals import IndividualNumber

WHOLE = Stated(
    grid=Grid({"mon.afternoon.preschool": 2}),
    from_when=date(2027, 4, 1),
    districts=(uuid4(),),
    ages=("preschool", "primary"),
    medical_care=True,
    visit_times="平日の午前",
    remarks="4月から1名増えます。",
)


@pytest.mark.parametrize("said", [WHOLE, Stated()], ids=["everything", "nothing"])
def test_what_was_stated_comes_back_as_it_was_said(said):
    assert stated.read(said.as_json()) == said


def test_a_part_that_is_left_out_says_nothing():
    assert stated.read({"cells": {"mon.afternoon.preschool": "free"}}).medical_care is None


@pytest.mark.parametrize(
    "part",
    [
        {"from": "tomorrow"},
        {"from": "2027-02-29"},
        {"from": "20270401"},
        {"from": 1},
        {"districts": ["nowhere"]},
        {"districts": [1]},
        {"districts": "all"},
        {"ages": ["old"]},
        {"ages": [["preschool"]]},
        {"ages": "preschool"},
        {"medical_care": "yes"},
        {"medical_care": 1},
        {"visit_times": None},
        {"remarks": ["x"]},
        {"name": "さくら"},
    ],
    ids=str,
)
def test_every_other_shape_is_refused(part):
    with pytest.raises(AvailabilityUnreadable):
        stated.read({"cells": {}, **part})


@pytest.mark.parametrize("value", [None, [], "free", 1])
def test_what_is_no_answer_at_all_is_refused(value):
    with pytest.raises(AvailabilityUnreadable):
        stated.read(value)


def test_a_grid_that_is_none_is_refused():
    with pytest.raises(GridUnreadable):
        stated.read({"cells": {"mon": "free"}})


@pytest.mark.parametrize(("part", "longest"), [("remarks", 500), ("visit_times", 200)])
def test_words_are_kept_up_to_their_length(part, longest):
    assert stated.read({part: "あ" * longest})
    with pytest.raises(RemarksTooLong):
        stated.read({part: "あ" * (longest + 1)})


def test_an_individual_number_is_kept_nowhere():
    with pytest.raises(IndividualNumber):
        stated.read({"remarks": "番号は123456789018です"})

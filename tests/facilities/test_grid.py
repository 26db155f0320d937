"""The grid of free places: what is read stays as it was said, everything else is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from apps.facilities import grid
from apps.facilities.grid import KEYS, Age, Band, Grid, Weekday
from apps.facilities.refusals import GridUnreadable

MARKS = ["free", "ask", "full", 0, 1, 7, 99]


# Any cells, in any order, with any marks.
ANY_GRID = some.dictionaries(some.sampled_from(KEYS), some.sampled_from(MARKS))


@settings(deadline=None)
@given(said=ANY_GRID)
def test_a_grid_comes_back_as_it_was_said(said):
    assert grid.read(said).as_json() == said
    assert grid.read(grid.read(said).as_json()) == grid.read(said)


@settings(deadline=None)
@given(said=ANY_GRID)
def test_a_grid_is_kept_in_the_order_of_the_week(said):
    kept = list(grid.read(said).as_json())

    assert kept == [name for name in KEYS if name in kept]


@settings(deadline=None)
@given(said=ANY_GRID)
def test_what_a_form_posts_is_what_was_marked(said):
    fields = {f"places.{name}": str(said.get(name, "")) for name in KEYS}

    assert grid.posted(fields, "places").as_json() == grid.read(said).as_json()


@settings(deadline=None)
@given(said=ANY_GRID)
def test_a_cell_is_open_where_it_is_worth_calling(said):
    found = grid.read(said).open_cells

    assert {name for name in said if name not in found} == {name for name, mark in said.items() if mark in ("full", 0)}


@pytest.mark.parametrize(
    "cells",
    [
        {"mon.afternoon": "free"},
        {"mon.noon.preschool": "free"},
        {"mon.afternoon.preschool": "maybe"},
        {"mon.afternoon.preschool": 100},
        {"mon.afternoon.preschool": -1},
        {"mon.afternoon.preschool": 1.5},
        {"mon.afternoon.preschool": True},
        {"mon.afternoon.preschool": None},
        {"mon.afternoon.preschool": ["free"]},
        {1: "free"},
        ["mon.afternoon.preschool"],
        "free",
        None,
    ],
)
def test_what_is_no_grid_is_refused_with_a_sentence(cells):
    with pytest.raises(GridUnreadable) as refusal:
        grid.read(cells)

    assert refusal.value.said


def test_there_is_a_cell_for_every_weekday_time_and_age():
    assert len(KEYS) == len(set(KEYS)) == len(Weekday) * len(Band) * len(Age) == 112


@pytest.mark.parametrize(("said", "sign"), [("free", "○"), ("ask", "△"), ("full", "×"), (3, "3"), (0, "0"), (None, "")])
def test_a_cell_is_readable_without_colour(said, sign):
    cells = {} if said is None else {"mon.afternoon.preschool": said}

    assert grid.read(cells).mark("mon.afternoon.preschool") == sign


def test_the_best_of_several_cells_is_the_one_with_most_places():
    said = grid.read({KEYS[0]: "full", KEYS[1]: "ask", KEYS[2]: "free", KEYS[3]: 0, KEYS[4]: 4})

    assert said.best(KEYS[:5]) == 4
    assert said.best(KEYS[:4]) == "free"
    assert said.best(KEYS[:2]) == "ask"
    assert said.best([KEYS[0], KEYS[9]]) == "full"
    assert said.best(KEYS[9:]) is None


def test_the_same_as_last_time_takes_what_was_answered_then():
    last = Grid({"tue.morning.preschool": "ask"})

    assert grid.posted({"places.same": "1", "places.mon.morning.preschool": "free"}, "places", last) == last
    assert grid.posted({"places.mon.morning.preschool": "free"}, "places", last) != last


@pytest.mark.parametrize("text", ["maybe", "100", "-1", "１２３４", "1e2"])
def test_a_form_cannot_post_what_is_no_mark(text):
    with pytest.raises(GridUnreadable):
        grid.posted({"places.mon.morning.preschool": text}, "places")


def test_a_foreign_field_of_a_form_says_nothing():
    assert grid.posted({"places.mon.noon.preschool": "free", "mon.morning.preschool": "free"}, "places") == Grid()


def test_cells_are_named_where_weekdays_times_and_ages_meet():
    assert list(grid.keys_of(["mon"], ["morning"], ["adult", "primary"])) == [
        "mon.morning.adult",
        "mon.morning.primary",
    ]
    assert set(grid.keys_of()) == set(KEYS)

"""A long list is read a page at a time, and a page knows how many there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.kernel.paging import ROWS, paged
from tests import makers


@pytest.fixture
def rows(db):
    for nth in range(ROWS + 3):
        makers.make_user(f"person{nth:03}")
    return User.objects.filter(login_id__startswith="person").order_by("login_id")


def names(page):
    return [user.login_id for user in page]


def test_a_page_and_the_number_of_all_rows_are_one_question(rows):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = paged(rows)
        assert page.paginator.count == ROWS + 3
        assert names(page) == [f"person{nth:03}" for nth in range(ROWS)]
        assert page.has_next()
    assert len(asked) == 1


@pytest.mark.parametrize("number", ["2", "99", "100000000"])
def test_a_number_too_high_is_the_last_page(rows, number):
    page = paged(rows, number)
    assert page.number == 2
    assert names(page) == [f"person{nth:03}" for nth in range(ROWS, ROWS + 3)]
    assert not page.has_next()


@pytest.mark.parametrize("number", [None, "", "eins", "0", "-1", "1"])
def test_what_is_no_number_of_a_page_is_the_first(rows, number):
    page = paged(rows, number)
    assert page.number == 1
    assert len(page) == ROWS


def test_where_nothing_is_there_is_one_empty_page(rows):
    page = paged(rows.none(), "3")
    assert (page.number, len(page), page.paginator.count) == (1, 0, 0)

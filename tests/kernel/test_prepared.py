"""Statements that are planned once for a connection."""

from datetime import timedelta

import pytest
from django.db import DataError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

PLANNED = "SELECT sum(generic_plans + custom_plans), count(*) FROM pg_prepared_statements WHERE statement LIKE %s"
ASKED = "SELECT %s::int + 1 AS planned_once, '100%%', %s::timestamptz"


def test_a_statement_is_planned_once_and_answered_for_other_parameters(db):
    now = timezone.now()

    answers = [connection.prepared(ASKED, [number, now]) for number in range(3)]

    assert answers == [[(number + 1, "100%", now)] for number in range(3)]
    with connection.cursor() as cursor:
        cursor.execute(PLANNED, ["%planned_once%"])
        assert cursor.fetchone() == (3, 1)


def test_it_is_counted_with_the_questions_of_a_page(db):
    with CaptureQueriesContext(connection) as asked:
        connection.prepared(ASKED, [1, timezone.now()])

    assert ["planned_once" in one["sql"] for one in asked.captured_queries] == [True]


def test_one_that_fails_ends_its_transaction_like_any_other(db):
    with pytest.raises(DataError), transaction.atomic():
        connection.prepared("SELECT %s::text::int", ["no number"])

    assert connection.prepared("SELECT %s::int", [1]) == [(1,)]


def test_moments_are_read_to_the_microsecond_and_in_utc(db):
    moment = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [moment])
        [read] = cursor.fetchone()

    assert read == moment
    assert read.utcoffset() == timedelta(0)

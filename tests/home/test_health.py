"""Health tells a load balancer which part fails, and nothing else."""

import json
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils import timezone

from apps.home import health
from apps.rooms import hub

WELL = {"database": True, "bus": True, "queue": True}


@pytest.fixture
def asked(client, db):
    def ask() -> tuple[int, dict[str, bool]]:
        answer = client.get(reverse("home:health"))
        return answer.status_code, json.loads(answer.content)

    return ask


def waiting_job(test_database, *, minutes: int, scheduled_in: int | None = None) -> None:
    """A job put into the queue some minutes ago, as the queue's own function does it."""
    scheduled_at = timezone.now() + timedelta(minutes=scheduled_in) if scheduled_in else None
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, priority, attempts, scheduled_at) "
            "VALUES ('default', 'nothing', '{}', 'todo', 0, 0, %s) RETURNING id",
            [scheduled_at],
        )
        [job] = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_events SET at = %s WHERE job_id = %s",
            [timezone.now() - timedelta(minutes=minutes), job],
        )


def test_a_server_that_can_work_says_so(asked):
    assert asked() == (200, WELL)


def test_a_deaf_bus_is_503(asked, monkeypatch):
    monkeypatch.setattr(hub, "is_listening", lambda: False)

    assert asked() == (503, WELL | {"bus": False})


def test_a_silent_database_is_503_and_still_an_answer(asked, monkeypatch):
    def silent() -> None:
        raise OperationalError("the address of the database")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", silent)
        patch.setattr(connection, "chunked_cursor", silent)
        answer = asked()

    assert answer == (503, WELL | {"database": False, "queue": False})


@pytest.mark.parametrize(("minutes", "moves"), [(1, True), (11, False)])
def test_a_queue_that_nobody_works_through_is_not_well(test_database, db, minutes, moves):
    waiting_job(test_database, minutes=minutes)

    assert health.queue_moves() is moves


def test_a_job_for_later_may_wait(test_database, db):
    waiting_job(test_database, minutes=60, scheduled_in=30)

    assert health.queue_moves() is True


def test_nobody_has_to_sign_in_to_ask(asked, client):
    status, _ = asked()

    assert status == 200
    assert "carenet_session" not in client.cookies

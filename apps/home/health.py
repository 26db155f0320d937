"""Whether this process can do its work: each part answers for itself, with yes or no and nothing else."""

from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateEvent

from apps.rooms import hub

# A job that nobody has begun after so long tells that no worker is there.
LONGEST_WAIT = timedelta(minutes=10)


def parts() -> dict[str, bool]:
    """The parts a load balancer asks for: the database answers, the bus is heard, the queue is worked through."""
    return {"database": database_answers(), "bus": hub.is_listening(), "queue": queue_moves()}


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def queue_moves() -> bool:
    now = timezone.now()
    is_due = Q(job__scheduled_at=None) | Q(job__scheduled_at__lt=now - LONGEST_WAIT)
    waiting = ProcrastinateEvent.objects.filter(is_due, type="deferred", at__lt=now - LONGEST_WAIT, job__status="todo")
    try:
        return not waiting.exists()
    except DatabaseError:
        return False

"""What is done without anybody waiting for an answer: files are looked at, and what nobody sent is thrown away."""

from contextlib import suppress
from uuid import UUID

from django.db import transaction
from django_scopes import scope
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from apps.environments.models import Environment
from apps.files import actions


@app.task(name="files.look_at", queue="files")
def look_at(environment_id: str, file_id: str) -> None:
    """Look at one file that has arrived."""
    with scope(environment=Environment(pk=UUID(environment_id))):
        actions.look_at(file_id=UUID(file_id))


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="files.look_again", queue="files", pass_context=False)
def look_again(timestamp: int) -> None:
    """Take up what waits for the virus scanner, and what the queue has lost."""
    for environment in Environment.objects.all():
        with scope(environment=environment):
            for file_id in list(actions.waiting_files().values_list("pk", flat=True)):
                look_soon(environment.pk, file_id)


def look_soon(environment_id: UUID, file_id: UUID) -> None:
    """Put a file into the queue, unless it is there already."""
    task = look_at.configure(queueing_lock=f"file {file_id}", lock=f"file {file_id}")
    with suppress(AlreadyEnqueued), transaction.atomic():
        task.defer(environment_id=str(environment_id), file_id=str(file_id))


@app.periodic(cron="47 * * * *")
@app.task(queueing_lock="files.sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Throw away what was begun and not finished, and what was finished and not sent, after a day each."""
    for environment in Environment.objects.all():
        with scope(environment=environment):
            actions.sweep(environment_id=environment.pk)

"""What is done without anybody waiting for an answer: scans are read, and pictures that no row names are removed."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone
from django_scopes import scope
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from apps.environments.models import Environment
from apps.paper import actions
from apps.paper.models import Scan

# The queue takes a scan up at once; what it has lost is taken up again after this.
FORGOTTEN_AFTER = timedelta(minutes=10)
UNNAMED_FOR = timedelta(days=1)


@app.task(name="paper.read", queue="files")
def read(environment_id: str, scan_id: str) -> None:
    """Read one scan that has arrived."""
    with scope(environment=Environment(pk=UUID(environment_id))):
        actions.read_scan(scan_id=UUID(scan_id))


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="paper.read_again", queue="files", pass_context=False)
def read_again(timestamp: int) -> None:
    """Take up what the queue has lost."""
    for environment in Environment.objects.all():
        with scope(environment=environment):
            lost = Scan.objects.unread().filter(uploaded_at__lt=timezone.now() - FORGOTTEN_AFTER)
            for scan_id in list(lost.values_list("pk", flat=True)):
                task = read.configure(queueing_lock=f"scan {scan_id}", lock=f"scan {scan_id}")
                with suppress(AlreadyEnqueued), transaction.atomic():
                    task.defer(environment_id=str(environment.pk), scan_id=str(scan_id))


@app.periodic(cron="43 3 * * *")
@app.task(queueing_lock="paper.sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Remove pictures whose transaction failed: older than a day, and named by no row."""
    store = storages["scans"]
    for environment in Environment.objects.all():
        with scope(environment=environment):
            named = set(Scan.objects.values_list("stored_as", flat=True))
        with suppress(FileNotFoundError):
            for file in store.listdir(str(environment.pk))[1]:
                name = f"{environment.pk}/{file}"
                if name not in named and store.get_modified_time(name) < timezone.now() - UNNAMED_FOR:
                    store.delete(name)

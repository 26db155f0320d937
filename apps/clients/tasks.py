"""What is done without anybody asking: transfers take effect on their day, unnamed files are removed by night, late reviews
and renewals are told in time."""

from datetime import timedelta
from uuid import UUID

from django.core.files.storage import Storage, storages
from django.utils import timezone
from django_scopes import scope
from procrastinate.contrib.django import app

from apps.clients.actions import (
    close_by_date,
    follow_charges,
    remind_everywhere,
    remind_of_consents,
    remind_of_reviews,
    settle_awaited,
)
from apps.clients.models import ClientPaper
from apps.environments.models import Environment

# An upload is written long before this has passed, and then its row names it.
UNNAMED_FOR = timedelta(days=1)


# At 22:07 of UTC, which is 7:07 in the morning: before the desks open.
@app.periodic(cron="7 22 * * *")
@app.task(queueing_lock="clients.remind_of_renewals", pass_context=False)
def remind_of_renewals(timestamp: int) -> None:
    """Announce certifications that end within 60 and within 30 days, each once."""
    remind_everywhere()


# A minute later, so that the two find each other's locks free.
@app.periodic(cron="8 22 * * *")
@app.task(queueing_lock="clients.remind_of_consents", pass_context=False)
def tell_of_consents(timestamp: int) -> None:
    """Announce consents that end within thirty days, each once."""
    remind_of_consents()


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="clients.settle_awaited", pass_context=False)
def settle(timestamp: int) -> None:
    """Settle what was told of an awaited consent, where a day has come that settles it."""
    settle_awaited()


# A worker that was away for a while finds what it has missed; the night's run finds the rest.
MISSED = timedelta(hours=1)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="clients.close_notices", pass_context=False)
def close_notices(timestamp: int) -> None:
    """Hide what was told of a client from those who see the client no longer since their consent, seat or opening ended."""
    close_by_date(since=timezone.now() - MISSED)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="clients.close_all_notices", pass_context=False)
def close_all_notices(timestamp: int) -> None:
    """The same of everybody who was ever told of."""
    close_by_date()


@app.periodic(cron="41 3 * * *")
@app.task(queueing_lock="clients.sweep_papers", pass_context=False)
def sweep_papers(timestamp: int) -> None:
    """Remove files of papers whose transaction failed: older than a day, and named by no row."""
    store = storages["papers"]
    for environment_id in folders(store):
        with scope(environment=Environment(pk=environment_id)):
            rows = ClientPaper.objects.values_list("stored_as", "preview_as")
            named = {name for row in rows for name in row}
        for file in store.listdir(str(environment_id))[1]:
            name = f"{environment_id}/{file}"
            if name not in named and store.get_modified_time(name) < timezone.now() - UNNAMED_FOR:
                store.delete(name)


def folders(store: Storage) -> list[UUID]:
    """The environments that have papers; what is called otherwise is not of the house and stays."""
    try:
        return [UUID(name) for name in store.listdir("")[0] if is_id(name)]
    except FileNotFoundError:
        return []


def is_id(name: str) -> bool:
    try:
        return str(UUID(name)) == name
    except ValueError:
        return False


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="clients.remind_of_reviews", pass_context=False)
def remind(timestamp: int) -> None:
    """In every environment, tell those who can judge which reviews of exceptions are overdue; each exception once."""
    for environment in Environment.objects.all():
        with scope(environment=environment):
            remind_of_reviews(environment=environment)


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="clients.follow_charges", pass_context=False)
def follow(timestamp: int) -> None:
    """Let lists and open screens follow the transfers whose day has come. Who sees whom has changed in the moment itself."""
    for environment in Environment.objects.all():
        with scope(environment=environment):
            follow_charges()

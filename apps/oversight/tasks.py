"""What is done for auditors without anybody waiting: the ledger is looked through for what is unusual, and what they take
out is made, and thrown away after its week."""

from uuid import UUID

from django_scopes import scope
from procrastinate.contrib.django import app

from apps.environments.models import Environment
from apps.oversight import actions


@app.periodic(cron="25 * * * *")
@app.task(queueing_lock="oversight.watch", pass_context=False)
def watch_over(timestamp: int) -> None:
    """Each environment by its own rules."""
    for environment in Environment.objects.all():
        with scope(environment=environment):
            actions.look_for_unusual(environment_id=environment.pk)


@app.task(name=actions.MAKE_EXPORT)
def make_export(environment_id: str, export_id: str) -> None:
    """Make one file."""
    with scope(environment=Environment(pk=UUID(environment_id))):
        actions.make_export(export_id=UUID(export_id))


@app.periodic(cron="41 * * * *")
@app.task(queueing_lock="oversight.end_exports", pass_context=False)
def end_exports(timestamp: int) -> None:
    """In every environment, throw away what has been there for its week."""
    for environment in Environment.objects.all():
        with scope(environment=environment):
            actions.end_exports()


@app.periodic(cron="57 3 * * *")
@app.task(queueing_lock="oversight.sweep_exports", pass_context=False)
def sweep_exports(timestamp: int) -> None:
    """In every environment, throw away files that no row names."""
    for environment in Environment.objects.all():
        with scope(environment=environment):
            actions.sweep_exports(environment_id=environment.pk)

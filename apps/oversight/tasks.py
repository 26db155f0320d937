"""What is done for auditors by itself: each hour the ledger is looked through for what is unusual."""

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

"""What is done without anybody waiting for an answer: a room is packed to be handed over, and thrown away after its week.

What a worker that was ended left behind goes as well.
"""

from uuid import UUID

from django_scopes import scope
from procrastinate.contrib.django import app

from apps.environments.models import Environment
from apps.records import actions


@app.task(name=actions.MAKE_DISCLOSURE)
def make_disclosure(environment_id: str, disclosure_id: str) -> None:
    """Make one package."""
    with scope(environment=Environment(pk=UUID(environment_id))):
        actions.make_disclosure(disclosure_id=UUID(disclosure_id))


@app.periodic(cron="37 * * * *")
@app.task(queueing_lock="records.end_disclosures", pass_context=False)
def end_disclosures(timestamp: int) -> None:
    """In every environment, throw away what has been there for its week."""
    for environment in Environment.objects.all():
        with scope(environment=environment):
            actions.end_disclosures()


@app.periodic(cron="53 3 * * *")
@app.task(queueing_lock="records.sweep_disclosures", pass_context=False)
def sweep_disclosures(timestamp: int) -> None:
    """In every environment, throw away packages that no row names."""
    for environment in Environment.objects.all():
        with scope(environment=environment):
            actions.sweep_disclosures(environment_id=environment.pk)

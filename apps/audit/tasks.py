"""What is done for the ledger each day: heads go out by mail, and places bear witness to one another."""

from uuid import UUID

from procrastinate.contrib.django import app

from apps.audit import anchors
from apps.audit.models import TreeHead
from apps.audit.places import standing_in
from apps.audit.tree import head_here, sealed_places


# At 21:30 of UTC, which is 6:30 in the morning.
@app.periodic(cron="30 21 * * *")
@app.task(queueing_lock="audit.mail_heads", pass_context=False)
def mail_heads(timestamp: int) -> None:
    """Send each place's newest head to those who watch it."""
    for place in sealed_places():
        with standing_in(place):
            anchors.mail_head()


@app.periodic(cron="40 21 * * *")
@app.task(queueing_lock="audit.bear_witness", pass_context=False)
def bear_witness(timestamp: int) -> None:
    """The installation's own ledger keeps the head of every environment, and every environment keeps the installation's."""
    heads = {place: newest_head(place) for place in sealed_places()}
    outside = heads.pop(None, None)
    for place, head in heads.items():
        if head is not None:
            with standing_in(None):
                anchors.witness(head)
        if outside is not None:
            with standing_in(place):
                anchors.witness(outside)


def newest_head(place: UUID | None) -> TreeHead | None:
    with standing_in(place):
        return head_here()

"""Tell in time that a consent ends, and settle what was told of consents that were awaited."""

from uuid import UUID

from django.db import transaction
from django.db.models import Exists
from django.urls import reverse
from django.utils.translation import gettext_noop
from django_scopes import scope

from apps.audit import actions as audit
from apps.clients.access import seats_opened_by
from apps.clients.actions.renewals import people_to_remind
from apps.clients.models import ConsentRecord, ConsentReminder, Seat
from apps.clients.queries.consents import renewals
from apps.environments.models import Environment
from apps.notices.actions import notify, settle
from apps.notices.models import Notification

ENDS = gettext_noop("A client's consent ends within 30 days and has not been renewed.")


def remind_of_consents() -> int:
    """In every environment, of every consent that ends within thirty days and is followed by none; how many were
    announced. Twice is as once."""
    announced = 0
    for environment in Environment.objects.order_by("pk"):
        with scope(environment=environment):
            ending = ConsentRecord.objects.ending_soon().filter(~Exists(renewals()), reminder=None)
            announced += sum(remind(consent_id=pk) for pk in ending.order_by("valid_to").values_list("pk", flat=True))
    return announced


@transaction.atomic
def remind(*, consent_id: UUID) -> bool:
    """Announce one consent's end to those in charge: the responsible person and the division."""
    # Locked, so that two workers do not both find that nothing was said, and that a withdrawal meanwhile is seen.
    rows = ConsentRecord.objects.select_for_update(of=("self",)).select_related("client__environment")
    consent = rows.get(pk=consent_id)
    if not consent.ends_soon or ConsentReminder.objects.filter(consent=consent).exists():
        return False

    client = consent.client
    ConsentReminder.objects.create(environment_id=client.environment_id, consent=consent)
    told = notify(
        receivers=people_to_remind(client),
        sentence=ENDS,
        path=reverse("clients:consents", kwargs={"slug": client.environment.slug, "client_id": client.pk}),
        about=client.pk,
    )
    detail = {"people": len(told)}
    audit.record(verb="clients.consent_end_announced", subject=consent, client=client, by=None, detail=detail)
    return True


def settle_awaited() -> int:
    """Settle what time alone has settled: a consent that has begun, a seat that has ended. Twice is as once."""
    settled = 0
    for environment in Environment.objects.order_by("pk"):
        with scope(environment=environment):
            awaited = Seat.objects.filter(pk__in=Notification.objects.unsettled().values("about"))
            over = [seat.pk for seat in awaited.select_related("client") if not waits(seat)]
            settled += settle(about=over)
    return settled


def waits(seat: Seat) -> bool:
    return seat.is_open and not seats_opened_by(seat.client).filter(pk=seat.pk).exists()

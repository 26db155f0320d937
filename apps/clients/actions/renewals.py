"""Tell in time that a certification ends."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop
from django_scopes import scope

from apps.audit import actions as audit
from apps.clients.access import of_the_division, people_who_can_see
from apps.clients.models import Certification, Client, RenewalReminder, Responsibility
from apps.clients.models.certificates import AHEAD
from apps.environments.models import Environment, Member
from apps.notices.actions import notify

SENTENCES = {
    60: gettext_noop("A client's certification ends within 60 days. It can be renewed from now on."),
    30: gettext_noop("A client's certification ends within 30 days and has not been renewed."),
}


def remind_everywhere() -> int:
    """In every environment, of every certification whose time has come; how many were announced. Twice is as once."""
    announced = 0
    for environment in Environment.objects.order_by("pk"):
        with scope(environment=environment):
            ending = Certification.objects.unrenewed(days=max(AHEAD)).order_by("last_day")
            announced += sum(remind(certification_id=pk) for pk in ending.values_list("pk", flat=True))
    return announced


@transaction.atomic
def remind(*, certification_id: UUID) -> bool:
    """Announce the nearest threshold that has been reached, once; whether there was something to say."""
    # Locked, so that two workers do not both find that nothing was said.
    certification = (
        Certification.objects.select_for_update(of=("self",))
        .select_related("client__environment")
        .get(pk=certification_id)
    )
    left = certification.days_left
    reached = min((days for days in AHEAD if left is not None and 0 <= left <= days), default=None)
    if reached is None or not certification.stands or certification.reminders.filter(days_ahead__lte=reached).exists():
        return False

    client = certification.client
    RenewalReminder.objects.create(
        environment_id=client.environment_id, certification=certification, days_ahead=reached, sent_at=timezone.now()
    )
    told = notify(
        receivers=people_to_remind(client),
        sentence=SENTENCES[reached],
        path=reverse("clients:client", kwargs={"slug": client.environment.slug, "client_id": client.pk}),
        about=client.pk,
    )
    audit.record(
        verb="clients.renewal_announced",
        subject=certification,
        client=client,
        by=None,
        detail={"days": reached, "people": len(told)},
    )
    return True


def people_to_remind(client: Client) -> QuerySet[Member]:
    """Who answers for the client: the division in charge and the responsible person. Where there is neither, everybody who
    sees the client. Nobody else hears of it."""
    responsible = Responsibility.objects.open().filter(client=client).values("person__member")
    seeing = people_who_can_see(client)
    answering = seeing.filter(of_the_division(client) | Q(pk__in=responsible))
    return answering if answering.exists() else seeing

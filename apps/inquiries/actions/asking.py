"""Ask several offices about a need without a name."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from apps.audit import actions as audit
from apps.clients.models import Client
from apps.environments.models import Member, Organization
from apps.facilities.models import Facility
from apps.inquiries.access import check_can_ask_for, facilities_to_ask, organizations_to_ask, recipients_of
from apps.inquiries.card import Card
from apps.inquiries.happenings import inquiry_sent
from apps.inquiries.identifying import Finding
from apps.inquiries.models import Inquiry, InquiryClient, Recipient
from apps.inquiries.queries import findings_in
from apps.inquiries.refusals import (
    IdentifyingWords,
    NobodyAsked,
    PastDueTime,
    PlaceOfProtected,
    RecipientNotHere,
    TooManyAsked,
)
from apps.kernel.my_number import check_no_individual_number
from apps.notices.actions import Telling, notify_each


@transaction.atomic
def send_inquiry(
    *,
    client: Client,
    card: Card,
    organizations: Iterable[Organization] = (),
    facilities: Iterable[Facility] = (),
    due_at: datetime,
    confirmed: Iterable[str] = (),
    by: Member,
) -> Inquiry:
    """Ask these offices. Of words that could tell who it is, each has to be changed, or confirmed to identify nobody;
    the client's own full name is never confirmed."""
    check_can_ask_for(by, client)

    check_no_individual_number(*card.written.values())
    if client.is_protected and card.tells_place:
        raise PlaceOfProtected(subject=client, client_id=client.pk)
    if due_at <= timezone.now():
        raise PastDueTime
    chosen = recipients_named(organizations, facilities, by)
    known = confirmed_of(client, card, set(confirmed), by)

    inquiry = written(card, due_at, known, by)
    InquiryClient.objects.create(environment_id=by.environment_id, inquiry=inquiry, client=client)
    Recipient.objects.bulk_create(
        Recipient(environment_id=by.environment_id, inquiry=inquiry, number=nth, **one)
        for nth, one in enumerate(chosen, start=1)
    )
    told = tell_offices(
        inquiry, recipients_of(inquiry), gettext_noop("An anonymous inquiry asks your office. Please answer it.")
    )
    detail = {"recipients": len(chosen), "people": told, "confirmed": len(known)}
    audit.record(verb="inquiries.sent", subject=inquiry, client=client, by=by, detail=detail)
    inquiry_sent.announce(environment=by.environment, inquiry_id=inquiry.pk)
    return inquiry


def recipients_named(
    organizations: Iterable[Organization], facilities: Iterable[Facility], by: Member
) -> list[dict[str, Any]]:
    """Each once, as rows will bear them; refused where one cannot be asked, where there is none, where there are too many."""
    offices, places = list(dict.fromkeys(organizations)), list(dict.fromkeys(facilities))
    if not offices and not places:
        raise NobodyAsked
    if len(offices) + len(places) > Inquiry.MOST_ASKED:
        raise TooManyAsked(most=Inquiry.MOST_ASKED)
    here = set(organizations_to_ask(by).filter(pk__in=[one.pk for one in offices]))
    if here != set(offices) or set(facilities_to_ask(by).filter(pk__in=[one.pk for one in places])) != set(places):
        raise RecipientNotHere
    return [{"organization": one} for one in offices] + [{"facility": one} for one in places]


def confirmed_of(client: Client, card: Card, confirmed: set[str], by: Member) -> list[str]:
    """The found words that were confirmed; refused where one was not, or cannot be."""
    found = findings_in(card, client, by)
    left = {name: open_ones for name, ones in found.items() if (open_ones := still_open(ones, confirmed))}
    if left:
        raise IdentifyingWords(left, subject=client, client_id=client.pk)
    return sorted({one.word for ones in found.values() for one in ones})


def still_open(findings: list[Finding], confirmed: set[str]) -> list[Finding]:
    return [one for one in findings if one.is_certain or one.word not in confirmed]


def written(card: Card, due_at: datetime, confirmed: list[str], by: Member) -> Inquiry:
    inquiry: Inquiry = Inquiry.objects.create(
        environment_id=by.environment_id,
        organization_id=by.organization_id,
        created_by=by,
        due_at=due_at,
        age_group=card.age_group,
        support=card.support,
        area=card.area.strip(),
        weekdays=list(card.weekdays),
        bands=list(card.bands),
        needs=list(card.needs),
        district=card.district,
        text=card.text.strip(),
        confirmed=confirmed,
    )
    return inquiry


def tell_offices(inquiry: Inquiry, recipients: Iterable[Recipient], sentence: str, *, asks: bool = True) -> int:
    """Tell everybody of these offices; what asks for an answer counts until the office has given one. Returns how many."""
    of_office: dict[Any, list[Recipient]] = defaultdict(list)
    for one in recipients:
        of_office[one.office_id].append(one)
    people = Member.objects.current().filter(organization__in=[office for office in of_office if office is not None])
    told = [
        Telling(person, path_of_asked(inquiry, one), one.pk if asks else None)
        for person in people
        for one in of_office[person.organization_id]
    ]
    return notify_each(told=told, sentence=sentence)


def path_of_asked(inquiry: Inquiry, recipient: Recipient) -> str:
    words = {"slug": inquiry.environment.slug, "recipient_id": recipient.pk}
    return reverse("inquiries:asked_one", kwargs=words)

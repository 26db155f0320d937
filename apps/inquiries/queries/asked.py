"""Inquiries in lists, an asker's answers, a recipient's card, and what could identify a client."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext

from apps.clients.access import places_visible_to
from apps.clients.models import Client, FamilyContact, Need
from apps.environments.models import Member
from apps.facilities.grid import Band, Weekday
from apps.inquiries.access import (
    asked_of,
    facilities_to_ask,
    inquiries_of,
    organizations_to_ask,
    recipients_of,
    without_account,
)
from apps.inquiries.card import Card
from apps.inquiries.identifying import Finding, Known, identifying
from apps.inquiries.kinds import AgeGroup, InquiryState, Said, Support
from apps.inquiries.models import Inquiry, InquiryReply, Recipient

# -- what a text could tell


def known_of(client: Client, member: Member) -> Known:
    """The names of the client and of their family, and the places that this member may know."""
    contacts = FamilyContact.objects.filter(client=client).values_list("name", flat=True)
    full = [client.name, client.kana, *contacts]
    places = [one.text for one in places_visible_to(member, client)]
    return Known(
        full_names=tuple(one for one in full if len(one.split()) > 1 or one in {client.name, client.kana}),
        names=tuple(part for one in full for part in one.split()),
        places=tuple(places),
    )


def findings_in(card: Card, client: Client, member: Member) -> dict[str, list[Finding]]:
    """What could tell who it is, by field; fields where nothing was found are left out."""
    known, today = known_of(client, member), timezone.localdate()
    found = {name: identifying(text, today=today, known=known) for name, text in card.written.items()}
    return {name: ones for name, ones in found.items() if ones}


@dataclass(frozen=True)
class Part:
    """A stretch of a text; marked where it was found."""

    text: str
    finding: Finding | None = None


def marked(text: str, findings: list[Finding]) -> list[Part]:
    """The text in parts, as a page shows it with its findings marked."""
    parts, at = [], 0
    for one in findings:
        parts += [Part(text[at : one.begins]), Part(text[one.begins : one.ends], one)]
        at = one.ends
    return [part for part in [*parts, Part(text[at:])] if part.text]


# -- what those who are asked are shown


@dataclass(frozen=True)
class Shown:
    """A card in words: all that those who are asked can learn, on a page, from the API, in a list."""

    asked_by: str
    sent_at: datetime
    due_at: datetime
    state: InquiryState
    age_group: str
    support: str
    area: str
    weekdays: list[str]
    bands: list[str]
    needs: list[str]
    district: str
    text: str


def shown(inquiry: Inquiry) -> Shown:
    return Shown(
        asked_by=inquiry.organization.name,
        sent_at=inquiry.sent_at,
        due_at=inquiry.due_at,
        state=inquiry.state,
        age_group=str(AgeGroup(inquiry.age_group).label),
        support=str(Support(inquiry.support).label) if inquiry.support else "",
        area=inquiry.area,
        weekdays=[str(one.label) for one in Weekday if one in inquiry.weekdays],
        bands=[str(one.label) for one in Band if one in inquiry.bands],
        needs=[str(one.label) for one in Need if one in inquiry.needs],
        district=inquiry.district.name if inquiry.district is not None else "",
        text=inquiry.text,
    )


# -- lists


def own_rows(member: Member) -> QuerySet[Inquiry]:
    """One's organization's inquiries, the newest first, with `asked`, `answered` and `willing` counted."""
    willing = Count("recipients", filter=Q(recipients__reply__said__in=[Said.CAN, Said.TALK]))
    answered = Count("recipients", filter=Q(recipients__reply__isnull=False))
    counted = inquiries_of(member).annotate(asked=Count("recipients"), answered=answered, willing=willing)
    return counted.order_by("-sent_at", "pk")


def asked_rows(member: Member) -> QuerySet[Recipient]:
    """What one's office is asked: what waits for an answer first, then the newest."""
    waits = Case(When(waiting(), then=Value(1)), default=Value(0), output_field=IntegerField())
    return asked_of(member).annotate(waits=waits).order_by("-waits", "-inquiry__sent_at", "pk")


def waiting() -> Q:
    return Q(reply=None, inquiry__closed_at=None, inquiry__due_at__gt=timezone.now())


def unanswered_count(member: Member) -> int:
    """Where one's office has still to answer."""
    return asked_of(member).filter(waiting()).order_by().count()


# -- the asker's side


@dataclass(frozen=True)
class Answers:
    """All answers of an inquiry: those who can first. `stamp` changes with every answer and with the end."""

    inquiry: Inquiry
    recipients: list[Recipient]
    stamp: str
    # The ids of those without an account: what they say is entered by who asks.
    absent: set[UUID]

    @property
    def answered(self) -> int:
        return sum(1 for one in self.recipients if reply_of(one) is not None)

    @property
    def chosen(self) -> Recipient | None:
        release = getattr(self.inquiry, "release", None)
        return next((one for one in self.recipients if release and one.pk == release.recipient_id), None)


ORDER = {Said.CAN: 0, Said.TALK: 1, None: 2, Said.CANNOT: 3}


def answers_of(inquiry: Inquiry) -> Answers:
    recipients = sorted(recipients_of(inquiry), key=lambda one: (ORDER[said_by(one)], one.number))
    told = [(one.number, reply.version if (reply := reply_of(one)) else 0) for one in recipients]
    stamp = sha256(repr((told, inquiry.closed_at, inquiry.due_at, inquiry.state)).encode()).hexdigest()[:16]
    return Answers(inquiry, recipients, stamp, without_account(recipients))


def reply_of(recipient: Recipient) -> InquiryReply | None:
    return getattr(recipient, "reply", None)


def said_by(recipient: Recipient) -> Any:
    reply = reply_of(recipient)
    return None if reply is None else Said(reply.said)


@dataclass(frozen=True)
class Target:
    """One that can be asked; `key` is what a browser sends for it."""

    key: str
    name: str
    note: str


def groups_to_ask(member: Member) -> list[tuple[str, list[Target]]]:
    """Facilities by service, then the other organizations by kind: a few statements whatever the number."""
    found: dict[str, list[Target]] = {}
    for place in facilities_to_ask(member).prefetch_related("districts"):
        note = "、".join(one.name for one in place.districts.all())
        note = note if place.has_account else gettext("No account: you enter what it says. %(note)s") % {"note": note}
        found.setdefault(place.kind.name, []).append(Target(f"f:{place.pk}", place.name, note))
    for body in organizations_to_ask(member):
        found.setdefault(str(body.get_kind_display()), []).append(Target(f"o:{body.pk}", body.name, ""))
    return list(found.items())


def targets_named(member: Member, keys: set[str]) -> dict[str, list[Any]]:
    """What the keys stand for, as `actions.send_inquiry` takes it; what they do not stand for is left out."""
    return {
        "organizations": [one for one in organizations_to_ask(member) if f"o:{one.pk}" in keys],
        "facilities": [one for one in facilities_to_ask(member) if f"f:{one.pk}" in keys],
    }

"""Makers of inquiries."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from apps.clients.models import Client, ConsentRecord
from apps.environments.models import Member, Organization
from apps.inquiries import actions
from apps.inquiries.card import Card
from apps.inquiries.models import Inquiry, InquiryReply, Recipient, Release
from tests import makers

CARD = Card(
    age_group="under_85",
    support="care_heavy",
    area="駅の東側",
    weekdays=("mon", "wed"),
    bands=("morning",),
    needs=("medical_care",),
    text="吸引が1日3回あります。午前中の利用を希望しています。",
)
CONTACT = "高齢福祉課 窓口 内線 321"


def make_inquiry(client: Client, *, by: Member, asks: list[Organization], **about: Any) -> Inquiry:
    """One that is due in two days."""
    about = {"card": CARD, "due_at": timezone.now() + timedelta(days=2), **about}
    return actions.send_inquiry(client=client, organizations=asks, by=by, **about)


def make_reply(recipient: Recipient, *, by: Member, said: str = "can", version: int = 0, **about: Any) -> InquiryReply:
    return actions.answer_inquiry(recipient=recipient, said=said, version=version, by=by, **about)


def make_introduction(client: Client, *, by: Member, to: list[Organization], **about: Any) -> ConsentRecord:
    """A consent for introducing the client to these offices."""
    return makers.make_consent(client, by=by, organizations=to, purposes=["introduction"], **about)


def make_release(inquiry: Inquiry, *, by: Member, answered_by: Member) -> Release:
    """The office of the one who has answered is told."""
    recipient = inquiry.recipients.get(organization=answered_by.organization)
    make_introduction(inquiry.for_whom.client, by=by, to=[answered_by.organization])
    make_reply(recipient, by=answered_by)
    return actions.release_identity(recipient=recipient, contact=CONTACT, by=by)


def closed_by_row(inquiry: Inquiry, closing: str, by: Member) -> None:
    Inquiry.objects.filter(pk=inquiry.pk).update(closing=closing, closed_at=timezone.now(), closed_by=by)


def behind_addresses(client: Client, *, by: Member, first: Organization, second: Member) -> dict[str, Any]:
    """An inquiry that asks two offices, one of which is told; another one that is open, of which an address names the first
    office."""
    told = make_inquiry(client, by=by, asks=[first, second.organization])
    make_release(told, by=by, answered_by=second)
    inquiry = make_inquiry(client, by=by, asks=[first, second.organization])
    return {"inquiry_id": inquiry.pk, "recipient_id": inquiry.recipients.get(number=1).pk}

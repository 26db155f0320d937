"""Answer an inquiry for one's office, or by its sheet; enter what came on the phone or on paper; change it while answers are
taken."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.inquiries.access import check_is_asker, check_is_of_office, has_account, people_who_ask
from apps.inquiries.happenings import inquiry_answered
from apps.inquiries.kinds import Reason, Said
from apps.inquiries.models import Inquiry, InquiryReply, Recipient
from apps.inquiries.on_paper import is_asked_on_paper
from apps.inquiries.refusals import InquiryOver, OfficeAnswersItself, RepliedMeanwhile, WithoutReason
from apps.kernel.my_number import check_no_individual_number
from apps.notices.actions import notify, settle
from apps.paper.kinds import Channel


@transaction.atomic
def answer_inquiry(
    *,
    recipient: Recipient,
    said: str,
    reasons: Iterable[str] = (),
    from_on: date | None = None,
    remark: str = "",
    version: int,
    by: Member,
) -> InquiryReply:
    """Say whether one's office can, on top of the version that was read (0: nothing yet); of two at once the second is told.

    Why not is said by who cannot; who can says nothing against it, and from when is said by who can or would talk.
    """
    check_is_of_office(by, recipient)

    recipient, reply = held(recipient, version)
    about = {"answered_by": by, "is_proxy": False, "channel": Channel.ACCOUNT}
    return announced(recipient, kept(recipient, reply, {**facts_of(said, reasons, from_on, remark), **about}), by)


@transaction.atomic
def enter_answer(
    *,
    recipient: Recipient,
    said: str,
    reasons: Iterable[str] = (),
    from_on: date | None = None,
    remark: str = "",
    version: int,
    channel: str = Channel.PHONE,
    by: Member,
) -> InquiryReply:
    """Enter what an office has said on the phone or on its sheet: marked as entered by who asks. One that has an account and
    no sheet answers itself."""
    check_is_asker(by, recipient.inquiry)
    if has_account(recipient) and not is_asked_on_paper(recipient):
        raise OfficeAnswersItself(subject=recipient)

    recipient, reply = held(recipient, version)
    about = {"answered_by": by, "is_proxy": True, "channel": channel}
    return announced(recipient, kept(recipient, reply, {**facts_of(said, reasons, from_on, remark), **about}), by)


@transaction.atomic
def take_answer(
    *,
    recipient: Recipient,
    said: str,
    reasons: Iterable[str] = (),
    from_on: date | None = None,
    remark: str = "",
    version: int,
) -> InquiryReply:
    """Take what whoever holds the sheet of this office says: who it was is not known."""
    recipient, reply = held(recipient, version)
    about = {"answered_by": None, "is_proxy": False, "channel": Channel.CODE}
    return announced(recipient, kept(recipient, reply, {**facts_of(said, reasons, from_on, remark), **about}), None)


def facts_of(said: str, reasons: Iterable[str], from_on: date | None, remark: str) -> dict[str, object]:
    against = [one for one in Reason.values if one in set(reasons)] if said != Said.CAN else []
    if said == Said.CANNOT and not against:
        raise WithoutReason
    check_no_individual_number(remark)
    return {
        "said": said,
        "reasons": against,
        "from_on": None if said == Said.CANNOT else from_on,
        "remark": remark.strip(),
    }


def announced(recipient: Recipient, reply: InquiryReply, by: Member | None) -> InquiryReply:
    settle(about=[recipient.pk])
    detail = {"recipient": recipient.number, "said": reply.said, "version": reply.version}
    detail |= {"is_proxy": reply.is_proxy, "channel": reply.channel}
    audit.record(verb="inquiries.answered", subject=recipient, by=by, detail=detail)
    inquiry_answered.announce(
        environment=recipient.inquiry.environment, inquiry_id=recipient.inquiry_id, recipient_id=recipient.pk
    )
    if reply.version == 1:
        tell_when_last(recipient.inquiry)
    return reply


def held(recipient: Recipient, version: int) -> tuple[Recipient, InquiryReply | None]:
    """The recipient and its reply, with the inquiry held: nobody answers while it is being closed."""
    inquiry = Inquiry.objects.select_for_update(of=("self",)).select_related("environment").get(pk=recipient.inquiry_id)
    if not inquiry.takes_answers:
        raise InquiryOver(subject=recipient)
    reply: InquiryReply | None = InquiryReply.objects.filter(recipient=recipient).first()
    if version != (reply.version if reply is not None else 0):
        raise RepliedMeanwhile(subject=recipient)
    recipient.inquiry = inquiry
    return recipient, reply


def kept(recipient: Recipient, reply: InquiryReply | None, facts: dict[str, object]) -> InquiryReply:
    facts = {**facts, "changed_at": timezone.now()}
    if reply is None:
        made: InquiryReply = InquiryReply.objects.create(
            environment_id=recipient.environment_id, recipient=recipient, **facts
        )
        return made
    reply.version += 1
    for name, value in facts.items():
        setattr(reply, name, value)
    reply.save(update_fields=["version", *facts])
    return reply


def tell_when_last(inquiry: Inquiry) -> None:
    """Whoever asked need not watch: they are told when nobody is left to answer."""
    if not Recipient.objects.filter(inquiry=inquiry, reply=None).exists():
        path = reverse("inquiries:inquiry", kwargs={"slug": inquiry.environment.slug, "inquiry_id": inquiry.pk})
        notify(
            receivers=people_who_ask(inquiry),
            sentence=gettext_noop("Every office has answered an anonymous inquiry of yours."),
            path=path,
        )

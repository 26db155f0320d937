"""Remind those who have not answered, and give everybody more time."""

from datetime import datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.inquiries.access import recipients_of
from apps.inquiries.actions.asking import tell_offices
from apps.inquiries.actions.closing import held
from apps.inquiries.models import Inquiry
from apps.inquiries.refusals import InquiryNotOpen, NobodyWaits, NotLonger

REMINDER = gettext_noop("An anonymous inquiry still waits for the answer of your office.")
MORE_TIME = gettext_noop("An anonymous inquiry that asks your office takes answers for longer.")


@transaction.atomic
def remind_inquiry(*, inquiry: Inquiry, by: Member) -> int:
    """Remind, now, those who have not answered; once a day, and nobody who has. Returns how many offices."""
    inquiry = held(inquiry, by)

    if not inquiry.takes_answers:
        raise InquiryNotOpen(subject=inquiry)
    waiting = list(recipients_of(inquiry).filter(reply=None))
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    if not waiting or (inquiry.reminded_at is not None and inquiry.reminded_at >= midnight):
        raise NobodyWaits(subject=inquiry)

    inquiry.reminded_at = timezone.now()
    inquiry.save(update_fields=["reminded_at"])
    tell_offices(inquiry, waiting, REMINDER)
    audit.record(verb="inquiries.reminded", subject=inquiry, by=by, detail={"recipients": len(waiting)})
    return len(waiting)


@transaction.atomic
def extend_inquiry(*, inquiry: Inquiry, due_at: datetime, by: Member) -> Inquiry:
    """Take answers for longer, also where the time was up already; everybody who was asked is told."""
    inquiry = held(inquiry, by)

    if due_at <= max(inquiry.due_at, timezone.now()):
        raise NotLonger(subject=inquiry)

    inquiry.due_at = due_at
    inquiry.save(update_fields=["due_at"])
    recipients = list(recipients_of(inquiry))
    tell_offices(inquiry, [one for one in recipients if not hasattr(one, "reply")], MORE_TIME)
    tell_offices(inquiry, [one for one in recipients if hasattr(one, "reply")], MORE_TIME, asks=False)
    audit.record(verb="inquiries.extended", subject=inquiry, by=by)
    return inquiry

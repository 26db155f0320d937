"""Tell one office whose need it is, and the others that it is settled; or withdraw what was asked."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.inquiries.access import check_is_asker, consent_to_tell, recipients_of
from apps.inquiries.actions.asking import tell_offices
from apps.inquiries.happenings import inquiry_closed
from apps.inquiries.kinds import Closing, Said
from apps.inquiries.models import Inquiry, Recipient, Release
from apps.inquiries.refusals import InquiryClosed, NotCovered, NotWilling, WithoutContact
from apps.kernel.my_number import check_no_individual_number
from apps.notices.actions import settle

CHOSEN = gettext_noop("Your office was chosen in an inquiry. Its page says whom to call.")
SETTLED = gettext_noop("An inquiry that your office was asked is settled. Thank you.")
WITHDRAWN = gettext_noop("An inquiry that your office was asked was withdrawn. Thank you.")


@transaction.atomic
def release_identity(*, recipient: Recipient, contact: str, by: Member) -> Release:
    """Tell this office whose need it is and whom to call, by a consent that covers it. Once per inquiry; the others hear
    that it is settled. An office that takes no part here is told on the phone: what is kept is that it was chosen."""
    inquiry = held(recipient.inquiry, by)

    client = inquiry.for_whom.client
    recipient = recipients_of(inquiry).get(pk=recipient.pk)
    reply = getattr(recipient, "reply", None)
    if reply is None or reply.said == Said.CANNOT:
        raise NotWilling(subject=recipient, client_id=client.pk)
    consent = consent_to_tell(client, recipient)
    if consent is None:
        raise NotCovered(subject=recipient, client_id=client.pk)
    check_no_individual_number(contact)
    if not contact.strip():
        raise WithoutContact(subject=recipient, client_id=client.pk)

    release: Release = Release.objects.create(
        environment_id=inquiry.environment_id,
        inquiry=inquiry,
        recipient=recipient,
        consent=consent,
        contact=contact.strip(),
        released_by=by,
    )
    office = "" if recipient.office_id is None else str(recipient.office_id)
    detail = {"recipient": str(recipient.pk), "organization": office, "consent": str(consent.pk)}
    audit.record(verb="inquiries.released", subject=inquiry, client=client, by=by, detail=detail)
    close(inquiry, Closing.SETTLED, by)
    others = [one for one in recipients_of(inquiry) if one.pk != recipient.pk]
    tell_offices(inquiry, [recipient], CHOSEN, asks=False)
    tell_offices(inquiry, others, SETTLED, asks=False)
    return release


@transaction.atomic
def withdraw_inquiry(*, inquiry: Inquiry, by: Member) -> Inquiry:
    """Ask no more; everybody who was asked is told."""
    inquiry = held(inquiry, by)

    close(inquiry, Closing.WITHDRAWN, by)
    audit.record(verb="inquiries.withdrawn", subject=inquiry, client=inquiry.for_whom.client, by=by)
    tell_offices(inquiry, recipients_of(inquiry), WITHDRAWN, asks=False)
    return inquiry


def held(inquiry: Inquiry, by: Member) -> Inquiry:
    """The inquiry on a fresh row, held: nobody answers while it is being closed, and of two who choose one comes first."""
    check_is_asker(by, inquiry)
    found: Inquiry = (
        Inquiry.objects.select_for_update(of=("self",))
        .select_related("environment", "for_whom__client")
        .get(pk=inquiry.pk)
    )
    if found.is_closed:
        raise InquiryClosed(subject=found)
    return found


def close(inquiry: Inquiry, closing: Closing, by: Member) -> None:
    inquiry.closed_at, inquiry.closed_by, inquiry.closing = timezone.now(), by, closing
    inquiry.save(update_fields=["closed_at", "closed_by", "closing"])
    settle(about=inquiry.recipients.values_list("pk", flat=True))
    inquiry_closed.announce(environment=inquiry.environment, inquiry_id=inquiry.pk)

"""Who asks without a name, who answers, and who is told in the end whose need it is.

Who coordinates a client's care asks for them: the division in charge, and the people of a seat that a consent covers; no
guest. The inquiry, its answers and whom it is for are shown to the present members of the organization that asks, as long as
they coordinate that client's care. Who acts for an office that is asked sees a card without a name and their own answer, and
nothing of the other offices. The office that was chosen sees the name while a consent for introducing covers it.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.clients.access import (
    can_change_team,
    check_can_change_team,
    clients_in_care_of,
    introducing_consent,
    introducing_consent_by_kind,
)
from apps.clients.models import Client, ConsentRecord
from apps.environments.kinds import organization_kind_of
from apps.environments.models import Member, Organization, OrganizationKind
from apps.facilities.access import facilities_visible_to
from apps.facilities.models import Facility
from apps.inquiries.models import Inquiry, InquiryClient, Recipient, Release
from apps.kernel.refusals import NotAllowed, NotHere


def can_ask(member: Member) -> bool:
    """Whether they ask at all; for whom is decided client by client."""
    return member.is_current and not member.is_guest


def check_can_ask(member: Member) -> None:
    if not can_ask(member):
        raise NotAllowed


def can_ask_for(member: Member, client: Client) -> bool:
    return can_ask(member) and can_change_team(member, client)


def check_can_ask_for(member: Member, client: Client) -> None:
    check_can_change_team(member, client)


def inquiries_of(member: Member) -> QuerySet[Inquiry]:
    """What this member's organization asks for clients whose care they coordinate."""
    if not can_ask(member):
        return Inquiry.objects.none()
    cared = InquiryClient.objects.filter(client__in=clients_in_care_of(member), inquiry=OuterRef("pk"))
    own: QuerySet[Inquiry] = Inquiry.objects.filter(Exists(cared), organization=member.organization_id)
    return own.select_related("organization", "environment", "district", "created_by", "for_whom__client")


def inquiry_for(member: Member, inquiry_id: UUID) -> Inquiry:
    """The only way to an inquiry of one's own organization, with whom it is for."""
    found = inquiries_of(member).filter(pk=inquiry_id).first()
    if found is None:
        raise NotHere(subject=inquiry_id)
    return found


def check_is_asker(member: Member, inquiry: Inquiry) -> None:
    if not inquiries_of(member).filter(pk=inquiry.pk).exists():
        raise NotHere(subject=inquiry)


def recipients_of(inquiry: Inquiry) -> QuerySet[Recipient]:
    """Whom an inquiry asks, for whoever has its door."""
    found: QuerySet[Recipient] = inquiry.recipients.select_related(
        "organization", "facility__organization", "facility__kind", "reply__answered_by"
    )
    return found.order_by("number")


def recipient_for(member: Member, inquiry_id: UUID, recipient_id: UUID) -> Recipient:
    """One of those whom an inquiry of one's own organization asks."""
    inquiry = inquiry_for(member, inquiry_id)
    found = recipients_of(inquiry).filter(pk=recipient_id).first()
    if found is None:
        raise NotHere(subject=recipient_id)
    found.inquiry = inquiry
    return found


def asked_of(member: Member) -> QuerySet[Recipient]:
    """Where this member's office is asked. Nothing of the client is read with it."""
    found: QuerySet[Recipient] = Recipient.objects.filter(of_office(member)).select_related(
        "inquiry__organization", "inquiry__district", "organization", "facility__organization", "reply__answered_by"
    )
    return found if member.is_current else found.none()


def of_office(member: Member) -> Q:
    return Q(organization=member.organization_id) | Q(facility__organization=member.organization_id)


def asked_for(member: Member, recipient_id: UUID) -> Recipient:
    """The only way to what one's own office is asked."""
    found = asked_of(member).filter(pk=recipient_id).first()
    if found is None:
        raise NotHere(subject=recipient_id)
    return found


def check_is_of_office(member: Member, recipient: Recipient) -> None:
    if not member.is_current or recipient.office_id != member.organization_id:
        raise NotHere(subject=recipient)


def has_account(recipient: Recipient) -> bool:
    """Whether somebody acts here for the office that is asked."""
    people = Member.objects.current().filter(organization=recipient.office_id)
    return recipient.office_id is not None and people.exists()


def without_account(recipients: Iterable[Recipient]) -> set[UUID]:
    """The ids of those for whom nobody acts here: one statement for all of them."""
    offices = {one.pk: one.office_id for one in recipients}
    asked = [one for one in offices.values() if one is not None]
    present = set(Member.objects.current().filter(organization__in=asked).values_list("organization", flat=True))
    return {recipient for recipient, office in offices.items() if office not in present}


def release_for(member: Member, recipient: Recipient) -> Release | None:
    """What the chosen office was told: whose need it is, and whom to call. Shown to its people alone, and only while a
    consent of the client for introducing covers their organization."""
    check_is_of_office(member, recipient)
    found = Release.objects.filter(recipient=recipient).select_related("inquiry__for_whom__client", "released_by")
    release = found.first()
    if release is None or introducing_consent(release.inquiry.for_whom.client, member.organization) is None:
        return None
    return release


def consent_to_tell(client: Client, recipient: Recipient) -> ConsentRecord | None:
    """A consent of the client, in force, for introducing them to this office, or to every one of its kind."""
    if recipient.office is not None:
        return introducing_consent(client, recipient.office)
    if recipient.facility is None:
        return None
    return introducing_consent_by_kind(client, organization_kind_of(recipient.facility.kind))


def organizations_to_ask(member: Member) -> QuerySet[Organization]:
    """Every other body that takes part, but families."""
    others = Organization.objects.exclude(kind=OrganizationKind.FAMILY).exclude(pk=member.organization_id)
    found: QuerySet[Organization] = others.order_by("kana", "name", "pk")
    return found if can_ask(member) else found.none()


def facilities_to_ask(member: Member) -> QuerySet[Facility]:
    """Open facilities of others. What one without an account says is entered by who asks."""
    visible = facilities_visible_to(member).exclude(organization=member.organization_id)
    found: QuerySet[Facility] = Facility.objects.open().filter(pk__in=visible.values("pk")).select_related("kind")
    return found.order_by("kana", "name", "pk") if can_ask(member) else found.none()


def people_who_ask(inquiry: Inquiry) -> QuerySet[Member]:
    """Who is told how an inquiry goes: who sent it, or, where they have gone, everybody of the organization."""
    people: QuerySet[Member] = Member.objects.current().filter(organization=inquiry.organization_id)
    sender = people.filter(pk=inquiry.created_by_id)
    return sender if sender.exists() else people

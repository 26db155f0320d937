"""What the page of one visit shows to whom."""

from typing import Any

from django.http import QueryDict

from apps.audit import actions as audit
from apps.clients.access import introducing_consent
from apps.clients.models import Client
from apps.clients.queries import contacts_of
from apps.environments.models import Member
from apps.facilities.models import Facility
from apps.rooms.access import rooms_readable_by
from apps.visits.access import (
    behind_for,
    can_overlap,
    introduction_behind,
    is_asking,
    is_of_facility,
    people_to_accompany,
)
from apps.visits.actions.booking import reasons_of
from apps.visits.forms import AccompanyingForm, AgreementForm, CancellationForm
from apps.visits.models import EndReason, Visit
from apps.visits.queries.accompanying import lines_beside
from apps.visits.queries.finding import free_slots


def page_of(member: Member, visit: Visit) -> dict[str, Any]:
    """One visit, with what can be done: book while it is held, cancel or move before it begins."""
    asks, changes = is_asking(member, visit), visit.is_booked and not visit.slot.has_begun
    reasons = [(one, EndReason(one).label) for one in reasons_of(member, visit)] if changes else []
    others = free_slots(member).filter(facility=visit.slot.facility_id).exclude(pk=visit.slot_id)
    return {
        "visit": visit,
        "slot": visit.slot,
        "is_asking": asks,
        "cancellation": CancellationForm(reasons=reasons) if reasons else None,
        "accompanying": accompanying_of(member, visit) if asks and (changes or visit.is_held) else None,
        "others": list(others[:12]) if asks and changes else [],
        "room": rooms_readable_by(member).filter(pk=visit.room_id).first() if visit.room_id else None,
        **named(member, visit),
    }


def accompanying_of(member: Member, visit: Visit, data: QueryDict | None = None) -> AccompanyingForm:
    """Who may come along, each with the visit that takes them then."""
    return AccompanyingForm(
        data,
        initial={"member": visit.accompanied_by_id},
        people=people_to_accompany(visit),
        lines=lines_beside(visit),
        can_overlap=can_overlap(member, visit),
    )


def named(member: Member, visit: Visit) -> dict[str, Any]:
    """Whom it is for, where the reader may know; each look is in the ledger."""
    own = behind_for(member, visit)
    if own is not None:
        audit.opened(own.client, by=member, subject=visit)
        agreement = agreement_of(member, visit) if visit.is_held else None
        return {"client": own.client, "behind": own, "agreement": agreement}
    if not is_of_facility(member, visit) or visit.client_id is None:
        return {}
    behind = introduction_behind(member, visit)
    if behind is not None and behind.opened_at is not None:
        audit.opened(behind.client, by=member, subject=visit, purpose="introduction")
        return {"receives": True, "introduced": behind}
    return {"receives": True, "can_open": behind is not None}


def agreement_of(member: Member, visit: Visit, data: QueryDict | None = None) -> AgreementForm | None:
    """What the family is asked before the booking; nothing where nobody of the facility takes part, or without a name."""
    own = behind_for(member, visit)
    return agreement_for(member, own.client if own is not None else None, visit.slot.facility, data)


def agreement_for(
    member: Member, client: Client | None, facility: Facility, data: QueryDict | None = None
) -> AgreementForm | None:
    organization = facility.organization
    if client is None or organization is None:
        return None
    is_covered = introducing_consent(client, organization) is not None
    return AgreementForm(data, is_covered=is_covered, initial=who_agrees(member, client))


def who_agrees(member: Member, client: Client) -> dict[str, str]:
    """The parent or guardian of the record, else the key person; for an adult the client."""
    contacts = contacts_of(member, client)
    first = next((one for one in contacts if one.contact.is_guardian), contacts[0] if contacts else None)
    if first is None:
        return {
            "signer": "guardian" if client.is_child else "self",
            "signer_name": "" if client.is_child else client.name,
        }
    signer = "guardian" if client.is_child else "family"
    told = {"signer": signer, "signer_name": first.contact.name, "relation": first.contact.relation}
    return {**told, "contact": f"{first.contact.name} {first.phone}".strip()}

"""Visiting times and visits in the shapes of HL7 FHIR R4.

Built of the R4B models of `fhir.resources`, which keeps no R4 models of its own: HL7 states that outside the modules named
in https://hl7.org/fhir/R4B/r4b-explanation.html nothing differs, and none of those used here is named there. The models
refuse a missing or misspelt element, but take any word as a state, so the states are closed sets here
(https://hl7.org/fhir/R4/valueset-slotstatus.html, .../valueset-appointmentstatus.html).

No person stands in a resource: a visit takes part by its facility alone.
"""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from fhir.resources.R4B.appointment import Appointment
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.capabilitystatement import CapabilityStatement
from fhir.resources.R4B.operationoutcome import OperationOutcome
from fhir.resources.R4B.schedule import Schedule
from fhir.resources.R4B.slot import Slot as FhirSlot

from apps.facilities.models import Facility
from apps.visits.models import Slot, Visit
from apps.visits.models.visits import EndReason

VERSION = "4.0.1"
# HTTP's answers in the words of https://hl7.org/fhir/R4/valueset-issue-type.html.
ISSUES = {400: "invalid", 401: "login", 403: "forbidden", 404: "not-found", 405: "not-supported", 429: "throttled"}
BY_THE_FACILITY = {EndReason.CLOSED, EndReason.FULL, EndReason.NEEDS}
# When what can be asked was last changed.
CAPABLE_SINCE = "2026-11-23"
# What each resource is asked by, with the kind of the value; all of them are R4's own search parameters.
ASKED_BY = {
    "Schedule": {"active": "token"},
    "Slot": {"schedule": "reference", "start": "date", "status": "token"},
    "Appointment": {"date": "date", "status": "token", "slot": "reference"},
}


def told(kind: Any, about: dict[str, Any]) -> dict[str, Any]:
    """The resource as JSON, once the model has found nothing wrong with it."""
    found: dict[str, Any] = kind.model_validate(about).model_dump(mode="json")
    return found


def facility_reference(facility: Facility) -> dict[str, Any]:
    """A facility by its identifier: it is no resource of ours that could be read."""
    by_itself = {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{facility.pk}"}
    return {"type": "HealthcareService", "identifier": by_itself, "display": facility.name}


def schedule_resource(facility: Facility) -> dict[str, Any]:
    """A facility's visiting times as a whole."""
    about = {
        "id": str(facility.pk),
        "active": not facility.is_closed,
        "serviceType": [{"text": facility.kind.name}],
        "actor": [facility_reference(facility)],
    }
    return told(Schedule, about)


def slot_resource(slot: Slot) -> dict[str, Any]:
    """A time with its `status` (`Slot.objects.with_status`)."""
    about = {
        "id": str(slot.pk),
        "schedule": {"reference": f"Schedule/{slot.facility_id}"},
        "status": slot.status,  # type: ignore[attr-defined]
        "start": timezone.localtime(slot.starts_at),
        "end": timezone.localtime(slot.ends_at),
    }
    return told(FhirSlot, about | ({"comment": slot.place} if slot.place else {}))


def participation(visit: Visit) -> str:
    """What the facility has said to the visit (https://hl7.org/fhir/R4/valueset-participationstatus.html)."""
    if visit.ended_reason in BY_THE_FACILITY:
        return "declined"
    if visit.booked_at is not None:
        return "accepted"
    return "tentative" if visit.slot.asked_in_id is None else "needs-action"


def appointment_resource(visit: Visit) -> dict[str, Any]:
    """A visit with its `status` (`Visit.objects.with_status`)."""
    slot, status = visit.slot, visit.status  # type: ignore[attr-defined]
    about = {
        "id": str(visit.pk),
        "status": status,
        "serviceType": [{"text": slot.facility.kind.name}],
        "start": timezone.localtime(slot.starts_at),
        "end": timezone.localtime(slot.ends_at),
        "created": timezone.localtime(visit.held_at),
        "slot": [{"reference": f"Slot/{slot.pk}"}],
        "participant": [{"actor": facility_reference(slot.facility), "status": participation(visit)}],
    }
    if status == "cancelled" and visit.ended_reason:
        about["cancelationReason"] = {"text": str(visit.get_ended_reason_display())}
    if slot.bring:
        about["patientInstruction"] = slot.bring
    return told(Appointment, about)


def bundle_resource(base: str, found: Iterable[dict[str, Any]], *, total: int, links: dict[str, str]) -> dict[str, Any]:
    """What a search found, a page at a time."""
    entries = [
        {
            "fullUrl": f"{base}/{one['resourceType']}/{one['id']}",
            "resource": one,
            "search": {"mode": "match"},
        }
        for one in found
    ]
    shown = [{"relation": relation, "url": url} for relation, url in links.items()]
    about = {"type": "searchset", "total": total, "link": shown} | ({"entry": entries} if entries else {})
    return told(Bundle, about)


def capability_resource(base: str) -> dict[str, Any]:
    """What can be asked here: three resources, to read and to search."""
    resources = [
        {
            "type": kind,
            "interaction": [{"code": "read"}, {"code": "search-type"}],
            "searchParam": [{"name": name, "type": of} for name, of in asked.items()],
        }
        for kind, asked in ASKED_BY.items()
    ]
    about = {
        "status": "active",
        "date": CAPABLE_SINCE,
        "kind": "instance",
        "software": {"name": "carenet"},
        "implementation": {"description": "carenet", "url": base},
        "fhirVersion": VERSION,
        "format": ["application/fhir+json"],
        "rest": [{"mode": "server", "resource": resources}],
    }
    return told(CapabilityStatement, about)


def outcome_resource(status: int, said: str) -> dict[str, Any]:
    """Why there is nothing else to answer."""
    issue = {"severity": "error", "code": ISSUES.get(status, "processing"), "diagnostics": said}
    return told(OperationOutcome, {"issue": [issue]})

"""Entries as AuditEvent of FHIR R4, one resource in each line, with the fields that IHE's Basic Audit Log Patterns name.

Sources: https://hl7.org/fhir/R4/auditevent.html; https://profiles.ihe.net/ITI/BALP (profiles Read, PatientRead, Query,
PatientQuery). The library validates R4B, whose AuditEvent is that of R4: HL7 maps each of its elements as equivalent
(hl7.fhir.uv.xver-r4.r4b, ConceptMap R4-AuditEvent-element-map-to-R4B). What is validated is the resource: its elements,
their types, and how often they stand there; neither bindings to code systems nor the profiles of IHE.

No resource claims a profile in `meta.profile`: those speak of FHIR's own RESTful interactions, and these are pages.
"""

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import IO, Any

from django.conf import settings
from django.utils.translation import override
from fhir.resources.R4B.auditevent import AuditEvent

from apps.audit.models import Entry
from apps.oversight.kinds import Kind, kind_of
from apps.oversight.models import Export
from apps.oversight.packing import coded
from apps.oversight.packing.coded import DICOM, HL7, OURS, coding
from apps.oversight.packing.lines import Lines, root_of
from apps.oversight.queries.exports import Sealed, parts_of


def write(export: Export, target: IO[bytes], tell: Callable[[int], None]) -> None:
    """A resource in each line; the last is that of the export itself, with the count and the hash of what is above it."""
    lines = Lines(target)
    with override("ja"):
        for part in parts_of(export):
            lines.write(b"".join(line(event_of(one)) for one in part), len(part))
            tell(lines.many)
        lines.write(line(event_of_export(export, lines)))


def line(event: dict[str, Any]) -> bytes:
    """The resource as it was put together, once the library has found nothing wrong with it."""
    AuditEvent.model_validate(event)
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def event_of(one: Sealed) -> dict[str, Any]:
    entry, kind = one.entry, kind_of(one.entry.verb)
    event: dict[str, Any] = {
        "resourceType": "AuditEvent",
        "id": f"entry-{entry.pk}",
        "extension": [sealed_as("number", str(one.number)), sealed_as("sha256", one.hash)],
        "type": coded.type_of(kind),
        "subtype": [*coded.subtypes(entry, kind), coding(f"{OURS}:verb", entry.verb, one.shown.deed)],
        "action": coded.action_of(entry, kind),
        "recorded": instant(entry.recorded_at),
        "outcome": coded.outcome_of(entry),
        "agent": agents_of(one, kind),
        "source": source_of(str(entry.environment_id)),
    }
    if entry.reason:
        event["outcomeDesc"] = entry.reason
    if entry.purpose:
        event["purposeOfEvent"] = coded.purposes(entry.purpose, one.shown.purpose)
    if entities := entities_of(entry, kind):
        event["entity"] = entities
    return event


def instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def sealed_as(name: str, value: str) -> dict[str, Any]:
    """Where the entry stands in the ledger, which can be checked without trusting whoever made this file."""
    return {"url": f"{OURS}:{name}", "valueString": value}


def agents_of(one: Sealed, kind: Kind) -> list[dict[str, Any]]:
    """The person; the machine it was done from, where that is known; this service; and the office the person acted for.

    BALP: what is asked flows from the client, so a search has the client as its source; what is read flows to it.
    """
    entry = one.entry
    source, target = coding(DICOM, "110153", "Source Role ID"), coding(DICOM, "110152", "Destination Role ID")
    asking, answering = (source, target) if kind == Kind.SEARCH else (target, source)
    agents = [person(one)] if entry.user_id or entry.member_id else []
    machine: dict[str, Any] = {"type": concept(asking), "who": ours("agent", entry.agent or "unknown")}
    machine["requestor"] = not agents
    if entry.address:
        machine["network"] = {"address": entry.address, "type": "2"}
    service = {"type": concept(answering), "who": {"display": "carenet"}, "requestor": False}
    service["network"] = {"address": settings.BASE_URL, "type": "5"}
    office = [body(one)] if entry.organization_id else []
    return [*agents, machine, service, *office]


def person(one: Sealed) -> dict[str, Any]:
    entry, shown = one.entry, one.shown
    told: dict[str, Any] = {
        "type": concept(coding(f"{HL7}/v3-ParticipationType", "IRCP", "information recipient")),
        "who": ours("member", str(entry.member_id)) if entry.member_id else ours("user", str(entry.user_id)),
        "requestor": True,
    }
    if shown.who:
        told["name"] = shown.who
    if entry.role:
        told["role"] = [concept(coding(f"{OURS}:role", entry.role, shown.role))]
    if entry.purpose:
        told["purposeOfUse"] = coded.purposes(entry.purpose, shown.purpose)
    return told


def body(one: Sealed) -> dict[str, Any]:
    """The office: R4 has no place for it beside the person, and knows organizations as agents."""
    who = ours("organization", str(one.entry.organization_id), one.shown.organization)
    return {
        "type": concept(coding(f"{HL7}/v3-RoleClass", "PROV", "healthcare provider")),
        "who": who,
        "requestor": False,
    }


def entities_of(entry: Entry, kind: Kind) -> list[dict[str, Any]]:
    """The client, the thing, and of a search what was asked."""
    found = []
    if entry.client_id:
        found.append(entity(ours("client", str(entry.client_id), type_="Patient"), ("1", "Person"), ("1", "Patient")))
    if entry.subject_id:
        thing = ours(entry.subject_kind or "thing", entry.subject_id)
        found.append(entity(thing, ("2", "System Object"), ("4", "Domain Resource")))
    if entry.detail:
        found.append(detailed(entry, kind))
    return found


def detailed(entry: Entry, kind: Kind) -> dict[str, Any]:
    told = json.dumps(entry.detail, ensure_ascii=False, sort_keys=True)
    if kind == Kind.SEARCH or "asked" in entry.detail:
        asked = base64.b64encode(told.encode()).decode()
        return {**entity(None, ("2", "System Object"), ("24", "Query")), "query": asked}
    details = [{"type": "detail", "valueString": told}]
    return {**entity(None, ("2", "System Object"), ("20", "Job")), "detail": details}


def entity(what: dict[str, Any] | None, type_: tuple[str, str], role: tuple[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "type": coding(f"{HL7}/audit-entity-type", *type_),
        "role": coding(f"{HL7}/object-role", *role),
    }
    return told if what is None else {"what": what, **told}


def ours(kind: str, value: str, display: str = "", *, type_: str = "") -> dict[str, Any]:
    """Something that this house knows by its id: not a resource that a server could be asked for."""
    told: dict[str, Any] = {"identifier": {"system": f"{OURS}:{kind}", "value": value}}
    if type_:
        told["type"] = type_
    return {**told, "display": display} if display else told


def concept(code: dict[str, str]) -> dict[str, Any]:
    return {"coding": [code]}


def source_of(place: str) -> dict[str, Any]:
    kind = coding(f"{HL7}/security-source-type", "4", "Application Server")
    return {"site": place, "observer": {"display": "carenet"}, "type": [kind]}


def event_of_export(export: Export, lines: Lines) -> dict[str, Any]:
    """What stands at the end: that this was taken out, how many resources are above it, and what they hash to."""
    told = {
        "count": str(lines.many),
        "sha256": lines.sha256,
        "sealed": str(export.sealed),
        "root": root_of(export),
        "since": str(export.since),
        "until": str(export.until),
    }
    what = ours("export", str(export.pk))
    asked = base64.b64encode(json.dumps(export.asked, sort_keys=True).encode()).decode()
    return {
        "resourceType": "AuditEvent",
        "id": f"export-{export.pk}",
        "type": coded.type_of(Kind.EXPORT),
        "action": "R",
        "recorded": instant(export.asked_at),
        "outcome": "0",
        "agent": [{"who": ours("member", str(export.asked_by_id)), "requestor": True}],
        "source": source_of(str(export.environment_id)),
        "entity": [
            {**entity(None, ("2", "System Object"), ("24", "Query")), "query": asked},
            {
                **entity(what, ("2", "System Object"), ("3", "Report")),
                "detail": [{"type": name, "valueString": value} for name, value in told.items() if value],
            },
        ],
    }

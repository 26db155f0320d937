"""Entries in the code systems of HL7, DICOM and IHE: what kind of event, what was done, how it ended, what it was for."""

import re
from typing import Any

from apps.audit.models import Entry, Outcome
from apps.oversight.kinds import Kind

HL7 = "http://terminology.hl7.org/CodeSystem"
DICOM = "http://dicom.nema.org/resources/ontology/DCM"
RESTFUL = "http://hl7.org/fhir/restful-interaction"
# Codes of this house: verbs, roles, purposes and kinds of things as the ledger bears them.
OURS = "urn:carenet:ledger"

MADE = re.compile(
    r"(registered|added|recorded|posted|booked|made|given|saved|handed_out|admitted|opened_by_hand|issued|broken)$"
)
GONE = re.compile(r"(removed|revoked|deleted|withdrawn|ended|purged)$")
# A try that may be repeated is a minor failure, a door that stays closed a serious one, a locked account a major one
# (DICOM PS3.15, A.5: event outcome indicator).
SERIOUS, MAJOR = {"not_here", "not_allowed"}, {"locked_out"}
# Purposes for which HL7 has a word (v3-ActReason); the house's own word stands beside it.
PURPOSES = {
    "support": "TREAT",
    "coordination": "COC",
    "introduction": "CAREMGT",
    "break-glass": "BTG",
    "audit": "HCOMPL",
    "family": "FAMRQT",
    "legal-basis": "HLEGAL",
    "legal-duty": "HLEGAL",
}


def coding(system: str, code: str, display: str = "") -> dict[str, str]:
    told = {"system": system, "code": code}
    return {**told, "display": display} if display else told


def type_of(kind: Kind) -> dict[str, str]:
    if kind == Kind.SIGN:
        return coding(DICOM, "110114", "User Authentication")
    if kind == Kind.EXPORT:
        return coding(DICOM, "110106", "Export")
    return coding(f"{HL7}/audit-event-type", "rest", "Restful Operation")


def subtypes(entry: Entry, kind: Kind) -> list[dict[str, str]]:
    """FHIR's word for what was done; the verb of the ledger follows it."""
    if kind == Kind.SIGN:
        is_out = entry.verb.endswith(("signed_out", "session_ended"))
        return [coding(DICOM, "110123", "Logout") if is_out else coding(DICOM, "110122", "Login")]
    words = {"C": "create", "R": "read", "U": "update", "D": "delete", "E": "search"}
    return [coding(RESTFUL, words[action_of(entry, kind)])]


def action_of(entry: Entry, kind: Kind) -> str:
    """Create, Read, Update, Delete or Execute; a search is executed, and so is signing in."""
    if kind in {Kind.SEARCH, Kind.SIGN}:
        return "E"
    if kind != Kind.CHANGE:
        return "R"
    if GONE.search(entry.verb):
        return "D"
    return "C" if MADE.search(entry.verb) else "U"


def outcome_of(entry: Entry) -> str:
    """0 success, 4 minor, 8 serious, 12 major failure."""
    if entry.outcome != Outcome.REFUSED:
        return "0"
    if entry.reason in MAJOR:
        return "12"
    return "8" if entry.reason in SERIOUS else "4"


def purposes(code: str, said: str) -> list[dict[str, Any]]:
    """One purpose: in the house's word, and in HL7's where it has one."""
    codings = [coding(f"{OURS}:purpose", code, said)]
    if (theirs := PURPOSES.get(code.partition(":")[0])) is not None:
        codings.append(coding(f"{HL7}/v3-ActReason", theirs))
    return [{"coding": codings}]

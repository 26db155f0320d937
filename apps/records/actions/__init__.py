"""The verbs: what issues a record or hands a whole room over, each with its entry in the ledger."""

from apps.records.actions.disclosures import (
    MAKE_DISCLOSURE,
    ask_for_disclosure,
    end_disclosures,
    make_disclosure,
    note_taking_out,
    sweep_disclosures,
)
from apps.records.actions.records import (
    MOST_ATTENDEES,
    MOST_LINES,
    Held,
    Line,
    Person,
    issue_record,
    renew_record,
)

__all__ = [
    "MAKE_DISCLOSURE",
    "MOST_ATTENDEES",
    "MOST_LINES",
    "Held",
    "Line",
    "Person",
    "ask_for_disclosure",
    "end_disclosures",
    "issue_record",
    "make_disclosure",
    "note_taking_out",
    "renew_record",
    "sweep_disclosures",
]

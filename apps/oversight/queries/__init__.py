"""What the auditor's pages show."""

from apps.oversight.queries.entries import Asked, EntryShown, Found, answered, asked_of, pictured
from apps.oversight.queries.exports import whole_ledger
from apps.oversight.queries.family import family_asked, lines_for, shows_names
from apps.oversight.queries.overview import Overview, overview_of
from apps.oversight.queries.people import Subject, people_to_choose, subject_of
from apps.oversight.queries.proofs import Proof, proof_of_ledger
from apps.oversight.queries.unusual import unusual_shown, watch_here

__all__ = [
    "Asked",
    "EntryShown",
    "Found",
    "Overview",
    "Proof",
    "Subject",
    "answered",
    "asked_of",
    "family_asked",
    "lines_for",
    "overview_of",
    "people_to_choose",
    "pictured",
    "proof_of_ledger",
    "shows_names",
    "subject_of",
    "unusual_shown",
    "watch_here",
    "whole_ledger",
]

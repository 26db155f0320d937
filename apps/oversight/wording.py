"""Entries in plain words: what was done, for which purpose, from where. Ids and verbs become sentences here."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from apps.audit.models import Entry
from apps.clients.models import Basis
from apps.oversight.kinds import area_of, kind_of

DEEDS = {
    "clients.opened": pgettext_lazy("ledger", "Opened the record of a client"),
    "clients.edited": pgettext_lazy("ledger", "Changed the record of a client"),
    "clients.registered": pgettext_lazy("ledger", "Registered a client"),
    "clients.imported": pgettext_lazy("ledger", "Brought in clients from a list"),
    "clients.consent_recorded": pgettext_lazy("ledger", "Recorded a consent"),
    "clients.consent_withdrawn": pgettext_lazy("ledger", "Recorded that a consent was withdrawn"),
    "clients.seat_given": pgettext_lazy("ledger", "Took an organization into the care team"),
    "clients.seat_ended": pgettext_lazy("ledger", "Took an organization off the care team"),
    "clients.opened_by_hand": pgettext_lazy("ledger", "Opened a client to one person"),
    "clients.closed_by_hand": pgettext_lazy("ledger", "Took back what was opened to one person"),
    "clients.glass_broken": pgettext_lazy("ledger", "Opened a record in an emergency"),
    "clients.exception_reviewed": pgettext_lazy("ledger", "Reviewed an emergency opening"),
    "clients.number_opened": pgettext_lazy("ledger", "Had the number of a certificate shown"),
    "clients.inspection_opened": pgettext_lazy("ledger", "Opened an inspection with a legal basis"),
    "clients.transferred": pgettext_lazy("ledger", "The division in charge changed"),
    "rooms.opened": pgettext_lazy("ledger", "Opened a talk room"),
    "rooms.stream_opened": pgettext_lazy("ledger", "Followed a talk room live"),
    "rooms.message_posted": pgettext_lazy("ledger", "Wrote a message"),
    "rooms.message_changed": pgettext_lazy("ledger", "Changed a message"),
    "rooms.message_removed": pgettext_lazy("ledger", "Deleted a message"),
    "rooms.message_forwarded": pgettext_lazy("ledger", "Forwarded a message"),
    "rooms.file_opened": pgettext_lazy("ledger", "Opened a file of a talk room"),
    "rooms.file_downloaded": pgettext_lazy("ledger", "Took a file of a talk room out"),
    "rooms.searched": pgettext_lazy("ledger", "Searched the talk"),
    "rooms.found": pgettext_lazy("ledger", "Found a client's talk by searching"),
    "rooms.admitted": pgettext_lazy("ledger", "Let somebody into a talk room"),
    "rooms.removed": pgettext_lazy("ledger", "Took somebody out of a talk room"),
    "rooms.removed_text_read": pgettext_lazy("ledger", "Read a deleted message with a legal basis"),
    "records.issued": pgettext_lazy("ledger", "Made an official record"),
    "records.taken_out": pgettext_lazy("ledger", "Took an official record out"),
    "records.disclosure_taken_out": pgettext_lazy("ledger", "Took a room's disclosure out"),
    "visits.booked": pgettext_lazy("ledger", "Booked a visit"),
    "visits.booking_opened": pgettext_lazy("ledger", "Opened a visit's booking"),
    "visits.slip_printed": pgettext_lazy("ledger", "Printed the slip of a visit"),
    "visits.requested": pgettext_lazy("ledger", "Proposed times of a visit to a facility"),
    "visits.request_accepted": pgettext_lazy("ledger", "Took one of the proposed times of a visit"),
    "visits.request_ended": pgettext_lazy("ledger", "Ended a request for a visit"),
    "visits.request_printed": pgettext_lazy("ledger", "Printed a request for a visit"),
    "waiting.put": pgettext_lazy("ledger", "Put somebody on the waiting list"),
    "waiting.listed": pgettext_lazy("ledger", "Looked at the waiting list"),
    "waiting.offered": pgettext_lazy("ledger", "Offered a free place to somebody who waits"),
    "waiting.declined": pgettext_lazy("ledger", "Declined an offered place"),
    "waiting.left": pgettext_lazy("ledger", "Took somebody off the waiting list"),
    "waiting.resumed": pgettext_lazy("ledger", "Put somebody back on the waiting list"),
    "referrals.made": pgettext_lazy("ledger", "Began the way of a client to a facility"),
    "referrals.step": pgettext_lazy("ledger", "Wrote down a step on the way to the start"),
    "referrals.listed": pgettext_lazy("ledger", "Looked at who is on the way to the start"),
    "referrals.days_taken_out": pgettext_lazy("ledger", "Took out how many days it takes to the start"),
    "calendars.shown": pgettext_lazy("ledger", "Looked at the calendar of visits"),
    "calendars.feed_issued": pgettext_lazy("ledger", "Made a secret calendar address"),
    "calendars.feed_revoked": pgettext_lazy("ledger", "Took back a secret calendar address"),
    "calendars.feed_taken": pgettext_lazy("ledger", "Read visits at a secret calendar address"),
    "calendars.file_taken": pgettext_lazy("ledger", "Took a visit as a calendar file"),
    "inquiries.released": pgettext_lazy("ledger", "Told an office who an inquiry is about"),
    "accounts.signed_in": pgettext_lazy("ledger", "Signed in"),
    "accounts.signed_out": pgettext_lazy("ledger", "Signed out"),
    "environments.opened": pgettext_lazy("ledger", "Entered the environment"),
    "environments.member_added": pgettext_lazy("ledger", "Issued an account"),
    "environments.member_ended": pgettext_lazy("ledger", "Ended somebody's place"),
    "oversight.opened": pgettext_lazy("ledger", "Looked at the ledger"),
    "oversight.entries_opened": pgettext_lazy("ledger", "Looked through the ledger"),
    "oversight.people_searched": pgettext_lazy("ledger", "Looked for whom to ask the ledger about"),
    "oversight.unusual_listed": pgettext_lazy("ledger", "Looked at what is unusual"),
    "oversight.unusual_opened": pgettext_lazy("ledger", "Looked at something unusual"),
    "oversight.unusual_reviewed": pgettext_lazy("ledger", "Reviewed something unusual"),
    "oversight.unusual_found": pgettext_lazy("ledger", "Something unusual was found"),
    "oversight.code_handed_out": pgettext_lazy("ledger", "Handed a code to the family"),
    "oversight.code_revoked": pgettext_lazy("ledger", "Took back a family's code"),
    "oversight.family_looked": pgettext_lazy("ledger", "The family looked who had looked"),
    "oversight.family_asked": pgettext_lazy("ledger", "The family asked about an entry"),
    "oversight.family_answered": pgettext_lazy("ledger", "Answered a family's question"),
    "oversight.access_opened": pgettext_lazy("ledger", "Looked at who may open what"),
    "oversight.access_taken_out": pgettext_lazy("ledger", "Took out who may open what"),
    "oversight.access_printed": pgettext_lazy("ledger", "Printed who may open what"),
    "oversight.exports_listed": pgettext_lazy("ledger", "Looked at what was taken out of the ledger"),
    "oversight.export_asked": pgettext_lazy("ledger", "Asked for entries of the ledger as a file"),
    "oversight.export_made": pgettext_lazy("ledger", "A file of entries was made"),
    "oversight.export_failed": pgettext_lazy("ledger", "A file of entries could not be made"),
    "oversight.export_ended": pgettext_lazy("ledger", "A file of entries was thrown away after its week"),
    "oversight.export_taken_out": pgettext_lazy("ledger", "Took entries of the ledger out"),
    "oversight.exported": pgettext_lazy("ledger", "Took the ledger out"),
}
PURPOSES = {
    "support": pgettext_lazy("purpose in the ledger", "Support"),
    "coordination": pgettext_lazy("purpose in the ledger", "Coordinating care"),
    "introduction": pgettext_lazy("purpose in the ledger", "Introduction and visits"),
    "audit": pgettext_lazy("purpose in the ledger", "Audit"),
    "family": pgettext_lazy("purpose in the ledger", "The family's own look"),
    "review": pgettext_lazy("purpose in the ledger", "Review"),
    "protected": pgettext_lazy("purpose in the ledger", "Protected information"),
    "break-glass": pgettext_lazy("purpose in the ledger", "Emergency"),
    "legal-duty": pgettext_lazy("purpose in the ledger", "Duty to keep by law"),
    "report": pgettext_lazy("purpose in the ledger", "Report of an abuse"),
}


def deed(entry: Entry) -> str:
    """What was done, in words; of a verb without a sentence of its own, where and of what kind."""
    said = DEEDS.get(entry.verb)
    if said is not None:
        return str(said)
    area, kind = area_of(entry.verb), kind_of(entry.verb).label
    return _("%(area)s: %(kind)s") % {"area": area, "kind": kind} if area else str(kind)


def part(detail: dict[str, Any]) -> str:
    """Which part of it: numbers alone, for a ledger holds nothing else."""
    told = [words for words in (numbers(detail), hits(detail)) if words]
    return " · ".join(told)


def numbers(detail: dict[str, Any]) -> str:
    match detail:
        case {"messages": [int(first), int(last)]}:
            return _("messages %(first)s to %(last)s") % {"first": first, "last": last}
        case {"number": int(number)}:
            return _("no. %(number)s") % {"number": number}
        case _:
            return ""


def hits(detail: dict[str, Any]) -> str:
    found = detail.get("hits")
    return _("%(hits)s found") % {"hits": found} if isinstance(found, int) else ""


def purpose(code: str) -> str:
    if code.startswith("legal-basis:"):
        basis = code.partition(":")[2]
        named = Basis(basis).label if basis in Basis.values else basis
        return _("Legal basis: %(basis)s") % {"basis": named}
    return str(PURPOSES.get(code, code)) if code else _("not said")

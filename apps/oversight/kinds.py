"""What an entry is about, and what kind of deed it tells of: read from its verb."""

import re

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy


class Area(models.TextChoices):
    """The part of the house in which something was done: the first word of a verb."""

    CLIENTS = "clients", pgettext_lazy("ledger", "Records of clients")
    ROOMS = "rooms", pgettext_lazy("ledger", "Talk")
    FILES = "files", pgettext_lazy("ledger", "Files")
    NOTES = "notes", pgettext_lazy("ledger", "Notes")
    RECORDS = "records", pgettext_lazy("ledger", "Official records")
    SURVEYS = "surveys", pgettext_lazy("ledger", "Surveys")
    REFERRALS = "referrals", pgettext_lazy("ledger", "The way to the start")
    INQUIRIES = "inquiries", pgettext_lazy("ledger", "Anonymous inquiries")
    VISITS = "visits", pgettext_lazy("ledger", "Visits to facilities")
    WAITING = "waiting", pgettext_lazy("ledger", "Waiting list")
    CALENDARS = "calendars", pgettext_lazy("ledger", "Calendars")
    FACILITIES = "facilities", pgettext_lazy("ledger", "Free places")
    PAPER = "paper", pgettext_lazy("ledger", "Answers on paper")
    ENVIRONMENTS = "environments", pgettext_lazy("ledger", "Members and organizations")
    HANDOVERS = "handovers", pgettext_lazy("ledger", "Reviews and handovers")
    ACCOUNTS = "accounts", pgettext_lazy("ledger", "Accounts and signing in")
    NOTICES = "notices", pgettext_lazy("ledger", "Notices")
    HOME = "home", pgettext_lazy("ledger", "Today")
    DIRECTORY = "directory", pgettext_lazy("ledger", "Offices")
    OVERSIGHT = "oversight", pgettext_lazy("ledger", "This ledger")


class Kind(models.TextChoices):
    """What was done, as an auditor asks for it."""

    SEARCH = "search", pgettext_lazy("ledger", "searched")
    EXPORT = "export", pgettext_lazy("ledger", "taken out as a file")
    PRINT = "print", pgettext_lazy("ledger", "printed")
    FILE = "file", pgettext_lazy("ledger", "file opened")
    LIVE = "live", pgettext_lazy("ledger", "followed live")
    LIST = "list", pgettext_lazy("ledger", "list opened")
    SIGN = "sign", pgettext_lazy("ledger", "signed in or out")
    PAGE = "page", pgettext_lazy("ledger", "page opened")
    CHANGE = "change", pgettext_lazy("ledger", "written or changed")


# Looked for in this order: the first that fits is the kind. What fits none is a change.
SIGNS = {
    Kind.SEARCH: r"[._](searched|looked_for_in_emergency|found)$",
    Kind.EXPORT: r"[._](taken_out|exported|taken|downloaded)$",
    Kind.PRINT: r"_printed$",
    Kind.FILE: r"[._](file_opened|paper_opened|scan_opened|number_opened|text_read)$",
    Kind.LIVE: r"[._]stream_opened$",
    Kind.LIST: r"[._]listed$",
    Kind.SIGN: r"[._](signed_in|signed_out|sign_in|unlocked|session_ended)$",
    # What was refused bears the name of its door.
    Kind.PAGE: r":|[._](opened|shown|inspected)$",
}
# These end like a look and are deeds.
DEEDS = ["visits.day_opened", "clients.exception_opened", "clients.inspection_opened", "surveys.opened"]


def kind_of(verb: str) -> Kind:
    if verb in DEEDS:
        return Kind.CHANGE
    return next((kind for kind, sign in SIGNS.items() if re.search(sign, verb)), Kind.CHANGE)


def of_kind(kind: str) -> Q:
    """Entries of one kind, the same as `kind_of` says of each."""
    if kind == Kind.CHANGE:
        return Q(verb__in=DEEDS) | ~fits(*SIGNS)
    earlier = list(SIGNS)[: list(SIGNS).index(Kind(kind))]
    return fits(Kind(kind)) & ~fits(*earlier) & ~Q(verb__in=DEEDS)


def fits(*kinds: Kind) -> Q:
    found = Q(pk__in=[])
    for kind in kinds:
        found |= Q(verb__regex=SIGNS[kind])
    return found


def area_of(verb: str) -> str:
    """The name of the part of the house, or nothing where it is of no part that has a name."""
    word = re.split(r"[._:]", verb)[0]
    return str(Area(word).label) if word in Area.values else ""

"""What is suggested where somebody would otherwise have to invent it: addresses, login ids, kinds of organizations."""

import itertools
import re
from collections.abc import Iterable, Iterator

import jaconv

from apps.accounts.models import User
from apps.directory.models import Municipality, OfficeService
from apps.environments.models import Environment, OrganizationKind

# By system and service kind, in the order in which a kind decides for an office that offers several.
KINDS = [
    ("kaigo", {"43"}, OrganizationKind.CARE_MANAGEMENT_OFFICE),
    ("kaigo", {"46", "AF"}, OrganizationKind.COMMUNITY_SUPPORT_CENTER),
    ("kaigo", {"13", "63"}, OrganizationKind.VISITING_NURSE_STATION),
    ("kaigo", {"11", "71", "76"}, OrganizationKind.HOME_HELP_OFFICE),
    ("kaigo", {"17", "41", "67"}, OrganizationKind.EQUIPMENT_SUPPLIER),
    ("kaigo", {"15", "16", "72", "78"}, OrganizationKind.DAY_SERVICE),
    ("kaigo", {"14", "31", "55", "64"}, OrganizationKind.CLINIC),
    ("shogai", {"63", "64", "65", "66", "67", "68", "69"}, OrganizationKind.CHILD_FACILITY),
    ("shogai", {"52", "53", "54", "70"}, OrganizationKind.CONSULTATION_SUPPORT),
    ("shogai", {"11", "12", "13", "14", "15"}, OrganizationKind.HOME_HELP_OFFICE),
    ("shogai", {"22"}, OrganizationKind.DAY_SERVICE),
]
# し, まち, ちょう, むら, そん, く at the end say what the place is, not what it is called.
WHAT_IT_IS = re.compile("(し|まち|ちょう|むら|そん|く)$")


def kind_of(services: Iterable[OfficeService]) -> OrganizationKind:
    """The kind of organization an office is, from the services it offers now."""
    offered = {(service.kind.system, service.kind.code) for service in services if service.is_open}
    for system, codes, kind in KINDS:
        if any((system, code) in offered for code in codes):
            return kind
    return OrganizationKind.OTHER


def rank(kind: OrganizationKind) -> int:
    """The place of a kind in a list to choose from: who manages care comes first."""
    order = [known for _system, _codes, known in KINDS]
    return order.index(kind) if kind in order else len(order)


def slug_suggested(municipality: Municipality) -> str:
    """kitakami-care for 北上市, or the next free number behind it; the municipality's code where no reading is known."""
    reading = jaconv.kata2hira(municipality.kana.split(" ")[0])
    romaji = jaconv.kana2alphabet(WHAT_IT_IS.sub("", reading) or reading)
    word = re.sub("[^a-z]", "", romaji.lower())[:30] or f"m{municipality.lg_code}"
    taken = set(Environment.objects.filter(slug__startswith=f"{word}-care").values_list("slug", flat=True))
    candidates = itertools.chain([f"{word}-care"], (f"{word}-care-{number}" for number in itertools.count(2)))
    return next(slug for slug in candidates if slug not in taken)


def login_ids_suggested(slug: str) -> Iterator[str]:
    """Free login ids of an environment, one after another: its address and a number, nothing of a person's name."""
    stem = f"{slug}-"
    taken = set(User.objects.filter(login_id__startswith=stem).values_list("login_id", flat=True))
    numbers = [int(tail) for login_id in taken if (tail := login_id.removeprefix(stem)).isdecimal()]
    return (f"{stem}{number:03d}" for number in itertools.count(max(numbers, default=0) + 1))

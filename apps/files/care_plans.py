"""Files of the national exchange of care plans (ケアプランデータ連携標準仕様 V4.1), known by their names.

`UPJSK_202610_0370600017_43_0370600025_15_20261031093000.CSV`: kind, month, sending office, its service kind, receiving
office, its service kind, moment. Older ones lack the service kinds.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAME = re.compile(
    r"(?P<kind>(?:UP|DLT)[A-Z0-9]+(?:_SUB)?)_(?P<month>\d{6})"
    r"_(?P<sender>\d{10})(?:_(?P<sender_kind>[0-9A-Z]{2}))?"
    r"_(?P<receiver>\d{10})(?:_(?P<receiver_kind>[0-9A-Z]{2}))?"
    r"_(?P<made_at>\d{14})\.csv",
    re.IGNORECASE,
)
KINDS: dict[str, Promise] = {
    "UPPLAN": _("Service use slip (planned)"),
    "UPJSK": _("Service use slip (done)"),
    "UP1KYO": _("Care plan, table 1"),
    "UP2KYO": _("Care plan, table 2"),
    "UP3KYO": _("Care plan, table 3"),
    "UPSIKYU": _("Benefit limits"),
    "UPYOBO": _("Preventive care plan"),
    "UPYOBO_SUB": _("Preventive care plan, supplement"),
    "UPHOSOKU": _("Supplement to the slip"),
    "UPKIHON": _("Basic information of the user"),
}
REMOVAL = "DLT"


@dataclass(frozen=True)
class CarePlanFile:
    """What the name of such a file tells; offices by their ten digits."""

    kind: str
    month: date
    sender: str
    receiver: str

    @property
    def label(self) -> str | Promise:
        if self.kind.startswith(REMOVAL):
            return _("Notice of removal")
        return KINDS.get(self.kind, self.kind)


def care_plan_file(name: str) -> CarePlanFile | None:
    """The parts of a name of the standard; None where it is none, or names a month that does not exist."""
    found = NAME.fullmatch(name)
    if found is None:
        return None
    kind = found["kind"].upper()
    if kind not in KINDS and not kind.startswith(REMOVAL):
        return None
    try:
        month = date(int(found["month"][:4]), int(found["month"][4:]), 1)
        datetime.strptime(found["made_at"], "%Y%m%d%H%M%S")  # noqa: DTZ007 - only whether there is such a moment
    except ValueError:
        return None
    return CarePlanFile(kind, month, found["sender"], found["receiver"])

"""How long an organization must keep the records of a client, and where that is written.

The national rules ask for two years from the day of completion for care services; many ordinances, the rules for
children and for persons with disabilities, and the limitation of claims ask for five: five is the default (domain §4.5).
The day of completion is taken to be the end of the organization's last seat.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.environments.models import OrganizationKind

FIVE_YEARS = 5
# What looks at kept records bear in the ledger.
LEGAL_DUTY = "legal-duty"


@dataclass(frozen=True)
class Keeping:
    """For how many years from completion, and by which rule."""

    years: int
    basis: Promise


BY_DEFAULT = Keeping(FIVE_YEARS, _("Ordinances on the standards of services: five years from completion."))
OF_CHILDREN = Keeping(
    FIVE_YEARS, _("Standards of designated child support (Ordinance 15 of 2012), Art. 54: five years from completion.")
)
OF_KIND = {
    OrganizationKind.CARE_MANAGEMENT_OFFICE: Keeping(
        FIVE_YEARS,
        _("Standards of care management (Ordinance 38 of 1999), Art. 29, and ordinances: five years from completion."),
    ),
    OrganizationKind.CHILD_FACILITY: OF_CHILDREN,
    OrganizationKind.CONSULTATION_SUPPORT: OF_CHILDREN,
    OrganizationKind.CLINIC: Keeping(
        FIVE_YEARS, _("Medical Practitioners' Act, Art. 24: five years for medical records.")
    ),
}


def keeping_of(kind: str) -> Keeping:
    return OF_KIND.get(OrganizationKind(kind), BY_DEFAULT)


def kept_until(kind: str, completed_at: datetime) -> datetime:
    """The moment from which nothing needs to be kept any more; 29 February counts as 1 March."""
    year = completed_at.year + keeping_of(kind).years
    try:
        return completed_at.replace(year=year)
    except ValueError:
        return (completed_at + timedelta(days=1)).replace(year=year)

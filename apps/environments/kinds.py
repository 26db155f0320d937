"""What a body is by the service it gives: how a consent that names a kind of organization is read where an office takes no part."""

from apps.directory.models import ServiceKind
from apps.directory.models.kinds import System
from apps.environments.models import OrganizationKind

# By the codes of both systems (domain.md §3.1); what is not named here is of no kind that a consent can name.
SERVICES = {
    (System.KAIGO, OrganizationKind.HOME_HELP_OFFICE): "11 71 A1 A2 A3 A4",
    (System.KAIGO, OrganizationKind.VISITING_NURSE_STATION): "13 63",
    (System.KAIGO, OrganizationKind.DAY_SERVICE): "15 16 66 72 74 78 A5 A6 A7 A8",
    (System.KAIGO, OrganizationKind.EQUIPMENT_SUPPLIER): "17 41 67",
    (System.KAIGO, OrganizationKind.CARE_MANAGEMENT_OFFICE): "43",
    (System.SHOGAI, OrganizationKind.HOME_HELP_OFFICE): "11 12 13 14 15",
    (System.SHOGAI, OrganizationKind.CONSULTATION_SUPPORT): "52 53 54 70",
    (System.SHOGAI, OrganizationKind.CHILD_FACILITY): "63 64 65 66 67",
}
KINDS = {(system, code): kind for (system, kind), codes in SERVICES.items() for code in codes.split()}


def organization_kind_of(service: ServiceKind) -> OrganizationKind:
    """The kind of organization that gives this service; `OTHER` where none is named for it."""
    return KINDS.get((System(service.system), service.code), OrganizationKind.OTHER)

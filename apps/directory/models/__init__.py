"""Public reference data. No row belongs to a tenant; everybody may read, only the importers write."""

from .imports import ImportFinding, ImportRun
from .kinds import ServiceKind, System
from .offices import Office, OfficeService
from .places import Holiday, Municipality, PostalArea

__all__ = [
    "Holiday",
    "ImportFinding",
    "ImportRun",
    "Municipality",
    "Office",
    "OfficeService",
    "PostalArea",
    "ServiceKind",
    "System",
]

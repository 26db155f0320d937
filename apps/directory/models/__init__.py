"""Public reference data. No row belongs to a tenant; everybody may read, only the importers write."""

from .imports import ImportRun, ImportWarning
from .kinds import ServiceKind, System
from .offices import Office, OfficeService
from .places import Holiday, Municipality, PostalArea

__all__ = [
    "Holiday",
    "ImportRun",
    "ImportWarning",
    "Municipality",
    "Office",
    "OfficeService",
    "PostalArea",
    "ServiceKind",
    "System",
]

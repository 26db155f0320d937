"""Clients, the seats on their care teams, their consents, what was opened by hand, and legal exceptions."""

from apps.clients.models.clients import Client, Need, Weekday
from apps.clients.models.consents import Audience, ConsentRecord, Purpose, Signer
from apps.clients.models.exceptions import ExceptionKind, Ground, LegalException, SilentOrganization
from apps.clients.models.grants import ClientGroupObjectPermission, ClientUserObjectPermission
from apps.clients.models.papers import ClientPaper, ContentType, PaperKind
from apps.clients.models.revisions import Revision
from apps.clients.models.teams import RESPONSIBLE_ROLES, USUAL_ROLES, Responsibility, Seat, TeamMember, TeamRole

__all__ = [
    "RESPONSIBLE_ROLES",
    "USUAL_ROLES",
    "Audience",
    "Client",
    "ClientGroupObjectPermission",
    "ClientPaper",
    "ClientUserObjectPermission",
    "ConsentRecord",
    "ContentType",
    "ExceptionKind",
    "Ground",
    "LegalException",
    "Need",
    "PaperKind",
    "Purpose",
    "Responsibility",
    "Revision",
    "Seat",
    "Signer",
    "SilentOrganization",
    "TeamMember",
    "TeamRole",
    "Weekday",
]

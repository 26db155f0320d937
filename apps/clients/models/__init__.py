"""Clients, the seats on their care teams, their consents, what was opened by hand, and legal exceptions."""

from apps.clients.models.certificates import CareLevel, Certificate, Certification, ClientNumber, RenewalReminder
from apps.clients.models.charges import Charge, Transfer, TransferLine
from apps.clients.models.clients import Client, Need, Weekday
from apps.clients.models.consents import Audience, ConsentRecord, ConsentReminder, Purpose, Signer
from apps.clients.models.contacts import FamilyContact
from apps.clients.models.exceptions import ExceptionKind, Ground, LegalException, SilentOrganization
from apps.clients.models.grants import ClientGroupObjectPermission, ClientUserObjectPermission, OpeningReason
from apps.clients.models.imports import ImportRun
from apps.clients.models.inspections import INSPECTION_LASTS, Basis, Inspection
from apps.clients.models.papers import Clearance, ClientPaper, ContentType, PaperKind
from apps.clients.models.protection import ClientPlace, Petition, PetitionKind, PlaceKind, Protection
from apps.clients.models.revisions import PlacesBefore, Revision
from apps.clients.models.teams import (
    RESPONSIBLE_ROLES,
    USUAL_ROLES,
    Responsibility,
    Seat,
    SeatPurpose,
    TeamMember,
    TeamRole,
)
from apps.clients.models.wordings import ConsentWording, PrintedForm

__all__ = [
    "INSPECTION_LASTS",
    "RESPONSIBLE_ROLES",
    "USUAL_ROLES",
    "Audience",
    "Basis",
    "CareLevel",
    "Certificate",
    "Certification",
    "Charge",
    "Clearance",
    "Client",
    "ClientGroupObjectPermission",
    "ClientNumber",
    "ClientPaper",
    "ClientPlace",
    "ClientUserObjectPermission",
    "ConsentRecord",
    "ConsentReminder",
    "ConsentWording",
    "ContentType",
    "ExceptionKind",
    "FamilyContact",
    "Ground",
    "ImportRun",
    "Inspection",
    "LegalException",
    "Need",
    "OpeningReason",
    "PaperKind",
    "Petition",
    "PetitionKind",
    "PlaceKind",
    "PlacesBefore",
    "PrintedForm",
    "Protection",
    "Purpose",
    "RenewalReminder",
    "Responsibility",
    "Revision",
    "Seat",
    "SeatPurpose",
    "Signer",
    "SilentOrganization",
    "TeamMember",
    "TeamRole",
    "Transfer",
    "TransferLine",
    "Weekday",
]

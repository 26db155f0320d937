"""Clients, the seats on their care teams, their consents, and what was opened by hand."""

from apps.clients.models.clients import Client
from apps.clients.models.consents import Audience, ConsentRecord, Purpose, Signer
from apps.clients.models.grants import ClientGroupObjectPermission, ClientUserObjectPermission
from apps.clients.models.teams import Seat

__all__ = [
    "Audience",
    "Client",
    "ClientGroupObjectPermission",
    "ClientUserObjectPermission",
    "ConsentRecord",
    "Purpose",
    "Seat",
    "Signer",
]

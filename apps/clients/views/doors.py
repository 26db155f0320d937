"""The door of a client's pages."""

from uuid import UUID

from apps.clients.access import client_for, names_beside
from apps.clients.models import Client
from apps.environments.requests import MemberRequest


def client_in(request: MemberRequest, client_id: UUID) -> Client:
    """The client of a page, which tells from here on only the names that may be told beside them."""
    client = client_for(request.member, client_id)
    request.names_shown = names_beside(request.member, client)
    return client

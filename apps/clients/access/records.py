"""Who may change a client's record, and open what is masked in it."""

from apps.clients.access.doors import can_change_team, can_see
from apps.clients.models import Client
from apps.environments.models import Member
from apps.kernel.refusals import NotAllowed, NotHere


def can_edit(member: Member, client: Client) -> bool:
    """Those who care for the client: the division in charge and the organizations of the care team, without guests and
    those let in by hand. The same as may change the team."""
    return can_change_team(member, client)


def check_can_edit(member: Member, client: Client) -> None:
    if not can_see(member, client):
        raise NotHere(subject=client)
    if not can_edit(member, client):
        raise NotAllowed(subject=client, client_id=client.pk)

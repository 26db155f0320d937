"""A town for measuring: one room with many members, each with a device's token."""

from dataclasses import dataclass
from uuid import UUID

SLUG = "bench-town"


@dataclass(frozen=True)
class Town:
    slug: str
    room_id: UUID
    members: list[UUID]
    tokens: list[str]
    client_id: UUID
    paper_number: int
    # The token of somebody of the same environment who may see nothing of it.
    stranger: str
    # A session in which the same person has signed in, as the line that a browser sends.
    strangers_cookie: str


def settle(people: int) -> Town:
    """Fill the database that Django is connected to with one room of so many members."""
    from django_scopes import scope

    from tests import makers
    from tests.live import session_cookie

    environment = makers.make_environment(SLUG)
    with scope(environment=environment):
        organization = makers.make_organization(environment, "計測", "care_management_office")
        members = [makers.make_member(organization, makers.make_user(f"bench{nth}")) for nth in range(people)]
        client = makers.make_client(environment, seats=[organization])
        makers.make_consent(client, by=members[0])
        makers.make_contact(client, by=members[0])
        paper = makers.make_paper(client, by=members[0])
        room = makers.make_room(members=members, client=client)
        aside = makers.make_organization(environment, "よそ", "care_management_office")
        stranger = makers.make_member(aside, makers.make_user("bench-stranger"))
    tokens = [token_of(member.user) for member in members]
    cookie = session_cookie(stranger.user)
    return Town(
        slug=SLUG,
        room_id=room.pk,
        members=[member.pk for member in members],
        tokens=tokens,
        client_id=client.pk,
        paper_number=paper.number,
        stranger=token_of(stranger.user),
        strangers_cookie=f"{cookie['name']}={cookie['value']}",
    )


def token_of(user: object) -> str:
    from apps.accounts.access import token_hash
    from apps.accounts.models import Device

    token = f"cn_{user.pk}"  # type: ignore[attr-defined]
    Device.objects.create(user=user, name="bench", token_hash=token_hash(token))
    return token

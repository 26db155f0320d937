"""Among which rooms about nobody an auditor chooses, once the basis is named."""

from apps.environments.models import Member
from apps.environments.queries import holds
from apps.kernel.folding import fold
from apps.rooms.access import rooms_to_inspect
from apps.rooms.models import TalkRoom
from apps.rooms.queries.rooms import words_of

MOST_FOUND = 20


def rooms_to_choose(member: Member, typed: str) -> list[TalkRoom]:
    """Rooms whose title, or the two people whose talk it is, hold every typed word; none before two letters are typed."""
    wanted = fold(typed).split()
    if len("".join(wanted)) < 2:
        return []
    rooms = rooms_to_inspect(member).order_by("title", "opened_at")
    return [room for room in rooms if holds(wanted, *words_of(room))][:MOST_FOUND]

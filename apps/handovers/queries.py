"""What is open in somebody's hands, in numbers: admins who end a place see no client and no room."""

from dataclasses import dataclass

from apps.clients.access import grants_in_force
from apps.environments.models import Member
from apps.rooms.access import rooms_left_alone_by, rooms_taken_over


@dataclass(frozen=True)
class OpenWork:
    """What would be left behind: `rooms` in which nobody else of the organization is, `openings` made by hand.

    `rooms_passed` counts those the successor takes over; without a successor it is none.
    """

    rooms: int
    openings: int
    successor: Member | None = None
    rooms_passed: int = 0

    @property
    def rooms_without(self) -> int:
        """Rooms that lose the organization: nobody takes them over, or the successor may not see the client."""
        return self.rooms - self.rooms_passed

    @property
    def is_nothing(self) -> bool:
        return not self.rooms and not self.openings


def open_work_of(member: Member, successor: Member | None = None) -> OpenWork:
    """What passes to the successor, and what ends or stays behind."""
    return OpenWork(
        rooms=rooms_left_alone_by(member).count(),
        openings=grants_in_force().filter(user=member.user_id).count(),
        successor=successor,
        rooms_passed=rooms_taken_over(member, successor).count() if successor is not None else 0,
    )

"""Page-shaped reads across the apps below."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from apps.clients.access import can_register, clients_visible_to
from apps.clients.models import Client
from apps.clients.queries import expiring_count, renewals_count
from apps.environments.access import can_administer
from apps.environments.models import Member, Role
from apps.inquiries.queries import unanswered_count as inquiries_unanswered_count
from apps.notes.queries import tasks_due_count
from apps.notices.access import notifications_visible_to
from apps.notices.models import Notification
from apps.rooms.models import TalkRoom
from apps.rooms.queries import room_rows
from apps.surveys.queries import unanswered_count

SHOWN = 5


@dataclass(frozen=True)
class Day:
    """What needs this member now, the newest few of each, and how many there are."""

    now: datetime
    rooms: list[TalkRoom]
    quiet_rooms: list[TalkRoom]
    notifications: list[Notification]
    clients: list[Client]
    clients_count: int
    administers: bool
    lets_people_in: bool
    registers: bool
    waits: bool
    consents_ending: int
    certifications_ending: int
    tasks_due: int
    surveys_to_answer: int
    inquiries_to_answer: int

    @property
    def shown(self) -> dict[str, list[str]]:
        """Whom and what the page names, for the ledger."""
        rooms = [str(room.pk) for room in [*self.rooms, *self.quiet_rooms]]
        return {"rooms": rooms, "clients": [str(client.pk) for client in self.clients]}

    @property
    def date(self) -> date:
        return self.now.date()

    @property
    def hour(self) -> int:
        return self.now.hour

    @property
    def is_clear(self) -> bool:
        """Nothing waits for this member."""
        ending = self.consents_ending or self.certifications_ending
        return (
            not self.rooms
            and not self.notifications
            and not ending
            and not self.tasks_due
            and not self.surveys_to_answer
            and not self.inquiries_to_answer
        )

    @property
    def is_new(self) -> bool:
        """There is nothing to work with yet, and something this member can do about it or may expect."""
        has_work = self.rooms or self.quiet_rooms or self.clients
        return not has_work and (self.lets_people_in or self.registers or self.waits)


def day_of(member: Member) -> Day:
    """What the page of today shows; everything comes from the same visible sets as the lists themselves."""
    # Unread rooms come first, so the first few rows hold all that is shown of both.
    rows = room_rows(member, most=SHOWN * 2)
    clients = clients_visible_to(member)
    return Day(
        now=timezone.localtime(),
        rooms=[room for room in rows if room.unread][:SHOWN],  # type: ignore[attr-defined]
        quiet_rooms=[room for room in rows if not room.unread][:SHOWN],  # type: ignore[attr-defined]
        notifications=list(notifications_visible_to(member).unseen()[:SHOWN]),
        clients=list(clients.order_by("kana", "born_on")[:SHOWN]),
        clients_count=clients.count(),
        consents_ending=expiring_count(member),
        certifications_ending=renewals_count(member),
        tasks_due=tasks_due_count(member),
        surveys_to_answer=unanswered_count(member),
        inquiries_to_answer=inquiries_unanswered_count(member),
        administers=can_administer(member),
        lets_people_in=can_administer(member) and not Member.objects.current().exclude(pk=member.pk).exists(),
        registers=can_register(member),
        waits=member.role in {Role.MEMBER, Role.GUEST},
    )

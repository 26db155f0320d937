"""Say something in a room, as a test needs it."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone

from apps.environments.models import Member
from apps.rooms import actions
from apps.rooms.access import message_for
from apps.rooms.actions import Appended
from apps.rooms.models import Forwarding, Message, TalkRoom, WaitingMessage, WritingHabits
from tests.cast import Cast


def say(room: TalkRoom, by: Member, body: str = "本日訪問しました。") -> Appended:
    return actions.post(room=room, body=body, client_key=uuid4(), by=by)


def said_in(room: TalkRoom) -> list[str]:
    return [one.body for one in Message.objects.filter(room=room).order_by("number")]


def forward(
    cast: Cast,
    source: TalkRoom,
    room: TalkRoom,
    *,
    number: int = 1,
    by: str = "sato",
    is_sure: bool = False,
    key: UUID | None = None,
    files: Collection[int] = (),
) -> Appended:
    """As the page does it: checked, and then done."""
    about: dict[str, Any] = {"message": message_for(cast[by], source.pk, number), "room": room, "files": files}
    actions.check_forward(**about, is_sure=is_sure, by=cast[by])
    return actions.forward(**about, client_key=key or uuid4(), by=cast[by])


def make_forwarding(message: Message, source: Message) -> Forwarding:
    return Forwarding.objects.create(environment_id=message.environment_id, message=message, source=source)


def written_days_ago(days: int) -> None:
    """Whatever was written is so old now. When a message came nobody changes but the owner of the tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        role = connection.ops.quote_name(cursor.fetchone()[0])
        cursor.execute("RESET ROLE")
        cursor.execute("UPDATE rooms_message SET posted_at = posted_at - %s", [timedelta(days=days)])
        cursor.execute(f"SET ROLE {role}")


def make_waiting(room: TalkRoom, author: Member, **fields: Any) -> WaitingMessage:
    """A message for tomorrow."""
    tomorrow = {"due_at": timezone.now() + timedelta(days=1), "is_scheduled": True}
    told = {"body": "明日の予定です。", "client_key": uuid4(), **tomorrow, **fields}
    return WaitingMessage.objects.create(environment=room.environment, room=room, author=author, **told)


def make_habits(member: Member, **fields: Any) -> WritingHabits:
    return WritingHabits.objects.create(environment=member.environment, member=member, **fields)

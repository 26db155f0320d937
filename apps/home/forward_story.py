"""What the demonstration's people have forwarded from one room to another."""

from collections.abc import Callable
from uuid import uuid4

from apps.environments.models import Member
from apps.rooms import actions as rooms
from apps.rooms.models import TalkRoom

# (title of the room, number, into whose room, who, their remark).
FORWARDED = (
    (
        "高齢福祉課からのお知らせ",
        1,
        "大野 ハル",
        "nakamura",
        "この期間のショートステイの申し込みは、25日までにお願いします。",
    ),
)


def forward_messages(room_of: Callable[[str], TalkRoom], member: Callable[[str], Member]) -> None:
    for title, number, client, login_id, remark in FORWARDED:
        message = TalkRoom.objects.get(title=title).messages.get(number=number)
        room, by = room_of(client), member(login_id)
        rooms.forward(message=message, room=room, remark=remark, client_key=uuid4(), by=by)

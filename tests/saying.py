"""Say something in a room, as a test needs it."""

from uuid import uuid4

from apps.environments.models import Member
from apps.rooms import actions
from apps.rooms.actions import Appended
from apps.rooms.models import TalkRoom


def say(room: TalkRoom, by: Member, body: str = "本日訪問しました。") -> Appended:
    return actions.post(room=room, body=body, client_key=uuid4(), by=by)

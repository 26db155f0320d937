"""What one has begun to write."""

from apps.environments.models import Member
from apps.rooms.models import Draft, TalkRoom


def draft_in(member: Member, room: TalkRoom) -> Draft | None:
    found: Draft | None = Draft.objects.filter(member=member, room=room).first()
    return found

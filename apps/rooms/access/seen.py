"""Who is told that others have seen a message, as the environment says."""

from apps.environments.models import Member
from apps.kernel.refusals import NotAllowed
from apps.rooms.models import Message, RoomLimits, SeenShown


def seen_shown_in(member: Member) -> SeenShown:
    """What the environment's admin has said; the sender alone where nothing was said."""
    said = RoomLimits.objects.filter(environment=member.environment_id).values_list("seen_shown_to", flat=True).first()
    return SeenShown(said) if said is not None else SeenShown.SENDER


def is_told_of_seeing(member: Member, message: Message, shown: SeenShown) -> bool:
    """Of a removed message there is nothing to be told."""
    if shown == SeenShown.NOBODY or message.is_removed:
        return False
    return shown == SeenShown.READERS or message.author_id == member.pk


def can_see_who_saw(member: Member, message: Message) -> bool:
    return is_told_of_seeing(member, message, seen_shown_in(member))


def check_can_see_who_saw(member: Member, message: Message) -> None:
    if not can_see_who_saw(member, message):
        raise NotAllowed(subject=message.room, client_id=message.room.client_id)

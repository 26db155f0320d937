"""Keep what somebody has begun to write, and forget it."""

from django.db import transaction
from django.utils import timezone

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.rooms.access import check_can_answer, check_can_post
from apps.rooms.actions.messages import body_to_store
from apps.rooms.happenings import draft_moved
from apps.rooms.models import Draft, TalkRoom


@transaction.atomic
def keep_draft(*, room: TalkRoom, body: str, answers: int | None = None, by: Member) -> None:
    """What the composer holds, as it stands now; an empty one is none. What could not be sent is not kept either.

    The ledger is told that there is a draft, and when there is none any more; not of every word.
    """
    check_can_post(by, room)
    check_can_answer(by, room, answers)
    if not body.strip():
        forget_draft(room=room, by=by)
        return
    body_to_store(body)

    told = {"body": body.replace("\x00", ""), "answers": answers, "written_at": timezone.now()}
    _draft, made = Draft.objects.update_or_create(
        member=by, room=room, defaults=told, create_defaults={"environment_id": room.environment_id, **told}
    )
    if made:
        record("rooms.draft_kept", room, by)


@transaction.atomic
def forget_draft(*, room: TalkRoom, by: Member) -> None:
    """It is sent, or given up. What somebody began in a room that has closed to them may still be forgotten."""
    count, _kinds = Draft.objects.filter(member=by, room=room).delete()
    if count:
        record("rooms.draft_forgotten", room, by)


def record(verb: str, room: TalkRoom, by: Member) -> None:
    audit.record(verb=verb, subject=room, client=room.client, by=by)
    draft_moved.announce(environment_id=room.environment_id, room_id=room.pk, member_id=by.pk)

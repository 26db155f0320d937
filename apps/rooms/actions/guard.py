"""Ask once more before words go to a room where they may not belong."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from apps.audit import actions as audit
from apps.environments.models import Member
from apps.files.models import StoredFile
from apps.kernel.refusals import Refusal
from apps.rooms.actions.messages import body_to_store
from apps.rooms.models import TalkRoom
from apps.rooms.queries.guard import Doubt, doubt_about
from apps.rooms.refusals import AnotherClient


def check_room(
    *, room: TalkRoom, message: dict[str, Any], is_sure: bool, by: Member, file_names: Iterable[str] = ()
) -> None:
    """Refuse what seems to be meant for another room, unless its author has been asked and is sure: a text (`body`), and the
    names of what was uploaded for it (`files`).

    The ledger is told that there was a doubt, by what kind of words, and whether it was overruled; never whom they named.
    """
    files = StoredFile.objects.filter(pk__in=message.get("files", ()), uploader=by).values_list("name", flat=True)
    doubt = doubt_about(by, room, storable(message["body"]), file_names=[*file_names, *files])
    if doubt is None:
        return
    verb = "rooms.doubt_overruled" if is_sure else "rooms.doubted"
    keep_doubt(verb=verb, doubt=doubt, room=room, by=by)
    if not is_sure:
        raise AnotherClient(doubt, subject=room, client_id=room.client_id)


@transaction.atomic
def keep_doubt(*, verb: str, doubt: Doubt, room: TalkRoom, by: Member) -> None:
    """By itself: that somebody was asked stays in the ledger, whatever becomes of the text."""
    audit.record(verb=verb, subject=room, client=room.client, by=by, detail={"named_by": doubt.kinds})


def storable(body: str) -> str:
    """What can be kept of it. Nothing of what is refused anyway: the verb says why."""
    try:
        return body_to_store(body, beside_files=True)
    except Refusal:
        return ""

"""A deleted message as an auditor is shown it: what it said, from its first words to its last."""

from dataclasses import dataclass

from apps.rooms.models import Message, MessageVersion


@dataclass(frozen=True)
class Removed:
    """What a deleted message said, the first version first, and what its files were called."""

    message: Message
    versions: list[MessageVersion]
    files: list[str]


def removed_shown(message: Message) -> Removed:
    attachments = message.attachments.select_related("file").order_by("pk")
    return Removed(message, list(message.versions.order_by("pk")), [one.file.name for one in attachments])

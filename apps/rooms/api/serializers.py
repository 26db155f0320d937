"""How rooms and messages are shown to programs, and what they may send."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.files.models import FileState
from apps.kernel.my_number import no_individual_number
from apps.rooms.frames import as_author
from apps.rooms.models import (
    AskedOf,
    Classification,
    MentionKind,
    Message,
    ReactionKind,
    RoomKind,
    RoomLimits,
    RoomRole,
    SeenShown,
    TalkRoom,
)


class AuthorSerializer(serializers.Serializer[Any]):
    """Who wrote; for a guest who has not met them "another participant", without an id."""

    id = serializers.UUIDField(allow_null=True)
    name = serializers.CharField()
    known_as = serializers.CharField(help_text="The name with a mark once the person has gone, as a page shows it.")
    organization = serializers.CharField()


MOMENT = serializers.DateTimeField()
CLIENT = ["name", "kana", "born_on", "area"]


class RoomSerializer(serializers.ModelSerializer[TalkRoom]):
    """A room in the list: `unread` counts messages of others after the caller's read mark."""

    client_id = serializers.UUIDField(allow_null=True)
    client_name = serializers.CharField(source="client.name", default=None, allow_null=True)
    client_kana = serializers.CharField(source="client.kana", default=None, allow_null=True)
    client_born_on = serializers.DateField(source="client.born_on", default=None, allow_null=True)
    client_area = serializers.CharField(source="client.area", default=None, allow_null=True)
    other = serializers.SerializerMethodField(help_text="In a talk of two, the other one.")
    unread = serializers.IntegerField()
    todo = serializers.IntegerField(help_text="Messages that the caller has marked as to do, and not done.")
    to_confirm = serializers.SerializerMethodField(help_text="Messages that wait for the caller's confirmation.")
    mentions = serializers.SerializerMethodField(help_text="Unread messages that call the caller.")
    is_drafted = serializers.BooleanField(help_text="The caller has begun to write there.")
    is_pinned = serializers.BooleanField()
    read_mark = serializers.IntegerField(source="mark")

    class Meta:
        model = TalkRoom
        fields = [
            "id",
            "kind",
            "title",
            "purpose",
            "classification",
            "other",
            "archived_at",
            "archive_reason",
            "client_id",
            "client_name",
            "client_kana",
            "client_born_on",
            "client_area",
            "last_number",
            "last_posted_at",
            "unread",
            "todo",
            "to_confirm",
            "mentions",
            "is_drafted",
            "is_pinned",
            "read_mark",
        ]

    def to_representation(self, room: TalkRoom) -> dict[str, Any]:
        """What the fields say, without asking each of them: a third of the time of a list of 300 rooms."""
        apart: dict[str, Any] = {
            "read_mark": room.mark,  # type: ignore[attr-defined]
            "to_confirm": self.get_to_confirm(room),
            "mentions": self.get_mentions(room),
            "other": self.get_other(room),
            "archived_at": room.archived_at and MOMENT.to_representation(room.archived_at),
            "last_posted_at": room.last_posted_at and MOMENT.to_representation(room.last_posted_at),
        }
        for name in CLIENT:
            apart[f"client_{name}"] = getattr(room.client, name, None)
        return {name: apart[name] if name in apart else getattr(room, name) for name in self.Meta.fields}

    def get_to_confirm(self, room: TalkRoom) -> int:
        found: int = self.context["asked"].get(room.pk, 0)
        return found

    def get_mentions(self, room: TalkRoom) -> int:
        found: int = self.context["mentions"].get(room.pk, 0)
        return found

    @extend_schema_field(AuthorSerializer(allow_null=True))
    def get_other(self, room: TalkRoom) -> dict[str, Any] | None:
        if room.pair_first is None or room.pair_second is None:
            return None
        reader = self.context["member"]
        return as_author(
            room.pair_second if room.pair_first_id == reader.pk else room.pair_first, self.context["names"]
        )


class FileOfMessageSerializer(serializers.Serializer[Any]):
    """A file of a message, by its place there."""

    file = serializers.IntegerField()
    name = serializers.CharField()
    size = serializers.IntegerField()
    content_type = serializers.CharField()
    kind = serializers.CharField()
    pages = serializers.IntegerField()
    state = serializers.ChoiceField(choices=FileState.choices)


class QuoteSerializer(serializers.Serializer[Any]):
    """What a message answers; from before the caller's time in the room nothing but the number."""

    message = serializers.IntegerField()
    author = AuthorSerializer(allow_null=True)
    body = serializers.CharField(help_text="The first words, or the names of its files.")
    is_removed = serializers.BooleanField()


class ReactedSerializer(serializers.Serializer[Any]):
    """How often a message was answered in one of the set phrases."""

    kind = serializers.ChoiceField(choices=ReactionKind.choices)
    count = serializers.IntegerField()


class MentionSerializer(serializers.Serializer[Any]):
    """Words of a message that call somebody, as they stand in its body."""

    kind = serializers.ChoiceField(choices=MentionKind.choices)
    words = serializers.CharField(help_text="With the @.")
    begins = serializers.IntegerField(help_text="Letters (code points) of the body before them.")


class MessageSerializer(serializers.Serializer[Any]):
    """A message, shaped like a frame of the socket."""

    message = serializers.IntegerField(help_text="The number within the room, from 1 without gaps.")
    room = serializers.UUIDField()
    author = AuthorSerializer()
    body = serializers.CharField(help_text="As it was typed; `apps/rooms/wording.py` says which marks a page reads.")
    answers = QuoteSerializer(allow_null=True)
    reactions = ReactedSerializer(many=True)
    files = FileOfMessageSerializer(many=True)
    mentions = MentionSerializer(
        many=True, help_text="Who is called; decided by who was in the room when it was written."
    )
    mentions_me = serializers.BooleanField(help_text="The caller is one of them.")
    asked_of = serializers.ChoiceField(
        choices=AskedOf.choices, allow_blank=True, help_text="Whose confirmation is asked for; empty where none is."
    )
    client_key = serializers.UUIDField()
    posted_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)
    removed_at = serializers.DateTimeField(
        allow_null=True, help_text="A removed message keeps its place; it says nothing."
    )


class VersionSerializer(serializers.Serializer[Any]):
    """What a message said until it was edited."""

    body = serializers.CharField()
    written_at = serializers.DateTimeField()
    replaced_at = serializers.DateTimeField()
    retention_ended_on = serializers.DateField(allow_null=True, help_text="The last day on which the text was kept.")


class SourceSerializer(serializers.Serializer[Any]):
    """Where a forwarded message stands."""

    room = serializers.UUIDField()
    message = serializers.IntegerField()


class WholeMessageSerializer(MessageSerializer):
    """A message with what it said before and where it was forwarded from."""

    versions = VersionSerializer(many=True)
    forwards = SourceSerializer(
        allow_null=True,
        help_text="The message that this one forwards, for whoever reads it there; null for anybody else.",
    )


class MarkedSerializer(serializers.Serializer[Any]):
    """A message that the caller has marked for themselves."""

    message = MessageSerializer()
    marked_at = serializers.DateTimeField()
    done_at = serializers.DateTimeField(allow_null=True)


class DoneSerializer(serializers.Serializer[Any]):
    is_done = serializers.BooleanField(required=False, default=False, help_text="Of what is to do: it is done.")


class TextSerializer(serializers.Serializer[Any]):
    body = serializers.CharField(max_length=Message.LONGEST * 2, trim_whitespace=False, allow_blank=True)


class MessagesSerializer(serializers.Serializer[Any]):
    """A page of messages in reading order; ask again after the last number while `has_more`."""

    messages = MessageSerializer(many=True)
    has_more = serializers.BooleanField()
    changed = MessageSerializer(
        many=True, help_text="With `changed_after`: messages up to `after` that were changed since, as they are now."
    )
    change = serializers.IntegerField(help_text="What to give as `changed_after` next time.")


class PostSerializer(serializers.Serializer[Any]):
    """A new message. The same `client_key` sent again is the same message."""

    body = serializers.CharField(max_length=Message.LONGEST * 2, trim_whitespace=False, allow_blank=True)
    client_key = serializers.UUIDField()
    files = serializers.ListField(
        child=serializers.UUIDField(), required=False, default=list, max_length=100, help_text="Ids of own uploads."
    )
    answers = serializers.IntegerField(
        required=False, default=None, allow_null=True, min_value=1, max_value=2**53, help_text="Answers this message."
    )
    asked_of = serializers.ChoiceField(
        choices=AskedOf.choices,
        required=False,
        default="",
        allow_blank=True,
        help_text="Whose confirmation is asked for with it; empty: nobody's.",
    )
    hold = serializers.BooleanField(
        required=False, default=False, help_text="Sent after ten seconds, in which it can be taken back."
    )
    send_at = serializers.DateTimeField(required=False, default=None, allow_null=True, help_text="Sent at that time.")
    is_sure = serializers.BooleanField(
        required=False, default=False, help_text="The author was asked whether it belongs in this room."
    )


class PostedSerializer(serializers.Serializer[Any]):
    message = serializers.IntegerField(source="number")
    client_key = serializers.UUIDField()
    posted_at = serializers.DateTimeField()


class ReadMarkSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField(min_value=0, max_value=2**53)


class NewRoomSerializer(serializers.Serializer[Any]):
    """A room to be opened: about a `client`, between the caller and one of `members`, or for a theme."""

    kind = serializers.ChoiceField(choices=RoomKind.choices)
    client = serializers.UUIDField(required=False, allow_null=True, help_text="For a client's room only.")
    title = serializers.CharField(
        max_length=80, required=False, allow_blank=True, default="", validators=[no_individual_number]
    )
    purpose = serializers.CharField(
        max_length=200, required=False, allow_blank=True, default="", validators=[no_individual_number]
    )
    classification = serializers.ChoiceField(
        choices=Classification.choices,
        required=False,
        default=Classification.OFFICE_MATTER,
        help_text="Of theme rooms and announcements; what is said about a client is a support record.",
    )
    members = serializers.ListField(
        child=serializers.UUIDField(), required=False, default=list, max_length=1000, help_text="Ids of members."
    )

    def validate(self, sent: dict[str, Any]) -> dict[str, Any]:
        if sent["kind"] == RoomKind.CLIENT and not sent.get("client"):
            raise serializers.ValidationError({"client": _("Please choose a client.")})
        if sent["kind"] == RoomKind.PAIR and len(sent["members"]) != 1:
            raise serializers.ValidationError({"members": _("Please choose one person.")})
        return sent


class RoomPersonSerializer(serializers.Serializer[Any]):
    """Somebody's present time in a room; nothing from before `history_from` is shown to them."""

    id = serializers.UUIDField(source="shown.id", allow_null=True)
    name = serializers.CharField(source="shown.known_as")
    organization = serializers.CharField(source="shown.organization")
    role = serializers.ChoiceField(source="membership.role", choices=RoomRole.choices)
    admitted_at = serializers.DateTimeField(source="membership.valid_from")
    history_from = serializers.DateTimeField(source="membership.history_from", allow_null=True)


class AdmissionSerializer(serializers.Serializer[Any]):
    """People to be let in alike, or none of them."""

    members = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=1000)
    history_from = serializers.DateTimeField(
        allow_null=True, help_text="They read nothing from before this moment; null: everything."
    )
    role = serializers.ChoiceField(choices=RoomRole.choices, required=False, default="")
    reason = serializers.CharField(max_length=200, validators=[no_individual_number])


class RoomRoleSerializer(serializers.Serializer[Any]):
    role = serializers.ChoiceField(choices=RoomRole.choices)


class ArchiveSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=200, validators=[no_individual_number])


class LimitsSerializer(serializers.ModelSerializer[RoomLimits]):
    """How many members a room holds, and in how many rooms one person may be."""

    members_per_room = serializers.IntegerField(min_value=2, max_value=5000)
    rooms_per_person = serializers.IntegerField(min_value=1, max_value=5000)

    seen_shown_to = serializers.ChoiceField(
        choices=SeenShown.choices, required=False, help_text="Who is told that a message was seen; unsaid, it stays."
    )

    class Meta:
        model = RoomLimits
        fields = ["members_per_room", "rooms_per_person", "seen_shown_to"]

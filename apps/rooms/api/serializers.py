"""How rooms and messages are shown to programs, and what they may send."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.kernel.my_number import no_individual_number
from apps.rooms.frames import as_author
from apps.rooms.models import Classification, Message, RoomKind, RoomLimits, RoomRole, TalkRoom


class AuthorSerializer(serializers.Serializer[Any]):
    """Who wrote; for a guest who has not met them "another participant", without an id."""

    id = serializers.UUIDField(allow_null=True)
    name = serializers.CharField()
    known_as = serializers.CharField(help_text="The name with a mark once the person has gone, as a page shows it.")
    organization = serializers.CharField()


class RoomSerializer(serializers.ModelSerializer[TalkRoom]):
    """A room in the list: `unread` counts messages of others after the caller's read mark."""

    client_id = serializers.UUIDField(allow_null=True)
    client_name = serializers.CharField(source="client.name", default=None, allow_null=True)
    client_kana = serializers.CharField(source="client.kana", default=None, allow_null=True)
    client_born_on = serializers.DateField(source="client.born_on", default=None, allow_null=True)
    client_area = serializers.CharField(source="client.area", default=None, allow_null=True)
    other = serializers.SerializerMethodField(help_text="In a talk of two, the other one.")
    unread = serializers.IntegerField()
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
            "is_pinned",
            "read_mark",
        ]

    @extend_schema_field(AuthorSerializer(allow_null=True))
    def get_other(self, room: TalkRoom) -> dict[str, Any] | None:
        if room.pair_first is None or room.pair_second is None:
            return None
        reader = self.context["member"]
        return as_author(
            room.pair_second if room.pair_first_id == reader.pk else room.pair_first, self.context["names"]
        )


class MessageSerializer(serializers.Serializer[Any]):
    """A message, shaped like a frame of the socket."""

    message = serializers.IntegerField(help_text="The number within the room, from 1 without gaps.")
    room = serializers.UUIDField()
    author = AuthorSerializer()
    body = serializers.CharField()
    client_key = serializers.UUIDField()
    posted_at = serializers.DateTimeField()


class MessagesSerializer(serializers.Serializer[Any]):
    """A page of messages in reading order; ask again after the last number while `has_more`."""

    messages = MessageSerializer(many=True)
    has_more = serializers.BooleanField()


class PostSerializer(serializers.Serializer[Any]):
    """A new message. The same `client_key` sent again is the same message."""

    body = serializers.CharField(max_length=Message.LONGEST * 2, trim_whitespace=False, allow_blank=True)
    client_key = serializers.UUIDField()


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

    class Meta:
        model = RoomLimits
        fields = ["members_per_room", "rooms_per_person"]

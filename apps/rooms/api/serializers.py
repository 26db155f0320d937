"""How rooms and messages are shown to programs, and what they may send."""

from typing import Any

from rest_framework import serializers

from apps.rooms.models import Message, TalkRoom


class RoomSerializer(serializers.ModelSerializer[TalkRoom]):
    """A room in the list: `unread` counts messages of others after the caller's read mark."""

    client_id = serializers.UUIDField(allow_null=True)
    client_name = serializers.CharField(source="client.name", default=None, allow_null=True)
    client_kana = serializers.CharField(source="client.kana", default=None, allow_null=True)
    client_born_on = serializers.DateField(source="client.born_on", default=None, allow_null=True)
    client_area = serializers.CharField(source="client.area", default=None, allow_null=True)
    unread = serializers.IntegerField()
    read_mark = serializers.IntegerField(source="mark")

    class Meta:
        model = TalkRoom
        fields = [
            "id",
            "kind",
            "title",
            "client_id",
            "client_name",
            "client_kana",
            "client_born_on",
            "client_area",
            "last_number",
            "last_posted_at",
            "unread",
            "read_mark",
        ]


class AuthorSerializer(serializers.Serializer[Any]):
    """Who wrote; for a guest who has not met them "another participant", without an id."""

    id = serializers.UUIDField(allow_null=True)
    name = serializers.CharField()
    known_as = serializers.CharField(help_text="The name with a mark once the person has gone, as a page shows it.")
    organization = serializers.CharField()


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

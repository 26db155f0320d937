"""One message, for programs."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.clients.access import names_beside
from apps.environments.requests import MemberApiRequest
from apps.rooms import actions, queries
from apps.rooms.access import check_can_edit, message_for, source_shown
from apps.rooms.api.serializers import TextSerializer, VersionSerializer, WholeMessageSerializer
from apps.rooms.frames import as_json
from apps.rooms.models import Message
from apps.rooms.views.doors import look


def told(request: MemberApiRequest, message: Message) -> Response:
    since = queries.quotes_shown_from(request.member, message.room, [message])
    whole = as_json(message, names_beside(request.member, message.room.client), since, request.member.pk)
    versions = [] if message.is_removed else message.versions.all()
    whole["versions"] = VersionSerializer(versions, many=True).data
    source = None if message.is_removed else source_shown(request.member, message)
    whole["forwards"] = None if source is None else {"room": str(source.room_id), "message": source.number}
    return Response(whole)


def looked_at(request: Any, room_id: UUID, number: int) -> Message:
    message = message_for(request.member, room_id, number)
    look(request, message.room)
    return message


class MessageView(APIView):
    @extend_schema(operation_id="messages_retrieve", responses=WholeMessageSerializer)
    def get(self, request: MemberApiRequest, slug: str, room_id: UUID, message_number: int) -> Response:
        """One message, with what it said before."""
        return told(request, looked_at(request, room_id, message_number))

    @extend_schema(operation_id="messages_edit", request=TextSerializer, responses=WholeMessageSerializer)
    def patch(self, request: MemberApiRequest, slug: str, room_id: UUID, message_number: int) -> Response:
        """The author says it in other words. What it said before can be read by whoever reads the message."""
        message = message_for(request.member, room_id, message_number)
        check_can_edit(request.member, message)
        sent = TextSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        actions.edit(message=message, by=request.member, **sent.validated_data)
        return told(request, message_for(request.member, room_id, message_number))

    @extend_schema(operation_id="messages_remove", responses={204: None})
    def delete(self, request: MemberApiRequest, slug: str, room_id: UUID, message_number: int) -> Response:
        """Leave a tombstone: its author does, and in a theme room an owner."""
        message = message_for(request.member, room_id, message_number)
        actions.remove_message(message=message, by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)

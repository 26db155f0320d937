"""The caller's messages that nobody has yet, for programs."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.audit import actions as audit
from apps.environments.requests import MemberApiRequest
from apps.rooms import actions, queries
from apps.rooms.access import waiting_for
from apps.rooms.api.serializers import PostedSerializer
from apps.rooms.models import AskedOf, Message


class WaitingSerializer(serializers.Serializer[Any]):
    """A message of the caller's that nobody has yet; one that could not be sent says why."""

    id = serializers.UUIDField()
    room = serializers.UUIDField(source="room_id")
    body = serializers.CharField()
    answers = serializers.IntegerField(allow_null=True, help_text="The number of the message that it answers.")
    asked_of = serializers.CharField(help_text="Whose confirmation is asked for with it; empty where none is.")
    files = serializers.ListField(
        child=serializers.UUIDField(), source="attached", help_text="Uploads that go with it."
    )
    client_key = serializers.UUIDField()
    due_at = serializers.DateTimeField()
    is_scheduled = serializers.BooleanField()
    refused = serializers.CharField(help_text="The code of the refusal; empty while it waits.")
    refusal = serializers.CharField()


class LaterSerializer(serializers.Serializer[Any]):
    """Other words, or another time."""

    body = serializers.CharField(max_length=Message.LONGEST * 2, trim_whitespace=False, allow_blank=True)
    send_at = serializers.DateTimeField()
    asked_of = serializers.ChoiceField(
        choices=AskedOf.choices,
        required=False,
        allow_blank=True,
        help_text="Whose confirmation is asked for with it; not given, it stays.",
    )


class WaitingListView(APIView):
    @extend_schema(operation_id="waiting_list", responses=WaitingSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """What the caller has written and nobody has yet, in the order in which it is due."""
        found = queries.waiting_everywhere(request.member)
        rooms = sorted({str(one.room_id) for one in found})
        audit.looked(verb="rooms.waiting_listed", by=request.member, detail={"rooms": rooms})
        return Response(WaitingSerializer(found, many=True).data)


class WaitingView(APIView):
    @extend_schema(operation_id="waiting_update", request=LaterSerializer, responses=WaitingSerializer)
    def put(self, request: MemberApiRequest, slug: str, waiting_id: UUID) -> Response:
        """Other words, or another time."""
        waiting = waiting_for(request.member, waiting_id)
        sent = LaterSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        changed = actions.change_waiting(waiting=waiting, by=request.member, **sent.validated_data)
        return Response(WaitingSerializer(changed).data)

    @extend_schema(operation_id="waiting_take_back", responses={204: None})
    def delete(self, request: MemberApiRequest, slug: str, waiting_id: UUID) -> Response:
        """It is never sent. 404 where it has gone out already."""
        actions.take_back(waiting=waiting_for(request.member, waiting_id), by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


class WaitingSendingView(APIView):
    @extend_schema(operation_id="waiting_send", request=None, responses={201: PostedSerializer})
    def post(self, request: MemberApiRequest, slug: str, waiting_id: UUID) -> Response:
        """It is sent at once."""
        appended = actions.send_now(waiting=waiting_for(request.member, waiting_id), by=request.member)
        return Response(PostedSerializer(appended).data, status=status.HTTP_201_CREATED)

"""Forward a message, for programs."""

from typing import Any
from uuid import UUID, uuid4

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.environments.requests import MemberApiRequest
from apps.rooms import actions
from apps.rooms.access import check_can_forward, message_for, room_for
from apps.rooms.api.serializers import PostedSerializer


class ForwardSerializer(serializers.Serializer[Any]):
    """Into which room, with what remark above it, and which of its files by their numbers in the message. The same
    `client_key` sent again forwards it once."""

    room = serializers.UUIDField()
    remark = serializers.CharField(required=False, default="", allow_blank=True, max_length=1_000)
    files = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=100), required=False, default=list, max_length=100
    )
    is_sure = serializers.BooleanField(
        required=False, default=False, help_text="Whoever forwards it was asked whether it belongs in that room."
    )
    client_key = serializers.UUIDField(required=False, default=uuid4)


class ForwardView(APIView):
    @extend_schema(
        operation_id="messages_forward",
        request=ForwardSerializer,
        responses={
            201: PostedSerializer,
            200: OpenApiResponse(PostedSerializer, description="This key was stored before: its number."),
            409: OpenApiResponse(
                description="It seems to name another client than the room's, or leaves a client's room: ask, and send `is_sure`."
            ),
        },
    )
    def post(self, request: MemberApiRequest, slug: str, room_id: UUID, message_number: int) -> Response:
        """Say a message again in another room, with those of its files that are named. Never from one client's room into
        another's."""
        message = message_for(request.member, room_id, message_number)
        check_can_forward(request.member, message)
        sent = ForwardSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        told = sent.validated_data
        room = room_for(request.member, told["room"])
        said: dict[str, Any] = {"message": message, "room": room, "remark": told["remark"], "files": set(told["files"])}
        actions.check_forward(**said, is_sure=told["is_sure"], by=request.member)
        appended = actions.forward(**said, client_key=told["client_key"], by=request.member)
        code = status.HTTP_201_CREATED if appended.fresh else status.HTTP_200_OK
        return Response(PostedSerializer(appended).data, status=code)

"""Who has seen a message, for programs."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.environments.requests import MemberApiRequest
from apps.rooms import queries
from apps.rooms.access import check_can_see_who_saw
from apps.rooms.api.messages import looked_at
from apps.rooms.api.serializers import AuthorSerializer


class SeeingSerializer(serializers.Serializer[Any]):
    """People of the room as the caller knows them, by organization and reading."""

    seen = AuthorSerializer(many=True)
    unseen = AuthorSerializer(many=True)


class SeenView(APIView):
    @extend_schema(operation_id="messages_seen", responses=SeeingSerializer)
    def get(self, request: MemberApiRequest, slug: str, room_id: UUID, message_number: int) -> Response:
        """Who has had the message on a screen and who has not, never at what time. 403 where the environment tells only
        its sender, or nobody."""
        message = looked_at(request, room_id, message_number)
        check_can_see_who_saw(request.member, message)
        return Response(SeeingSerializer(queries.who_saw(request.member, message)).data)

"""Archives and pins of rooms, and the limits of an environment's rooms, for programs."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.environments.access import check_can_administer
from apps.environments.requests import MemberApiRequest
from apps.rooms import actions, queries
from apps.rooms.access import check_can_archive, room_for
from apps.rooms.api.serializers import ArchiveSerializer, LimitsSerializer, RoomSerializer
from apps.rooms.api.views import one_row


class ArchiveView(APIView):
    @extend_schema(operation_id="rooms_archive", request=ArchiveSerializer, responses=RoomSerializer)
    def put(self, request: MemberApiRequest, slug: str, room_id: UUID) -> Response:
        """Archive a room: it is read and not written in."""
        room = room_for(request.member, room_id)
        check_can_archive(request.member, room)
        sent = ArchiveSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        actions.archive_room(room=room, by=request.member, **sent.validated_data)
        return Response(one_row(request, room))

    @extend_schema(operation_id="rooms_reopen", responses=RoomSerializer)
    def delete(self, request: MemberApiRequest, slug: str, room_id: UUID) -> Response:
        """Reopen a room."""
        room = room_for(request.member, room_id)
        check_can_archive(request.member, room)
        actions.reopen_room(room=room, by=request.member)
        return Response(one_row(request, room))


class LimitsView(APIView):
    @extend_schema(operation_id="room_limits_retrieve", responses=LimitsSerializer)
    def get(self, request: MemberApiRequest, slug: str) -> Response:
        """What holds in this environment."""
        return Response(LimitsSerializer(queries.limits_of(request.environment.pk)).data)

    @extend_schema(operation_id="room_limits_update", request=LimitsSerializer, responses=LimitsSerializer)
    def put(self, request: MemberApiRequest, slug: str) -> Response:
        """For the environment's admin. Whoever is in a room already stays in it."""
        check_can_administer(request.member)
        sent = LimitsSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        return Response(LimitsSerializer(actions.set_limits(by=request.member, **sent.validated_data)).data)


class PinView(APIView):
    @extend_schema(operation_id="rooms_pin", request=None, responses={204: None})
    def put(self, request: MemberApiRequest, slug: str, room_id: UUID) -> Response:
        """Keep a room at the head of one's own list."""
        actions.pin_room(room=room_for(request.member, room_id), by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="rooms_unpin", responses={204: None})
    def delete(self, request: MemberApiRequest, slug: str, room_id: UUID) -> Response:
        """Let it stand where the others stand."""
        actions.unpin_room(room=room_for(request.member, room_id), by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)

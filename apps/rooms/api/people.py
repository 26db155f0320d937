"""Who is in a room, for programs."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.environments.requests import MemberApiRequest
from apps.rooms import actions, queries
from apps.rooms.access import check_can_administer_room, people_chosen, room_for
from apps.rooms.api.serializers import AdmissionSerializer, RoomPersonSerializer, RoomRoleSerializer
from apps.rooms.api.views import looked_at
from apps.rooms.models import TalkRoom


def people_told(request: MemberApiRequest, room: TalkRoom) -> Response:
    return Response(RoomPersonSerializer(queries.people_rows(request.member, room), many=True).data)


class RoomPeopleView(APIView):
    @extend_schema(operation_id="room_people_list", responses=RoomPersonSerializer(many=True))
    def get(self, request: MemberApiRequest, slug: str, room_id: UUID) -> Response:
        """Who is in the room now, as what, and from when on they read."""
        return people_told(request, looked_at(request, room_id))

    @extend_schema(
        operation_id="room_people_admit", request=AdmissionSerializer, responses={201: RoomPersonSerializer(many=True)}
    )
    def post(self, request: MemberApiRequest, slug: str, room_id: UUID) -> Response:
        """Let people in, all of them or none, from when on they read and why."""
        room = looked_at(request, room_id)
        check_can_administer_room(request.member, room)
        sent = AdmissionSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        told = dict(sent.validated_data)
        members = people_chosen(request.member, told.pop("members"))
        actions.admit_all(members=members, room=room, by=request.member, **told)
        answer = people_told(request, room)
        answer.status_code = status.HTTP_201_CREATED
        return answer


class RoomPersonView(APIView):
    @extend_schema(operation_id="room_people_role", request=RoomRoleSerializer, responses=RoomPersonSerializer)
    def put(self, request: MemberApiRequest, slug: str, room_id: UUID, member_id: UUID) -> Response:
        """Say as what somebody is in a theme room or in announcements."""
        room = room_for(request.member, room_id)
        check_can_administer_room(request.member, room)
        person = queries.person_in(request.member, room, member_id)
        sent = RoomRoleSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        actions.give_role(member=person.member, room=room, role=sent.validated_data["role"], by=request.member)
        return Response(RoomPersonSerializer(queries.person_in(request.member, room, member_id)).data)

    @extend_schema(operation_id="room_people_remove", responses={204: None})
    def delete(self, request: MemberApiRequest, slug: str, room_id: UUID, member_id: UUID) -> Response:
        """End somebody's time in the room, or one's own. Nothing is deleted."""
        room = room_for(request.member, room_id)
        if member_id != request.member.pk:
            check_can_administer_room(request.member, room)
        person = queries.person_in(request.member, room, member_id)
        actions.remove(member=person.member, room=room, by=request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)
